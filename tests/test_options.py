from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.files.lines import NamedFile
from connectors.kafka.security import Security, WrongSecurity
from pipelines.core.units import DAY, HOUR
from pipelines.options import (
    FileSource,
    KafkaSource,
    Settings,
    WrongOption,
    parse_sinks,
    parse_source,
    parse_start,
)

FILES = FileSource((NamedFile("a.jsonl", "a.jsonl"),))


def test_a_source_is_a_topic_or_files(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").touch()
    kafka = parse_source("kafka://one:9093/news", Security())
    assert isinstance(kafka, KafkaSource)
    assert (kafka.connection.bootstrap, kafka.topic) == ("one:9093", "news")
    assert parse_source(f"files:{tmp_path}/*.jsonl", Security()) == FileSource(
        (NamedFile(f"{tmp_path}/a.jsonl", "a.jsonl"),)
    )


def test_sinks_are_a_cluster_a_folder_or_both() -> None:
    kafka, files = parse_sinks(["files:out", "kafka://one:9093"], Security())
    assert (kafka and kafka.bootstrap, files) == ("one:9093", "out")
    assert parse_sinks(["files:out"], Security()) == (None, "out")


@pytest.mark.parametrize(
    ("sinks", "words"),
    [
        ([], "Say where records go"),
        (["files:"], "Say where records go"),
        (["kafka://one:9092/articles"], "Records go to the topics of"),
        (["out"], "Files are written files:PATH"),
    ],
)
def test_a_sink_that_cannot_be_meant_says_what_would_do(sinks: list[str], words: str) -> None:
    with pytest.raises(WrongOption, match=words):
        parse_sinks(sinks, Security())


def test_a_source_without_a_topic_says_what_would_do() -> None:
    with pytest.raises(WrongOption, match=r"names no topic: write kafka://host:port/topic"):
        parse_source("kafka://one:9092", Security())


def test_a_moment_to_start_at_needs_its_offset() -> None:
    assert parse_start("2026-03-10T06:00:00+00:00") == datetime(2026, 3, 10, 6, tzinfo=UTC)
    with pytest.raises(WrongOption, match=r"add the offset from UTC, such as 2026-03-10T06:00\+00:00"):
        parse_start("2026-03-10T06:00")
    with pytest.raises(WrongOption, match="give resume, earliest, latest, or"):
        parse_start("yesterday")


def test_a_login_that_does_not_fit_together_says_so() -> None:
    with pytest.raises(WrongSecurity, match="use SASL_SSL"):
        Security(username="amal", password="sesame").connect("one")


@pytest.mark.parametrize("window", [25 * HOUR // 60, 2 * DAY, 0])
def test_a_window_is_made_of_whole_cells_and_no_longer_than_a_day(window: int) -> None:
    with pytest.raises(WrongOption, match="a multiple of 10"):
        Settings(FILES, to_files="out", window=window)


def test_only_a_topic_read_without_drain_is_endless() -> None:
    kafka = KafkaSource(Security().connect("one"), "news")
    assert Settings(kafka, to_files="out").endless
    assert not Settings(kafka, to_files="out", drain=True).endless
    assert not Settings(FILES, to_files="out").endless
