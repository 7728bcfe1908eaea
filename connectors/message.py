"""What a broker or a file hands over: bytes and where they stood."""

from dataclasses import dataclass

LARGEST = 16 * 1024 * 1024
"""In bytes: no message of ours is larger, whatever it holds, and no longer line of a file is read."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was received; `timestamp` is Kafka's, in milliseconds since 1970 (UTC), if it has one.

    For a line of a file, `topic` is the file's name, `partition` is 0 and `offset` is the line's number from 0.
    `origin_id` tells it from another that stood at the same place before: Kafka's id of the topic, which one made anew
    under its name does not keep, or a hash of the line.
    """

    value: bytes
    topic: str
    partition: int
    offset: int
    key: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = ()
    timestamp: int | None = None
    origin_id: str = ""


UNREADABLE = "rasid-unreadable"
"""The header of a message that stands for what a file lost: the reason of the rejection, a space, a sentence."""


def unreadable(topic: str, offset: int, reason: str, sentence: str, value: bytes = b"") -> Message:
    """Return a message for what could not be read of a file; `value` is what there was."""
    return Message(value, topic, 0, offset, headers=((UNREADABLE, f"{reason} {sentence}".encode()),))


@dataclass(frozen=True, slots=True)
class Delivery:
    """One encoded record on its way out, and the ledger line that may only be written after it.

    `key` is what a topic is compacted by; `timestamp` is event time in milliseconds (`None`: undated); `version` tells
    which of two deliveries with one key is newer, whatever the order they come in. `outcome` is what the line says
    became of the message at `place` (topic, partition, offset, origin_id); both are there when `line` is.
    """

    record: str
    key: bytes
    value: bytes
    timestamp: int | None
    version: int = 0
    line: "Delivery | None" = None
    outcome: str | None = None
    place: tuple[str, int, int, str] | None = None
