import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from kafka import KafkaProducer
from typer.testing import CliRunner

from connectors.kafka.admin import TopicSpec, create_topics
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.consume import NoSuchTopic
from connectors.kafka.read_back import read_topic
from pipelines.cli import app
from schemas.catalog import folder
from schemas.codec import encode
from schemas.plain_json import from_json

pytestmark = pytest.mark.integration

MEETING = from_json("event", (Path(str(folder())) / "examples/event/1/meeting.json").read_bytes())


def fill(kafka: str, topic: str, values: list[bytes | None]) -> KafkaConnection:
    """Make a topic of two partitions that holds these values, the newest of each key alone if it is compacted."""
    connection = KafkaConnection(kafka)
    create_topics(connection, [TopicSpec(topic, partitions=2)])
    producer = KafkaProducer(**connection.client_settings())
    for number, value in enumerate(values):
        producer.send(topic, value=value, key=b"%d" % number, partition=number % 2, headers=[("n", b"%d" % number)])
    producer.flush()
    producer.close()
    return connection


def test_a_topic_is_read_to_its_end_and_no_further(kafka: str) -> None:
    connection = fill(kafka, "back.all", [b"%d" % number for number in range(5000)])
    messages = read_topic(connection, "back.all")
    first = next(messages)
    fill(kafka, "back.all", [b"late", b"late"])
    read = [first, *messages]
    assert sorted(int(message.value) for message in read) == list(range(5000))
    assert {message.headers for message in read if message.value == b"7"} == {(("n", b"7"),)}
    for partition in (0, 1):
        offsets = [message.offset for message in read if message.partition == partition]
        assert offsets == list(range(2500))


def test_an_empty_topic_and_tombstones_come_to_an_end(kafka: str) -> None:
    assert list(read_topic(fill(kafka, "back.empty", []), "back.empty")) == []
    assert [message.value for message in read_topic(fill(kafka, "back.tomb", [None]), "back.tomb")] == [b""]


def test_a_topic_that_is_not_there_is_told(kafka: str) -> None:
    with pytest.raises(NoSuchTopic, match="nowhere"):
        next(read_topic(KafkaConnection(kafka), "nowhere"))
    result = CliRunner().invoke(app, ["tail", "nowhere", "--bootstrap", kafka])
    assert (result.exit_code, "'nowhere'" in result.stderr) == (2, True)


def test_producing_into_a_topic_that_is_not_there_is_told_at_once(kafka: str, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text("{}\n")
    result = CliRunner().invoke(
        app, ["produce", str(tmp_path / "one.jsonl"), "--bootstrap", kafka, "--topic", "no.where"]
    )
    assert (result.exit_code, "'no.where'" in result.stderr) == (2, True)


def test_tail_shows_what_is_there_and_stops_after_so_many(kafka: str) -> None:
    fill(kafka, "tail.events", [encode("event", MEETING)] * 3)
    asked = ["tail", "tail.events", "--bootstrap", kafka, "--from-beginning", "--max", "2"]
    result = CliRunner().invoke(app, [*asked, "--json"])
    assert result.exit_code == 0
    assert [json.loads(line)["event_id"] for line in result.stdout.splitlines()] == [MEETING["event_id"]] * 2
    assert CliRunner().invoke(app, asked).stdout.count("CONSULT visit") == 2


def test_tail_shows_the_last_and_ends_where_the_topic_ends(kafka: str) -> None:
    values = [encode("event", MEETING | {"event_id": f"{number:020}"}) for number in range(9)]
    fill(kafka, "tail.last", list(values))
    asked = ["tail", "tail.last", "--bootstrap", kafka, "--until-end", "--json"]

    def shown(*more: str) -> set[int]:
        result = CliRunner().invoke(app, [*asked, *more])
        assert result.exit_code == 0, result.stderr
        return {int(json.loads(line)["event_id"]) for line in result.stdout.splitlines()}

    assert shown() == set(range(9))
    assert len(shown("--last", "3")) == 3
    assert shown("--filter", "event_id<=00000000000000000001", "--last", "5") == {0, 1}
    assert shown("--filter", "type=PROTEST") == set()


def test_a_mistyped_topic_suggests_the_nearest(kafka: str) -> None:
    fill(kafka, "tail.names", [])
    result = CliRunner().invoke(app, ["tail", "tail.nmes", "--bootstrap", kafka])
    assert (result.exit_code, "Did you mean tail.names?" in result.stderr) == (2, True)


def test_tail_waits_for_more_and_ends_well_on_ctrl_c(kafka: str) -> None:
    fill(kafka, "tail.live", [encode("event", MEETING)])
    command = [sys.executable, "-m", "pipelines.cli", "tail", "tail.live", "--bootstrap", kafka, "--from-beginning"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline().startswith("CONSULT")
        fill(kafka, "tail.live", [b'{"source": "marfa", "title": "T"}'])
        while not (line := child.stdout.readline()).startswith("raw article"):
            assert line
        child.send_signal(signal.SIGINT)
        child.stdout.read()
        assert child.wait(90) == 0


def test_a_broker_that_is_not_there_is_told(kafka: str) -> None:
    result = CliRunner().invoke(app, ["tail", "events", "--bootstrap", "127.0.0.1:1"])
    assert (result.exit_code, "Nothing listens at 127.0.0.1:1" in result.stderr) == (2, True)
