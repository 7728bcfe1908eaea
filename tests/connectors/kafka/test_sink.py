from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import apache_beam as beam
import pytest

from connectors.kafka import sink
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.record_writer import CannotWrite, RecordWriter
from connectors.kafka.sink import WriteToKafka, _Send
from connectors.message import Delivery
from pipelines.runners.launch import IN_PROCESS

CONNECTION = KafkaConnection("one:9092")
TOPICS = {"event": "events", "ledger": "ledger"}


@dataclass
class Writer:
    """Takes down what is written together."""

    writes: list[list[bytes]] = field(default_factory=list)
    is_broken: bool = False

    def write(self, deliveries: Sequence[Delivery]) -> None:
        if self.is_broken:
            raise CannotWrite("no acknowledgement")
        self.writes.append([one.value for one in deliveries])


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Writer:
    writer = Writer()
    monkeypatch.setattr(_Send, "writers", {CONNECTION: writer})
    monkeypatch.setattr(_Send, "newest", OrderedDict())
    return writer


def send(*deliveries: Delivery) -> None:
    step = _Send(CONNECTION, TOPICS, None)
    step.start_bundle()
    for delivery in deliveries:
        assert list(step.process(delivery)) == []
    step.finish_bundle()


def event(value: str, version: int, key: bytes = b"k", line: bytes | None = None) -> Delivery:
    told = None if line is None else Delivery("ledger", line, line, None)
    return Delivery("event", key, value.encode(), None, version, told)


def test_lines_are_sent_once_the_records_before_them_are_acknowledged(writer: Writer) -> None:
    send(event("a", 1, line=b"l1"), event("b", 1, b"other"))
    assert writer.writes == [[b"a", b"b"], [b"l1"]]


def test_no_line_is_sent_where_its_record_is_not_acknowledged_and_a_repeat_sends_both(writer: Writer) -> None:
    writer.is_broken = True
    with pytest.raises(CannotWrite, match="no acknowledgement"):
        send(event("a", 1, line=b"l1"))
    assert writer.writes == []
    writer.is_broken = False
    send(event("a", 1, line=b"l1"))
    assert writer.writes == [[b"a"], [b"l1"]]


def test_what_a_bundle_that_failed_had_gathered_is_not_sent_by_the_next(writer: Writer) -> None:
    step = _Send(CONNECTION, TOPICS, None)
    step.start_bundle()
    step.process(event("a", 1))
    step.start_bundle()
    step.process(event("b", 1, b"other"))
    step.finish_bundle()
    assert writer.writes == [[b"b"], []]


def test_a_long_bundle_is_settled_now_and_then(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sink, "WRITE_AT", 2)
    send(event("a", 1, b"a", b"l1"), event("b", 1, b"b"), event("c", 1, b"c", b"l2"))
    assert writer.writes == [[b"a", b"b"], [b"l1"], [b"c"], [b"l2"]]


def test_a_version_that_was_overtaken_is_not_sent_but_its_line_is(writer: Writer) -> None:
    send(event("two", 2), event("one", 1, line=b"l1"), event("two again", 2), event("three", 3), event("none", 0))
    assert writer.writes == [[b"two", b"two again", b"three"], [b"l1"]]
    send(event("one", 1), event("one", 1, b"other"))
    assert writer.writes[2:] == [[b"one"], []], "another bundle knows it too, for that key"


def test_what_is_remembered_of_versions_is_bounded(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sink, "REMEMBERED", 10)
    send(*(event("x", 1, str(number).encode()) for number in range(100)))
    assert len(_Send.newest) == 10


def test_a_worker_has_one_writer_for_all_its_bundles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Send, "writers", {})
    monkeypatch.setattr(RecordWriter, "write", lambda self, deliveries: None)
    send(event("a", 1))
    send(event("b", 1))
    [(connection, made)] = _Send.writers.items()
    assert (connection, made.connection, made.topics) == (CONNECTION, CONNECTION, TOPICS)


def test_the_transform_writes_all_it_is_given(writer: Writer) -> None:
    deliveries: list[Any] = [event(f"{n}", 1, f"{n}".encode(), f"line {n}".encode()) for n in range(5)]
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        _ = pipeline | beam.Create(deliveries) | WriteToKafka(CONNECTION, TOPICS)
    assert sorted(value for one in writer.writes for value in one) == sorted(
        [one.value for one in deliveries] + [one.line.value for one in deliveries]
    )
