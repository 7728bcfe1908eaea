from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

import pytest
from kafka.errors import (
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumberError,
    TopicAuthorizationFailedError,
)

from connectors.kafka import record_writer as module
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.record_writer import ATTEMPTS, CannotWrite, RecordWriter
from connectors.message import Delivery

CONNECTION = KafkaConnection("one:9092")
TOPICS = {"event": "events", "ledger": "ledger"}

Answer = Exception | None
ACKNOWLEDGED = None


class RecordMetadata(NamedTuple):
    """Where a record was written."""

    topic: str
    partition: int
    offset: int


@dataclass
class Acknowledgement:
    """What kafka-python calls a future: done after so many waits."""

    broker: "Broker"
    answer: Answer
    waits: int
    value: RecordMetadata

    @property
    def is_done(self) -> bool:
        return self.waits <= 0

    @property
    def exception(self) -> Answer:
        return self.answer if self.is_done else None

    def failed(self) -> bool:
        return self.exception is not None

    def get(self, timeout: float) -> None:
        self.broker.clock += timeout if self.waits > 0 else 0
        if self.waits > 1:
            self.waits -= 1
            raise KafkaTimeoutError("not yet")
        self.waits = 0
        if self.answer is not None:
            raise self.answer


@dataclass
class Broker:
    """Takes down what is sent, by which producer, and answers what the test says; `clock` is in seconds."""

    answer: Callable[[bytes], Answer] = lambda value: ACKNOWLEDGED
    waits: int = 0
    refuses: list[Exception] = field(default_factory=list)
    clock: float = 0
    log: list[tuple[int, str, bytes, bytes]] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    settings: dict[str, Any] = field(default_factory=dict)

    def make(self, **settings: Any) -> "Producer":
        self.settings = settings
        return Producer(self, next(self.numbers))


@dataclass
class Producer:
    broker: Broker
    number: int
    is_forced: bool = False

    def send(self, topic: str, value: bytes, key: bytes) -> Acknowledgement:
        if self.broker.refuses:
            self.broker.clock += 1
            raise self.broker.refuses.pop(0)
        self.broker.log.append((self.number, topic, key, value))
        written = RecordMetadata(topic, int(value[-1:].isdigit()), len(self.broker.log) - 1)
        return Acknowledgement(self.broker, self.broker.answer(value), self.broker.waits, written)

    @property
    def _sender(self) -> "Producer":
        return self

    def force_close(self) -> None:
        self.is_forced = True

    def close(self, timeout: float) -> None:
        assert self.is_forced, "else kafka-python waits for what can never be sent"
        self.broker.closed.append(self.number)


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    broker = Broker()
    monkeypatch.setattr(module, "KafkaProducer", broker.make)
    monkeypatch.setattr("connectors.kafka.record_writer.time.monotonic", lambda: broker.clock)
    monkeypatch.setattr("connectors.kafka.record_writer.time.sleep", lambda _: None)
    return broker


def event(value: str) -> Delivery:
    return Delivery("event", f"key of {value}".encode(), value.encode(), None)


def values(broker: Broker) -> list[tuple[int, str]]:
    return [(number, value.decode()) for number, _, _, value in broker.log]


def test_deliveries_are_sent_to_their_topics_under_their_keys_in_their_order(broker: Broker) -> None:
    line = Delivery("ledger", b"l", b"line", None)
    RecordWriter(CONNECTION, TOPICS).write([event("b"), line, event("a"), event("b")])
    assert broker.log == [
        (0, "events", b"key of b", b"b"),
        (0, "ledger", b"l", b"line"),
        (0, "events", b"key of a", b"a"),
        (0, "events", b"key of b", b"b"),
    ]


def test_it_returns_the_offsets_behind_what_was_written(broker: Broker) -> None:
    refusals = [OutOfOrderSequenceNumberError()]
    broker.answer = lambda value: refusals.pop() if value == b"b" and refusals else ACKNOWLEDGED
    writer = RecordWriter(CONNECTION, TOPICS)
    line = Delivery("ledger", b"l", b"line", None)
    ends = writer.write([event("a"), event("a1"), line, event("b"), event("a2")])
    assert ends == {("events", 0): 6, ("events", 1): 5, ("ledger", 0): 3}
    assert writer.write([]) == {}


def test_values_are_framed_where_it_is_asked_for(broker: Broker) -> None:
    RecordWriter(CONNECTION, TOPICS, lambda record, value: f"{record}:".encode() + value).write([event("a")])
    assert values(broker) == [(0, "event:a")]


def test_nothing_waits_for_for_ever_and_nothing_is_given_up_for_the_time_it_takes(broker: Broker) -> None:
    RecordWriter(CONNECTION, TOPICS).write([event("a")])
    assert broker.settings["delivery_timeout_ms"] > 20 * 24 * 60 * 60 * 1000
    assert broker.settings["max_block_ms"] <= 1000


