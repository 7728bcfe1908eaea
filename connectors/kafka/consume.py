"""What every reader of a topic needs: a consumer, the topic's partitions, its records as messages. Knows no Beam."""

import time
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import RetriableError

from connectors.kafka.connection import KafkaConnection
from connectors.message import Message

ASKED_FOR_S = 60.0
ASKED_EVERY_S = 0.5


class NoSuchTopic(Exception):
    """The topic does not exist on this broker."""

    def __init__(self, topic: str) -> None:
        super().__init__(
            f"There is no topic {topic!r} on this broker. `rasid topics create` makes the ones rasid uses."
        )


def make_consumer(connection: KafkaConnection, **more: Any) -> KafkaConsumer:
    """Return a consumer as all of ours are: in no group, committing nothing, blind to what was never committed.

    What a producer took back is not read, and a topic ends where its first open transaction begins. `more` are
    kafka-python's own settings; where retention has overtaken an offset, `auto_offset_reset="none"` raises instead of
    going on with what is left.
    """
    ours = {
        "group_id": None,
        "enable_auto_commit": False,
        "isolation_level": "read_committed",
        "auto_offset_reset": "earliest",
    }
    return KafkaConsumer(**connection.client_settings(), **{**ours, **more})


def places_of(consumer: KafkaConsumer, topic: str) -> list[TopicPartition]:
    """Return a topic's partitions, in order; raises NoSuchTopic, and KafkaError where nobody answers for a minute."""
    partitions = _ask_for_partitions(consumer, topic)
    if not partitions:
        raise NoSuchTopic(topic)
    return [TopicPartition(topic, partition) for partition in sorted(partitions)]


def _ask_for_partitions(consumer: KafkaConsumer, topic: str) -> set[int] | None:
    # kafka-python asks again by itself nearly everywhere, but not here: a broker that has just woken, or is just being
    # replaced, answers that it knows of no broker, or not at all.
    given_up = time.monotonic() + ASKED_FOR_S
    while True:
        try:
            return consumer.partitions_for_topic(topic)  # type: ignore[no-any-return]
        except RetriableError:
            if time.monotonic() > given_up:
                raise
            time.sleep(ASKED_EVERY_S)


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
