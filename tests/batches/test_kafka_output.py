from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from connectors.kafka.connection import KafkaConnection
from connectors.message import Delivery, Message
from pipelines.batches import kafka_output as module
from pipelines.batches.kafka_output import KafkaOutput
from pipelines.core.article import Origin
from pipelines.core.ledger import Line
from pipelines.core.records.trend import trend_record
from schemas.codec import encode
from schemas.confluent import ConfluentFraming
from schemas.topics import topic_of

CONNECTION = KafkaConnection("one:9092")
AT = datetime.fromisoformat("2026-03-10T10:00:00+00:00")
DAY = 24 * 60 * 60 * 1000


@dataclass
class Cluster:
    """What the cluster tells, and what it is asked."""

    cluster: str = "c"
    ledger: str = "l"
    ends: dict[int, int] = field(default_factory=lambda: {0: 5, 1: 7})
    trends: list[bytes] = field(default_factory=list)
    asked_since: list[datetime] = field(default_factory=list)

    def id_of_topic(self, connection: KafkaConnection, topic: str) -> str:
        return self.ledger

    def partition_bounds(self, connection: KafkaConnection, topic: str) -> dict[int, tuple[int, int]]:
        return {partition: (0, end) for partition, end in self.ends.items()}

    def offsets_at(self, connection: KafkaConnection, topic: str, since: datetime) -> dict[int, int]:
        self.asked_since.append(since)
        return {0: 0}

    def read_topic(self, connection: KafkaConnection, topic: str, start: Mapping[int, int]) -> Iterator[Message]:
        if topic == topic_of("trend").name:
            yield from (Message(value, topic, 0, at, key=b"t") for at, value in enumerate(self.trends))


@dataclass
class Writer:
    """Takes down what is written, a list a call."""

    frame: Any = None
    writes: list[list[bytes]] = field(default_factory=list)
    ends: dict[tuple[str, int], int] = field(default_factory=dict)

    def write(self, deliveries: Sequence[Delivery]) -> dict[tuple[str, int], int]:
        self.writes.append([one.value for one in deliveries])
        return self.ends


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    cluster = Cluster()
    monkeypatch.setattr(module, "cluster_id", lambda connection: cluster.cluster)
    for name in ("id_of_topic", "partition_bounds", "offsets_at", "read_topic"):
        monkeypatch.setattr(module, name, getattr(cluster, name))
    return cluster


def output(writer: Writer | None = None) -> KafkaOutput:
    made: Any = writer or Writer()
    return KafkaOutput(CONNECTION, made)


def trend(version: int) -> bytes:
    numbers: dict[str, Any] = {
        "outlets": 1,
        "baseline_mean": 0.0,
        "baseline_windows": 24,
        "score": 5.0,
        "retracted": False,
    }
    fields = trend_record(
        "entity", "Q1", name="n", type="LOC", count=3, version=version,
        day=1, began=AT, ended=AT, window_start=AT, window_end=AT,
        article_ids=("a", "b", "c"), story_id=None, **numbers,
    )  # fmt: skip
    return encode("trend", fields)


def delivery(version: int, record: str = "trend", key: bytes = b"t") -> Delivery:
    return Delivery(record, key, trend(version), None, version)


def test_of_merged_records_the_newest_is_written_and_of_others_all(cluster: Cluster) -> None:
    writer = Writer()
    articles = [Delivery("article", b"a", b"old", None, 0), Delivery("article", b"a", b"new", None, 1)]
    output(writer).write_records([*articles, delivery(1), delivery(2), delivery(1, key=b"other")])
    assert writer.writes == [[b"old", b"new", trend(2), trend(1)]]


def test_what_stands_in_its_topic_is_not_written_again(cluster: Cluster) -> None:
    writer = Writer()
    cluster.trends = [trend(1), trend(3), b""]
    target = output(writer)
    target.remember_standing({})
    for version in (1, 2, 3, 4):
        target.write_records([delivery(version)])
    assert writer.writes == [[], [], [], [trend(4)]]


def test_what_stands_there_in_a_registrys_framing_is_known_too(cluster: Cluster) -> None:
    frame, other = ConfluentFraming({"trend": 7}), ConfluentFraming({"trend": 8})
    cluster.trends = [frame("trend", trend(3)), other("trend", trend(9))]
    for framing, expected in ((frame, [[], [trend(4)]]), (None, [[trend(3)], [trend(4)]])):
        writer = Writer(framing)
        target = output(writer)
        target.remember_standing({})
        for version in (3, 4):
            target.write_records([delivery(version)])
        assert writer.writes == expected


@pytest.mark.parametrize(("begins", "since"), [({("t", 0, "id"): 5}, 9 * DAY), ({("t", 0, "id"): 0}, 6 * DAY), ({}, 0)])
def test_it_reads_back_as_far_as_news_is_read_again(cluster: Cluster, begins: dict[Any, int], since: int) -> None:
    target = output()
    for offset, written in enumerate([7 * DAY, 8 * DAY, 9 * DAY, 9 * DAY, 9 * DAY, 10 * DAY, 11 * DAY]):
        target.lines.add(Line(Origin("t", 0, offset, "id"), 0, written))
    target.remember_standing(begins)
    assert {moment.timestamp() * 1000 for moment in cluster.asked_since} == {since}


def test_a_mark_says_how_far_the_ledger_had_come_with_our_last_line(cluster: Cluster) -> None:
    target = output(Writer(ends={(topic_of("ledger").name, 1): 9}))
    before = target.mark()
    target.write_lines([])
    assert before == {"kafka": {"cluster": "c", "ledger": "l", "ends": {0: 5, 1: 7}}}
    assert target.mark() == {"kafka": {"cluster": "c", "ledger": "l", "ends": {0: 5, 1: 9}}}


def test_a_run_goes_on_from_a_mark_of_the_same_ledger_that_was_only_added_to(cluster: Cluster) -> None:
    mark = output().mark()
    assert output().goes_on_from(mark)
    cluster.ends = {0: 5, 1: 8, 2: 1}
    assert output().goes_on_from(mark)
    for cluster.ends in ({0: 5, 1: 6}, {0: 5}):
        assert not output().goes_on_from(mark)


def test_no_run_goes_on_from_a_mark_of_another_ledger_or_of_none(cluster: Cluster) -> None:
    mark = output().mark()
    assert not output().goes_on_from({})
    assert not output().goes_on_from({"files": {"commit": "c"}})
    cluster.ledger = "made anew"
    assert not output().goes_on_from(mark)
    cluster.ledger, cluster.cluster = "l", "another"
    assert not output().goes_on_from(mark)
