"""How records are laid out in files: by record, date and hour of event time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from connectors.message import Delivery

HOUR_MS = 60 * 60 * 1000
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How records become files that can be added to: `header(record)`, then `block(record, values)` after another.

    `values(path, record)` reads them back, and `whole_length(path)` tells how much of a file is no torn block.
    """

    suffix: str
    header: Callable[[str], bytes]
    block: Callable[[str, Sequence[bytes]], bytes]
    values: Callable[[Path, str], Iterator[bytes]]
    whole_length: Callable[[Path], int]


def file_name(record: str, timestamp: int | None, suffix: str) -> str:
    """Return a file's name below the folder; `timestamp` is event time in milliseconds, if a calendar holds it.

    >>> file_name("event", 1773136800000, ".avro")
    'event/date=2026-03-10/hour=10/event-2026-03-10T10.avro'
    >>> file_name("rejection", None, ".avro")
    'rejection/date=undated/hour=00/rejection-undated.avro'
    """
    try:
        moment = None if timestamp is None else datetime.fromtimestamp(timestamp // HOUR_MS * 3600, UTC)
    except (ValueError, OverflowError, OSError):
        moment = None
    if moment is None:
        return f"{record}/date={UNDATED}/hour=00/{record}-{UNDATED}{suffix}"
    date = moment.date().isoformat()
    return f"{record}/date={date}/hour={moment:%H}/{record}-{date}T{moment:%H}{suffix}"


def by_file(deliveries: Iterable[Delivery], suffix: str) -> dict[str, list[bytes]]:
    """Gather records and lines by file, of several versions with one key only the newest, in the order of the keys."""
    versions: dict[str, dict[bytes, tuple[int, bytes]]] = defaultdict(dict)
    for delivery in deliveries:
        for one in (delivery, delivery.line):
            if one is not None:
                known = versions[file_name(one.record, one.timestamp, suffix)]
                known[one.key] = max((one.version, one.value), known.get(one.key, (-1, b"")))
    return {file: [value for _, (_, value) in sorted(known.items())] for file, known in versions.items()}
