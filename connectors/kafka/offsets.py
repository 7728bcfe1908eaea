"""Find out which offsets to read: where the log begins and ends, and where to start."""

from collections.abc import Mapping
from datetime import datetime

from connectors.kafka.connection import KafkaConnection
from connectors.kafka.consume import make_consumer, places_of
from connectors.kafka.topic_range import ENDLESS, Start, TopicRange


def partition_bounds(connection: KafkaConnection, topic: str) -> dict[int, tuple[int, int]]:
    """Return for each partition the first offset still kept and the end: the next to be written or decided."""
    with make_consumer(connection) as consumer:
        places = places_of(consumer, topic)
        first, last = consumer.beginning_offsets(places), consumer.end_offsets(places)
        return {place.partition: (first[place], last[place]) for place in places}


def offsets_at(connection: KafkaConnection, topic: str, moment: datetime) -> dict[int, int]:
    """Return for each partition the first offset whose Kafka timestamp is not before a moment (its end if none is)."""
    with make_consumer(connection) as consumer:
        places = places_of(consumer, topic)
        found = consumer.offsets_for_times({place: int(moment.timestamp() * 1000) for place in places})
        last = consumer.end_offsets(places)
        return {place.partition: found[place].offset if found.get(place) else last[place] for place in places}


def plan_ranges(
    connection: KafkaConnection, topic: str, start: Start, *, drain: bool, resume_at: Mapping[int, int]
) -> tuple[TopicRange, ...]:
    """Return what to read of a topic: up to the ends seen now (`drain`), or for ever.

    With `resume`, reading begins at `resume_at`, and at the beginning in partitions it does not name.
    """
    bounds = partition_bounds(connection, topic)
    at = offsets_at(connection, topic, start) if isinstance(start, datetime) else {}
    begin = {
        partition: max(first, resume_at.get(partition, first)) if start == "resume" else at.get(partition, first)
        for partition, (first, _) in bounds.items()
    }
    if start == "latest":
        begin = {partition: last for partition, (_, last) in bounds.items()}
    return tuple(
        TopicRange(topic, partition, begin[partition], last if drain else ENDLESS)
        for partition, (_, last) in sorted(bounds.items())
        if begin[partition] < last or not drain
    )
