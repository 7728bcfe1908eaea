"""What every reader of a topic needs: its partitions, and its records as messages. Knows no Beam."""

from typing import Any

from kafka import KafkaConsumer, TopicPartition

from connectors.message import Message


class NoSuchTopic(Exception):
    """The topic does not exist on this broker."""

    def __init__(self, topic: str) -> None:
        super().__init__(
            f"There is no topic {topic!r} on this broker. `rasid topics create` makes the ones rasid uses."
        )


def places_of(consumer: KafkaConsumer, topic: str) -> list[TopicPartition]:
    """Return a topic's partitions, in order; raises NoSuchTopic."""
    partitions = consumer.partitions_for_topic(topic)
    if not partitions:
        raise NoSuchTopic(topic)
    return [TopicPartition(topic, partition) for partition in sorted(partitions)]


def to_message(record: Any) -> Message:
    """Return what kafka-python read as a message; a tombstone's value is empty bytes."""
    return Message(
        value=record.value or b"",
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        headers=tuple(record.headers or ()),
        timestamp=record.timestamp,
    )
