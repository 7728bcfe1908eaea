"""Read a topic as it stands, or follow it as it grows: what people and audits do, outside any pipeline."""

import time
from collections.abc import Iterator, Mapping
from typing import Literal

from kafka import KafkaConsumer, TopicPartition

from connectors.kafka.connection import KafkaConnection, KafkaUnreachable
from connectors.kafka.consume import make_consumer, places_of, to_message
from connectors.message import Message

STALLED_AFTER = 60.0
POLL_MS = 500


def read_topic(
    connection: KafkaConnection,
    topic: str,
    follow: bool = False,
    start: Literal["earliest", "latest"] | Mapping[int, int] = "earliest",
) -> Iterator[Message]:
    """Yield the messages of a topic, in order within a partition, up to the ends seen now; or for ever, with `follow`.

    `start` may give the first offset of each partition; one that it does not name is read from its beginning.
    A tombstone's value is empty bytes. Raises NoSuchTopic, or KafkaUnreachable when nothing comes for a minute before
    the ends.
    """
    consumer = make_consumer(connection)
    try:
        places = places_of(consumer, topic)
        ends = consumer.end_offsets(places)
        consumer.assign(places)
        (consumer.seek_to_end if start == "latest" else consumer.seek_to_beginning)(*places)
        if isinstance(start, Mapping):
            for place in places:
                consumer.seek(place, start.get(place.partition, consumer.position(place)))
        yield from _follow(consumer) if follow else _read_until(consumer, ends)
    finally:
        consumer.close(autocommit=False)


def _follow(consumer: KafkaConsumer) -> Iterator[Message]:
    while True:
        yield from _poll(consumer)


def _read_until(consumer: KafkaConsumer, ends: dict[TopicPartition, int]) -> Iterator[Message]:
    # Positions, not offsets, tell when all was read: compaction and transactions leave gaps at the end.
    progress, left = time.monotonic(), ends
    while left := {place: end for place, end in left.items() if consumer.position(place) < end}:
        arrived = list(_poll(consumer))
        yield from (message for message in arrived if message.offset < ends[_place_of(message)])
        if arrived:
            progress = time.monotonic()
        elif time.monotonic() - progress > STALLED_AFTER:
            raise KafkaUnreachable(f"{', '.join(map(str, left))}: nothing came for {STALLED_AFTER:.0f} s; is Kafka up?")


def _poll(consumer: KafkaConsumer) -> Iterator[Message]:
    for records in consumer.poll(timeout_ms=POLL_MS, max_records=2000).values():
        yield from map(to_message, records)


def _place_of(message: Message) -> TopicPartition:
    return TopicPartition(message.topic, message.partition)
