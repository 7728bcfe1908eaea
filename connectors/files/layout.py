"""How records are laid out in files: by record, date and hour of event time."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from connectors.message import Delivery

HOUR_MS = 60 * 60 * 1000
UNDATED = "undated"


def file_name(record: str, timestamp: int | None, suffix: str) -> str:
    """Return a file's name below the folder; `timestamp` is event time in milliseconds.

    >>> file_name("event", 1773136800000, ".avro")
    'event/date=2026-03-10/hour=10/event-2026-03-10T10.avro'
    >>> file_name("rejection", None, ".avro")
    'rejection/date=undated/hour=00/rejection-undated.avro'
    """
    hour = (timestamp or 0) // HOUR_MS
    moment = datetime.fromtimestamp(hour * 3600, UTC)
    date = moment.strftime("%Y-%m-%d") if hour else UNDATED
    stamp = f"{date}T{moment:%H}" if date != UNDATED else UNDATED
    return f"{record}/date={date}/hour={moment:%H}/{record}-{stamp}{suffix}"


def by_file(deliveries: Iterable[Delivery], suffix: str) -> dict[str, list[bytes]]:
    """Gather records and lines by file, of several versions with one key only the newest, in the order of the keys."""
    versions: dict[str, dict[bytes, tuple[int, bytes]]] = defaultdict(dict)
    for delivery in deliveries:
        for one in (delivery, delivery.line):
            if one is not None:
                known = versions[file_name(one.record, one.timestamp, suffix)]
                known[one.key] = max((one.version, one.value), known.get(one.key, (-1, b"")))
    return {file: [value for _, (_, value) in sorted(known.items())] for file, known in versions.items()}
