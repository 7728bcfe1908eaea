"""Read the ledger back, from its topic or its files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from connectors.kafka.connection import KafkaConnection
from connectors.kafka.offsets import partition_bounds
from connectors.kafka.read_back import read_topic
from pipelines.core.article import Origin
from pipelines.core.duplicates.sighting import milliseconds
from pipelines.core.ledger import Line
from schemas.codec import decode
from schemas.containers import read_container
from schemas.topics import topic_of


def read_ledger(kafka: KafkaConnection | None, files: str | None) -> list[Line]:
    """Return all lines of a ledger: of the topic where there is one, else of the files below a folder."""
    rows = _topic_rows(kafka) if kafka is not None else file_rows(files or "", "ledger")
    return [_line(row) for row in rows]


def is_whole(kafka: KafkaConnection | None) -> bool:
    """Return whether every line ever written is still there: files are kept, a topic for as long as its retention."""
    return kafka is None or all(first == 0 for first, _ in partition_bounds(kafka, topic_of("ledger").name).values())


def file_rows(directory: str, record: str) -> Iterator[dict[str, Any]]:
    """Yield all records of one kind that a run wrote to files, hour by hour."""
    for path in sorted(Path(directory).glob(f"{record}/date=*/hour=*/*.avro")):
        yield from read_container(path, record)


def _topic_rows(connection: KafkaConnection) -> Iterator[dict[str, Any]]:
    for message in read_topic(connection, topic_of("ledger").name):
        yield decode(message.value).fields


def _line(row: dict[str, Any]) -> Line:
    published = row["published_at"]
    return Line(Origin(**row["origin"]), milliseconds(published) if published else None)
