"""Load the topics the pipeline reads and writes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from schemas.catalog import folder

_DAY_MS = 24 * 60 * 60 * 1000
_MOST_BYTES = 16 * 1024 * 1024  # a message over the size limit must fit into its rejection


@dataclass(frozen=True, slots=True)
class Topic:
    """A Kafka topic and what it carries; `retention_ms` is -1 for ever, `key` the fields a message key is made of."""

    name: str
    record: str
    doc: str
    key: tuple[str, ...]
    partitions: int
    cleanup_policy: str
    retention_ms: int
    timestamp_type: str
    rejections: str | None = None

    @property
    def configs(self) -> dict[str, str]:
        """Return the settings Kafka takes when it makes the topic."""
        return {
            "cleanup.policy": self.cleanup_policy,
            "retention.ms": str(self.retention_ms),
            "message.timestamp.type": self.timestamp_type,
            "max.message.bytes": str(_MOST_BYTES),
        }


@cache
def load_topics() -> list[Topic]:
    """Return every topic, in the order of `topics.toml`.

    >>> [topic.name for topic in load_topics()][:2]
    ['rasid.raw-articles', 'rasid.articles']
    """
    table = tomllib.loads((folder() / "topics.toml").read_text(encoding="utf-8"))
    return [_read(entry) for entry in table["topic"]]


@cache
def topic_of(record: str) -> Topic:
    """Return the topic that carries a record; LookupError where there is none."""
    for topic in load_topics():
        if topic.record == record:
            return topic
    raise LookupError(f"No topic carries {record!r}.")


def message_key(topic: Topic, fields: Mapping[str, Any]) -> bytes | None:
    """Return the key of a record's message: its first key field that is not null, or None.

    >>> message_key(topic_of("ledger"), {"origin": {"topic": "rasid.raw-articles", "partition": 2, "offset": 7}})
    b'rasid.raw-articles/2@7'
    """
    for name in topic.key:
        value = fields.get(name)
        if isinstance(value, Mapping):
            return f"{value['topic']}/{value['partition']}@{value['offset']}".encode()
        if value is not None:
            return str(value).encode()
    return None


def _read(entry: dict[str, Any]) -> Topic:
    days = entry.pop("retention_days")
    key = tuple(entry.pop("key"))
    return Topic(key=key, retention_ms=days * _DAY_MS if days >= 0 else -1, **entry)
