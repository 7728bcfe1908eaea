"""Build the record of a message that could not be used."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain

from pipelines.core.article import Origin
from pipelines.core.ids import digest
from pipelines.core.records.pieces import Fields, origin_fields
from pipelines.core.rejection import Rejected
from pipelines.core.units import MIB, from_millis, milliseconds
from pipelines.core.version import PIPELINE_VERSION

MOST_BYTES = 15 * MIB
"""A record with more would not fit into a message of ours: 16 MiB."""
_LEFT = "Its {size:,} bytes are more than a record holds: they are only where it came from, {origin}."
_LAST = milliseconds(datetime(9999, 12, 31, tzinfo=UTC))


def rejection_record(
    refusal: Rejected,
    stage: str,
    payload: bytes | None,
    origin: Origin,
    *,
    key: bytes | None = None,
    headers: Iterable[tuple[str, bytes | None]] = (),
    timestamp_ms: int | None = None,
    article_id: str | None = None,
) -> Fields:
    """Return the fields of `schemas/rejection`: the message as it came, and why it was refused.

    Of a message larger than `MOST_BYTES` the payload, the key and the headers are left out, and the sentence says so.
    """
    headers = list(headers)
    size = sum(
        map(len, (payload or b"", key or b"", *chain.from_iterable((name, value or b"") for name, value in headers)))
    )
    is_kept = size <= MOST_BYTES
    return {
        "rejection_id": digest("rejection", str(origin), origin.id),
        "reason": refusal.reason,
        "message": refusal.message if is_kept else f"{refusal.message} {_LEFT.format(size=size, origin=origin)}",
        "stage": stage,
        "payload": payload if is_kept else None,
        "key": key if is_kept else None,
        "headers": [{"name": name, "value": value} for name, value in headers if is_kept],
        "origin": origin_fields(origin),
        "timestamp": _timestamp(timestamp_ms),
        "article_id": article_id,
        "pipeline_version": PIPELINE_VERSION,
    }


def _timestamp(time: int | None) -> datetime | None:
    # Kafka writes -1 for none, and a producer may write anything: what no calendar holds counts as none.
    if time is None or not 0 <= time <= _LAST:
        return None
    return from_millis(time)
