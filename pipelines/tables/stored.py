"""Read back what a run wrote, from its folder or its topics, one record after another."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from connectors.files.manifest import NAME, committed_files
from connectors.kafka.connection import KafkaConnection
from schemas.codec import decode_message
from schemas.containers import read_beginning
from schemas.errors import CannotRead
from schemas.registry import SchemaRegistry
from schemas.topics import message_key, topic_of

VERSION = {"article": "revision", "event": "version", "story": "version", "trend": "version"}
"""The field that says which record of several with one key is the newest."""


class Stored(NamedTuple):
    """A record as it was written; `fields` are None for a tombstone, and where it cannot be read, as `problem` says."""

    record: str
    key: bytes
    fields: dict[str, Any] | None
    problem: str = ""

    @property
    def version(self) -> int:
        """Return its version or revision, 0 where its kind has none."""
        name = VERSION.get(self.record)
        return int(self.fields[name]) if self.fields and name else 0


def read_folder(directory: Path, records: Iterable[str]) -> Iterator[Stored]:
    """Yield the records of some kinds that a run wrote to a folder, hour by hour; a run may be writing to it.

    What is not committed is not read. Raises FolderDamaged, or UndecodableBytes naming the file that is damaged.
    """
    for record in records:
        for _, path, length in committed_files(directory, record):
            for fields in read_beginning(path, record, length):
                yield Stored(record, message_key(topic_of(record), fields) or b"", fields)


def is_folder(directory: Path) -> bool:
    """Return whether a run has written to a folder."""
    return (directory / NAME).is_file() or any(directory.glob("*/date=*/hour=*/*.avro"))


def read_topics(kafka: KafkaConnection, records: Iterable[str], registry: SchemaRegistry | None) -> Iterator[Stored]:
    """Yield the records of some kinds on their topics, to the ends they have now; raises NoSuchTopic."""
    from connectors.kafka.read_back import read_topic  # a folder is read where no Kafka client is installed

    for record in records:
        for message in read_topic(kafka, topic_of(record).name):
            key = message.key or b""
            if not message.value:
                yield Stored(record, key, None)
                continue
            try:
                yield Stored(record, key, decode_message(message.value, record, registry))
            except CannotRead as error:
                yield Stored(record, key, None, f"{message.topic}/{message.partition}@{message.offset}: {error}")
