"""Turn what the pipeline found into encoded records, each message's record with its ledger line."""

from collections.abc import Mapping
from typing import Any

from connectors.message import Delivery
from pipelines.core.arrival import Analyzed, Judged
from pipelines.core.article import Article, Origin
from pipelines.core.duplicates.sighting import milliseconds, see
from pipelines.core.events.merging import EventVersion
from pipelines.core.ids import digest
from pipelines.core.records.article import article_record
from pipelines.core.records.duplicate import duplicate_record
from pipelines.core.records.event import event_record
from pipelines.core.records.ledger import ledger_record
from pipelines.core.records.pieces import from_millis
from pipelines.core.records.rejection import rejection_record
from pipelines.core.records.trend import trend_record
from pipelines.core.trends.index import Trend
from pipelines.transforms.map_or_reject import Refused
from pipelines.transforms.tally import count
from schemas.codec import encode
from schemas.topics import message_key, topic_of


def deliver_article(analyzed: Analyzed) -> Delivery:
    """Return the record of an article or a revision."""
    article, found = analyzed.article, analyzed.analysis
    fields = article_record(
        article,
        analyzed.revision,
        mentions=found.mentions,
        dates=found.dates,
        event_ids=[event.event_id for event in found.events],
        origin=analyzed.origin,
    )
    outcome = "revision" if analyzed.revision else "article"
    count(f"{outcome}s")
    line = _line(article, analyzed.origin, outcome, article.article_id, revision=analyzed.revision)
    return _deliver("article", fields, milliseconds(article.published_at), version=analyzed.revision, line=line)


def deliver_duplicate(judged: Judged) -> Delivery:
    """Return the record of a message that repeats an article already known."""
    original = judged.verdict.original
    assert original is not None
    copy = see(judged.article, judged.origin)
    count("duplicates")
    fields = duplicate_record(
        "exact",
        copy,
        original,
        cluster_id=digest("cluster", copy.content_id),
        similarity=1.0,
        containment=1.0,
    )
    line = _line(
        judged.article,
        judged.origin,
        "duplicate",
        fields["duplicate_id"],
        original_id=original.article_id,
        cluster_id=fields["cluster_id"],
    )
    return _deliver("duplicate", fields, copy.published, line=line)


def deliver_rejection(refused: Refused) -> Delivery:
    """Return the record of a message that cannot be used, with its original bytes."""
    message, origin = refused.message, refused.origin
    count("rejections")
    fields = rejection_record(
        refused.refusal,
        refused.stage,
        message.value,
        origin,
        key=message.key,
        headers=message.headers,
        timestamp_ms=message.timestamp,
    )
    line = ledger_record(origin, "rejection", fields["rejection_id"], reason=refused.refusal.reason)
    return _deliver("rejection", fields, message.timestamp, line=_deliver("ledger", line, message.timestamp))


def deliver_event(version: EventVersion) -> Delivery:
    """Return the record of what is known of an event at the end of an hour."""
    fields = event_record(version.event, version.evidence, retracted=version.retracted, version=version.version)
    return _deliver("event", fields, version.published, version=version.version)


def deliver_trend(trend: Trend) -> Delivery:
    """Return the record of one thing in one sliding window."""
    kind, key = trend.key
    fields = trend_record(
        kind,
        key,
        name=trend.name,
        type=trend.type,
        window_start=from_millis(trend.start),
        window_end=from_millis(trend.end),
        count=len(trend.articles),
        outlets=trend.outlets,
        baseline_mean=trend.baseline_mean,
        baseline_windows=trend.baseline_windows,
        score=trend.score,
        version=trend.version,
        article_ids=trend.articles,
    )
    return _deliver("trend", fields, trend.end - 1, version=trend.version)


def _line(article: Article, origin: Origin, outcome: str, record_id: str, **more: Any) -> Delivery:
    sighting = see(article, origin)
    fields = ledger_record(
        origin,
        outcome,
        record_id,
        article_id=article.article_id,
        published_at=article.published_at,
        url=article.url,
        content_id=article.content_id,
        source=article.source,
        agency=sighting.agency,
        **more,
    )
    return _deliver("ledger", fields, sighting.published)


def _deliver(
    record: str, fields: Mapping[str, Any], timestamp: int | None, *, version: int = 0, line: Delivery | None = None
) -> Delivery:
    count(record)
    key = message_key(topic_of(record), fields) or b""
    return Delivery(record, key, encode(record, fields), timestamp, version, line)
