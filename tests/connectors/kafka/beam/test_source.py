"""The splittable source: whatever a runner does to a range, each message is emitted by exactly one of its parts."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from apache_beam.io.restriction_trackers import OffsetRange
from apache_beam.utils.timestamp import Timestamp
from hypothesis import given
from hypothesis import strategies as st
from kafka import TopicPartition

from connectors.kafka.beam import source
from connectors.kafka.beam.restrictions import LogTracker, LogWentBack
from connectors.kafka.beam.source import _Follow, _Read
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.event_clock import EventClock
from connectors.kafka.topic_range import ENDLESS, TopicRange
from connectors.message import Message

LENGTH = 1000
WHERE = TopicPartition("t", 0)


@dataclass
class Record:
    offset: int
    topic: str = "t"
    partition: int = 0
    value: bytes = b"{}"
    key: bytes | None = None
    headers: tuple[Any, ...] = ()
    timestamp: int = 0


@dataclass
class Consumer:
    """Gives a hundred records a poll; between two polls somebody may split the range."""

    at: int = 0
    between: Any = None
    polls: int = 0

    def assign(self, places: list[TopicPartition]) -> None:
        pass

    def position(self, place: TopicPartition) -> int:
        return self.at

    def seek(self, place: TopicPartition, at: int) -> None:
        self.at = at

    def poll(self, timeout_ms: int) -> dict[TopicPartition, list[Record]]:
        records = [Record(offset) for offset in range(self.at, min(self.at + 100, LENGTH))]
        self.at += len(records)
        self.polls += 1
        if self.between is not None:
            self.between(self.polls)
        return {WHERE: records} if records else {}


@dataclass
class Reader:
    consumer: Consumer = field(default_factory=Consumer)

    def read(self, tracker: LogTracker) -> list[int]:
        topic_range = TopicRange("t", 0, 0, LENGTH)
        step = _Read(KafkaConnection("one:9092"), "id", lambda _: None, 0)
        return [one.value.offset for one in step.process(topic_range, View(tracker))]


@dataclass
class View:
    tracker: LogTracker

    def try_claim(self, offset: int) -> bool:
        return bool(self.tracker.try_claim(offset))

    def current_restriction(self) -> OffsetRange:
        return self.tracker.current_restriction()


def read_with_split(monkeypatch: pytest.MonkeyPatch, poll: int, fraction: float) -> list[int]:
    """Read a range that is split while the records of a poll are on their way; then read the rest."""
    tracker, rest = LogTracker(OffsetRange(0, LENGTH)), []

    def split(polls: int) -> None:
        if polls == poll and (parts := tracker.try_split(fraction)):
            rest.append(parts[1])

    with monkeypatch.context() as patch:
        consumer = Consumer(between=split)
        patch.setattr(source, "_CONSUMERS", {(KafkaConnection("one:9092"), "t", 0): consumer})
        read = Reader(consumer).read(tracker)
        assert tracker.check_done() is None
        consumer.between = None
        for part in rest:
            read += Reader(consumer).read(LogTracker(part))
    return read


@given(poll=st.integers(1, 10), fraction=st.floats(0.01, 0.99))
def test_a_stretch_split_in_the_middle_of_a_batch_loses_nothing_and_repeats_nothing(poll: int, fraction: float) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert read_with_split(monkeypatch, poll, fraction) == list(range(LENGTH))


@pytest.mark.parametrize("at", [150, 0])
def test_a_log_that_begins_anew_is_said_and_not_read_for_another(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Kafka's client goes back where a topic is made anew, at once or while it is read."""
    consumer = Consumer(at=at)
    consumer.between = lambda polls: setattr(consumer, "at", 0)
    consumer.seek = lambda place, at: None  # type: ignore[method-assign]
    monkeypatch.setattr(source, "_CONSUMERS", {(KafkaConnection("one:9092"), "t", 0): consumer})
    with pytest.raises(LogWentBack, match="made anew, or cut short"):
        Reader(consumer).read(LogTracker(OffsetRange(150, LENGTH)))


class Silent(Consumer):
    """Stands at the end of a partition to which nothing comes."""

    def poll(self, timeout_ms: int) -> dict[TopicPartition, list[Record]]:
        return {}

    def highwater(self, place: TopicPartition) -> int:
        return self.at


@dataclass
class Estimator:
    reached: Timestamp | None = None

    def current_watermark(self) -> Timestamp | None:
        return self.reached

    def set_watermark(self, reached: Timestamp) -> None:
        self.reached = reached


class Endless(View):
    def defer_remainder(self, delay: Any) -> None:
        pass


def follow_silent(monkeypatch: pytest.MonkeyPatch, log: list[Message]) -> Timestamp | None:
    """Follow a partition to which nothing comes, in a new process; return the watermark it reports."""
    monkeypatch.setattr(EventClock, "clocks", {})
    monkeypatch.setattr(source, "BUNDLE_SECONDS", 0.0)
    monkeypatch.setattr(source, "_CONSUMERS", {(KafkaConnection("one:9092"), "t", 0): Silent(at=5)})
    monkeypatch.setattr(source, "partition_bounds", lambda *_: {0: (5, 5), 1: (0, len(log))})
    monkeypatch.setattr(source, "read_topic", lambda connection, topic, start: log[start[1] :])
    step, estimator = _Follow(KafkaConnection("one:9092"), "id", lambda one: one.timestamp, 60), Estimator()
    list(step.process(TopicRange("t", 0, 5), Endless(LogTracker(OffsetRange(5, ENDLESS))), estimator))
    return estimator.reached


def test_a_process_that_has_seen_nothing_goes_on_from_the_end_of_the_log_and_not_from_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a restore, say: from now, all articles of last week would be too late to count."""
    reached = follow_silent(monkeypatch, [Message(b"{}", "t", 1, n, timestamp=1000_000 + n) for n in range(20)])
    assert reached is not None
    assert 930 < reached.micros / 1e6 < 1000


def test_on_a_topic_where_nothing_ever_was_the_watermark_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    assert follow_silent(monkeypatch, []) is None


def test_messages_know_the_topic_they_came_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_CONSUMERS", {(KafkaConnection("one:9092"), "t", 0): Consumer()})
    step = _Read(KafkaConnection("one:9092"), "id of t", lambda _: None, 0)
    first = next(iter(step.process(TopicRange("t", 0, 0, LENGTH), View(LogTracker(OffsetRange(0, LENGTH))))))
    assert first.value.origin_id == "id of t"
