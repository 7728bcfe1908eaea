"""Build the record of a message that could not be used."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from pipelines.core.article import Origin
from pipelines.core.ids import digest
from pipelines.core.records.pieces import Fields, origin_fields
from pipelines.core.rejection import Rejected
from pipelines.core.version import PIPELINE_VERSION

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = (datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1)


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
    """Return the fields of `schemas/rejection`: the message as it came, and why it was refused."""
    return {
        "rejection_id": digest("rejection", str(origin)),
        "reason": refusal.reason,
        "message": refusal.message,
        "stage": stage,
        "payload": payload,
        "key": key,
        "headers": [{"name": name, "value": value} for name, value in headers],
        "origin": origin_fields(origin),
        "timestamp": _timestamp(timestamp_ms),
        "article_id": article_id,
        "pipeline_version": PIPELINE_VERSION,
    }


def _timestamp(milliseconds: int | None) -> datetime | None:
    # Kafka writes -1 for none, and a producer may write anything: what no calendar holds counts as none.
    if milliseconds is None or not 0 <= milliseconds <= _LAST:
        return None
    return _EPOCH + timedelta(milliseconds=milliseconds)