def test_one_producer_serves_from_one_write_to_the_next_and_none_where_there_is_nothing_to_write(
    broker: Broker,
) -> None:
    writer = RecordWriter(CONNECTION, TOPICS)
    writer.write([])
    assert next(broker.numbers) == 0
    writer.write([event("a")])
    writer.write([event("b")])
    assert values(broker) == [(1, "a"), (1, "b")]
    writer.close()
    writer.close()
    assert broker.closed == [1]


def test_while_nobody_acknowledges_it_says_every_second_for_how_long(broker: Broker) -> None:
    told: list[float] = []
    broker.waits = 4
    RecordWriter(CONNECTION, TOPICS, waiting=told.append).write([event("a"), event("b")])
    assert told == [1, 2, 3] * 2, "each acknowledgement is a sign of life"
    assert values(broker) == [(0, "a"), (0, "b")]


def test_it_waits_for_room_in_the_buffer_too_and_sends_nothing_twice(broker: Broker) -> None:
    told: list[float] = []
    broker.refuses = [KafkaTimeoutError("no metadata"), KafkaTimeoutError("buffer full")]
    RecordWriter(CONNECTION, TOPICS, waiting=told.append).write([event("a"), event("b")])
    assert told == [1, 2]
    assert values(broker) == [(0, "a"), (0, "b")]


@pytest.mark.parametrize("refuses", [[], [KafkaTimeoutError("no metadata")] * 99])
def test_waiting_may_give_up(broker: Broker, refuses: list[Exception]) -> None:
    class Stop(Exception):
        pass

    def give_up(seconds: float) -> None:
        if seconds >= 5:
            raise Stop

    broker.waits, broker.refuses = 99, refuses
    with pytest.raises(Stop):
        RecordWriter(CONNECTION, TOPICS, waiting=give_up).write([event("a")])
    assert broker.clock == 5


@pytest.mark.parametrize("waits", [0, 3])
def test_what_is_refused_and_nothing_else_is_sent_again_by_another_producer(broker: Broker, waits: int) -> None:
    refusals = [OutOfOrderSequenceNumberError(), OutOfOrderSequenceNumberError()]
    broker.waits = waits
    broker.answer = lambda value: refusals.pop() if value in b"bd" and refusals else ACKNOWLEDGED
    RecordWriter(CONNECTION, TOPICS).write([event(one) for one in "abcd"])
    assert values(broker) == [(0, "a"), (0, "b"), (0, "c"), (0, "d"), (1, "b"), (1, "d")]
    assert broker.closed == [0]


def test_what_the_producer_refuses_to_take_is_tried_again(broker: Broker) -> None:
    broker.refuses = [TopicAuthorizationFailedError()]
    RecordWriter(CONNECTION, TOPICS).write([event("a"), event("b")])
    assert values(broker) == [(0, "b"), (1, "a")]


def test_what_is_refused_for_good_ends_in_a_sentence(broker: Broker) -> None:
    broker.answer = lambda value: TopicAuthorizationFailedError("no") if value == b"b" else ACKNOWLEDGED
    with pytest.raises(CannotWrite, match=r"refuses 1 records, the first of topic events with 1 bytes: TopicAuth"):
        RecordWriter(CONNECTION, TOPICS).write([event("a"), event("b")])
    assert values(broker) == [(0, "a"), *((number, "b") for number in range(ATTEMPTS))]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_record_that_is_too_large_is_not_tried_twice(broker: Broker, at_once: bool) -> None:
    error = MessageSizeTooLargeError("17 MiB")
    broker.refuses = [error] if at_once else []
    broker.answer = lambda value: error if value == b"large" else ACKNOWLEDGED
    with pytest.raises(CannotWrite, match=r"with 5 bytes: .*17 MiB"):
        RecordWriter(CONNECTION, TOPICS).write([event("large"), event("b")])
    assert values(broker)[-1] == (0, "b")
    assert next(broker.numbers) == 1


def test_after_a_refusal_a_write_begins_anew(broker: Broker) -> None:
    broker.answer = lambda value: MessageSizeTooLargeError("17 MiB") if value == b"large" else ACKNOWLEDGED
    writer = RecordWriter(CONNECTION, TOPICS)
    with pytest.raises(CannotWrite):
        writer.write([event("large")])
    writer.write([event("a")])
    assert values(broker)[-1][1] == "a"


def test_a_bug_in_what_is_sent_crashes(broker: Broker) -> None:
    broker.refuses = [TypeError("no bytes")]
    with pytest.raises(TypeError, match="no bytes"):
        RecordWriter(CONNECTION, TOPICS).write([event("a")])
