"""Read the ledger back, from its topic or its files."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.files.manifest import committed_files
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.offsets import partition_bounds
from connectors.kafka.read_back import read_topic
from pipelines.core.article import Origin
from pipelines.core.ledger import Line
from pipelines.core.units import milliseconds
from schemas.codec import decode
from schemas.containers import read_beginning
from schemas.errors import UndecodableBytes
from schemas.topics import topic_of

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A line of the ledger and when it was written, in milliseconds, where the topic tells."""

    row: Fields
    at: int = 0

    @property
    def line(self) -> Line:
        """Return what matters of it to a restart."""
        published = self.row["published_at"]
        return Line(self.origin, milliseconds(published) if published else None, self.at)

    @property
    def origin(self) -> Origin:
        """Return the message it is about."""
        return Origin(**self.row["origin"], id=self.row["origin_id"] or "")


def topic_lines(connection: KafkaConnection, since: Mapping[int, int] | None = None) -> Iterator[Written]:
    """Yield the lines of the ledger's topic, from its beginning or from some offsets on."""
    for message in read_topic(connection, topic_of("ledger").name, start=since or "earliest"):
        yield Written(decode(message.value).fields, message.timestamp or 0)


def file_lines(directory: str, *, among: Container[str] | None = None, damaged_too: bool = True) -> Iterator[Written]:
    """Yield the lines in a folder's ledger files, or in some of them."""
    return map(Written, file_rows(directory, "ledger", among=among, damaged_too=damaged_too))


def is_whole(kafka: KafkaConnection | None) -> bool:
    """Return whether every line ever written is still there: files are kept, a topic for as long as its retention."""
    return kafka is None or all(first == 0 for first, _ in partition_bounds(kafka, topic_of("ledger").name).values())


def file_rows(
    directory: str, record: str, *, among: Container[str] | None = None, damaged_too: bool = True
) -> Iterator[Fields]:
    """Yield all records of one kind that runs wrote to files, hour by hour, as far as they are committed.

    `among` names the files that are to be read, if not all. Raises UndecodableBytes for a damaged one, or passes it
    over.
    """
    for name, path, length in committed_files(Path(directory), record):
        if among is not None and name not in among:
            continue
        try:
            yield from read_beginning(path, record, length)
        except UndecodableBytes:
            if damaged_too:
                raise
