"""Turn what `core` found into plain dicts that fit the schemas in `schemas/`."""

from pipelines.core.records.article import article_record
from pipelines.core.records.duplicate import duplicate_record
from pipelines.core.records.event import event_record, evidence_record
from pipelines.core.records.ledger import ledger_record
from pipelines.core.records.raw_article import raw_article
from pipelines.core.records.rejection import rejection_record
from pipelines.core.records.story import story_record
from pipelines.core.records.trend import trend_record

__all__ = [
    "article_record",
    "duplicate_record",
    "event_record",
    "evidence_record",
    "ledger_record",
    "raw_article",
    "rejection_record",
    "story_record",
    "trend_record",
]
