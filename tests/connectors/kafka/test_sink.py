from collections import OrderedDict
from typing import Any

import pytest

from connectors.kafka import sink
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.sink import _Send
from connectors.message import Delivery

CONNECTION = KafkaConnection("one:9092")

Sent = list[tuple[str, bytes | None]]


class Producer:
    """Takes down what is sent and when it is waited for."""

    def __init__(self) -> None:
        self.log: Sent = []
        self.broken = False

    def send(self, topic: str, value: bytes, key: bytes) -> "Producer":
        self.log.append((topic, value))
        return self

    def flush(self) -> None:
        self.log.append(("flush", None))

    def get(self) -> None:
        if self.broken:
            raise OSError("no acknowledgement")


@pytest.fixture
def producer(monkeypatch: pytest.MonkeyPatch) -> Producer:
    producer = Producer()
    monkeypatch.setattr(_Send, "producers", {CONNECTION: producer})
    monkeypatch.setattr(_Send, "newest", OrderedDict())
    return producer


def send(*deliveries: Delivery, run: int = 0, frame: Any = None) -> None:
    step = _Send(CONNECTION, {"event": "events", "ledger": "ledger"}, frame, run)
    step.start_bundle()
    for delivery in deliveries:
        assert list(step.process(delivery)) == []
    step.finish_bundle()


def event(value: str, version: int, key: bytes = b"k", line: bytes | None = None) -> Delivery:
    told = None if line is None else Delivery("ledger", line, line, None)
    return Delivery("event", key, value.encode(), None, version, told)


def test_lines_are_sent_once_the_records_before_them_are_acknowledged(producer: Producer) -> None:
    send(event("a", 1, line=b"l1"), event("b", 1, b"other"))
    flush = ("flush", None)
    assert producer.log == [("events", b"a"), ("events", b"b"), flush, ("ledger", b"l1"), flush]


def test_no_line_is_sent_where_its_record_is_not_acknowledged(producer: Producer) -> None:
    producer.broken = True
    with pytest.raises(OSError, match="no acknowledgement"):
        send(event("a", 1, line=b"l1"))
    assert ("ledger", b"l1") not in producer.log


def test_a_long_bundle_is_settled_now_and_then(producer: Producer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sink, "FLUSH_EVERY", 2)
    send(event("a", 1, b"a", b"l1"), event("b", 1, b"b"), event("c", 1, b"c", b"l2"))
    sent = [value for _, value in producer.log if value]
    assert sent == [b"a", b"b", b"l1", b"c", b"l2"]


def test_a_version_that_was_overtaken_is_not_sent_but_its_line_is(producer: Producer) -> None:
    send(event("two", 2), event("one", 1, line=b"l1"), event("two again", 2), event("three", 3), event("none", 0))
    sent = [value for _, value in producer.log if value]
    assert sent == [b"two", b"two again", b"three", b"l1"]
    send(event("one", 1), event("one", 1, b"other"))
    assert [value for _, value in producer.log if value][4:] == [b"one"], "another bundle knows it too, for that key"
    send(event("one", 1), run=1)
    assert [value for _, value in producer.log if value][5:] == [b"one"], "another run begins anew"


def test_what_is_remembered_of_versions_is_bounded(producer: Producer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sink, "REMEMBERED", 10)
    send(*(event("x", 1, str(number).encode()) for number in range(100)))
    assert len(_Send.newest) == 10


def test_values_are_framed_where_it_is_asked_for(producer: Producer) -> None:
    send(event("a", 1), frame=lambda record, value: f"{record}:".encode() + value)
    assert producer.log[0] == ("events", b"event:a")
