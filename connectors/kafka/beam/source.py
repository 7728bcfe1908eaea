"""Read a Kafka topic as a splittable DoFn: bytes and origins out, offsets as restrictions."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

import apache_beam as beam
from apache_beam import DoFn, PCollection
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Duration, Timestamp
from kafka import KafkaConsumer, TopicPartition

from connectors.kafka.beam.restrictions import Offsets, Watermarks
from connectors.kafka.connection import KafkaConnection, KafkaUnreachable
from connectors.kafka.consume import make_consumer, to_message
from connectors.kafka.event_clock import FEW, EventClock
from connectors.kafka.offsets import partition_bounds
from connectors.kafka.read_back import read_topic
from connectors.kafka.topic_range import ENDLESS, TopicRange
from connectors.message import Message

STALLED_AFTER = 60.0
BUNDLE_RECORDS, BUNDLE_BYTES, BUNDLE_SECONDS = 2000, 4 * 1024 * 1024, 1.0
IDLE_SECONDS = 1.0
RECENT = 200


@dataclass
class ReadFromKafka(beam.PTransform):
    """Read ranges of the topic that has this id. Either all of them are endless or none is.

    `event_time` gives a message's event time in milliseconds, or `None` where it has none; then Kafka's own timestamp
    serves. The watermark is the earliest of the recent event times less `skew` seconds.
    """

    connection: KafkaConnection
    topic_id: str
    ranges: tuple[TopicRange, ...]
    event_time: Callable[[Message], int | None]
    skew: float = 60.0

    def expand(self, root: Any) -> "PCollection[Message]":
        """Wire it: one element a range, read in one go where it ends and in short bundles where it does not."""
        endless = any(topic_range.stop == ENDLESS for topic_range in self.ranges)
        read = (_Follow if endless else _Read)(self.connection, self.topic_id, self.event_time, self.skew)
        return (
            root
            | "Ranges" >> beam.Create(self.ranges, reshuffle=False)
            | "Read" >> beam.ParDo(read).with_output_types(Message)
        )


_OFFSETS, _WATERMARKS = Offsets(), Watermarks()
_CONSUMERS: dict[tuple[KafkaConnection, str, int], KafkaConsumer] = {}


@dataclass
class _Reading(DoFn):
    connection: KafkaConnection
    topic_id: str
    event_time: Callable[[Message], int | None]
    skew: float

    def _consumer(self, topic_range: TopicRange, at: int) -> KafkaConsumer:
        """Return a consumer standing at an offset; one is kept for each partition this process has read."""
        name = (self.connection, topic_range.topic, topic_range.partition)
        where = TopicPartition(topic_range.topic, topic_range.partition)
        if name not in _CONSUMERS:
            # where retention overtakes us, go on with what is left
            _CONSUMERS[name] = make_consumer(
                self.connection, auto_offset_reset="earliest", max_poll_records=BUNDLE_RECORDS
            )
            _CONSUMERS[name].assign([where])
        if _CONSUMERS[name].position(where) != at:
            _CONSUMERS[name].seek(where, at)
        return _CONSUMERS[name]

    def _poll(self, consumer: KafkaConsumer, topic_range: TopicRange, wait: float) -> list[tuple[int | None, Message]]:
        """Return what has come, with event times in milliseconds, `None` for what tells none."""
        polled = consumer.poll(timeout_ms=int(wait * 1000))
        records = polled.get(TopicPartition(topic_range.topic, topic_range.partition), ())
        messages = (replace(to_message(record), origin_id=self.topic_id) for record in records)
        return [(self.event_time(message), message) for message in messages]


class _Read(_Reading):
    """Read a range that ends, in one call: a checkpoint between two would let FnApiRunner fire timers too early."""

    def process(
        self, element: TopicRange, tracker: Any = DoFn.RestrictionParam(_OFFSETS)
    ) -> Iterator[TimestampedValue]:
        position, stop = tracker.current_restriction().start, tracker.current_restriction().stop
        consumer = self._consumer(element, position)
        where = TopicPartition(element.topic, element.partition)
        progress = time.monotonic()
        while position < stop:
            arrived = [(at, message) for at, message in self._poll(consumer, element, 0.5) if message.offset < stop]
            claimed = _claim(tracker, arrived)
            yield from (_stamped(at, message) for at, message in claimed)
            if len(claimed) < len(arrived):
                return
            if consumer.position(where) > position:
                position, progress = consumer.position(where), time.monotonic()
            elif time.monotonic() - progress > STALLED_AFTER:
                raise KafkaUnreachable(f"{where} gave nothing for {STALLED_AFTER:.0f} s at offset {position} of {stop}")
        tracker.try_claim(stop)


class _Follow(_Reading):
    """Follow a log in short bundles, reporting how far event time has come."""

    def _look_back(self, topic: str, clock: EventClock) -> None:
        """Set a clock that has seen nothing by the last messages of the topic's log, if there are any."""
        bounds = partition_bounds(self.connection, topic)
        last = {partition: max(first, end - FEW) for partition, (first, end) in bounds.items()}
        times = map(self.event_time, read_topic(self.connection, topic, start=last))
        for at in sorted(at for at in times if at is not None):
            clock.advance(at)

    @DoFn.unbounded_per_element()
    def process(
        self,
        element: TopicRange,
        tracker: Any = DoFn.RestrictionParam(_OFFSETS),
        watermark: Any = DoFn.WatermarkEstimatorParam(_WATERMARKS),
    ) -> Iterator[TimestampedValue]:
        consumer = self._consumer(element, tracker.current_restriction().start)
        clock, recent = EventClock.of(element.topic), deque[int](maxlen=RECENT)
        ends, count, size = time.monotonic() + BUNDLE_SECONDS, 0, 0
        while count < BUNDLE_RECORDS and size < BUNDLE_BYTES and time.monotonic() < ends:
            arrived = self._poll(consumer, element, 0.1)
            if not arrived:
                continue
            claimed = _claim(tracker, arrived)
            yield from (_stamped(at, message) for at, message in claimed)
            if len(claimed) < len(arrived):
                return
            count, size = count + len(arrived), size + sum(len(message.value) for _, message in arrived)
            for at in (at for at, _ in arrived if at is not None):
                recent.append(at)
                clock.advance(at)
        if not recent and not clock.recent and _is_at_end(consumer, element):
            self._look_back(element.topic, clock)
        now = clock.now()
        if now is not None and (recent or _is_at_end(consumer, element)):
            _raise_watermark(watermark, min([*recent, now]) - self.skew * 1000)
        tracker.defer_remainder(Duration(0 if count else IDLE_SECONDS))


def _claim(tracker: Any, arrived: list[tuple[int | None, Message]]) -> list[tuple[int | None, Message]]:
    """Claim messages one by one; return those that are ours.

    A runner may split a range in the middle of a batch: what lies before the split is ours still, and only ours.
    """
    return list(takewhile(lambda one: tracker.try_claim(one[1].offset), arrived))


def _stamped(event_time: int | None, message: Message) -> TimestampedValue:
    at = event_time if event_time is not None else message.timestamp or 0
    return TimestampedValue(message, Timestamp(micros=at * 1000))


def _is_at_end(consumer: KafkaConsumer, topic_range: TopicRange) -> bool:
    where = TopicPartition(topic_range.topic, topic_range.partition)
    end = consumer.highwater(where)  # None until the broker has answered once
    return end is not None and consumer.position(where) >= end


def _raise_watermark(estimator: Any, milliseconds: float) -> None:
    reached = Timestamp(micros=int(milliseconds * 1000))
    current = estimator.current_watermark()
    if current is None or reached > current:
        estimator.set_watermark(reached)
