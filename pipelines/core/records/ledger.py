"""Build the line that says what became of a message."""

from datetime import datetime

from pipelines.core.article import Origin
from pipelines.core.records.pieces import Fields, origin_fields, to_millis
from pipelines.core.version import PIPELINE_VERSION

RECORD_OF = {"article": "article", "revision": "article", "duplicate": "duplicate", "rejection": "rejection"}
"""What may become of a message, and the record that tells of it."""


def ledger_record(
    origin: Origin,
    outcome: str,
    record_id: str,
    *,
    article_id: str | None = None,
    revision: int | None = None,
    reason: str | None = None,
    published_at: datetime | None = None,
    url: str | None = None,
    content_id: str | None = None,
    original_id: str | None = None,
    cluster_id: str | None = None,
    source: str | None = None,
    agency: str | None = None,
) -> Fields:
    """Return the fields of `schemas/ledger`; `outcome` is article, revision, duplicate or rejection."""
    return {
        "origin": origin_fields(origin),
        "origin_id": origin.id or None,
        "outcome": outcome,
        "record_id": record_id,
        "article_id": article_id,
        "revision": revision,
        "reason": reason,
        "published_at": to_millis(published_at) if published_at else None,
        "url": url,
        "content_id": content_id,
        "original_id": original_id,
        "cluster_id": cluster_id,
        "source": source,
        "agency": agency,
        "signature": None,
        "pipeline_version": PIPELINE_VERSION,
    }
