"""Turn what the pipeline found into encoded records, each message's record with its ledger line."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from connectors.message import Delivery
from pipelines.core.arrival import Analyzed
from pipelines.core.article import Origin
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.duplicates.sighting import Sighting, see
from pipelines.core.events.merging import EventVersion
from pipelines.core.records.article import article_record
from pipelines.core.records.duplicate import duplicate_record
from pipelines.core.records.event import event_record
from pipelines.core.records.ledger import ledger_record
from pipelines.core.records.rejection import rejection_record
from pipelines.core.records.story import story_record
from pipelines.core.records.trend import trend_record
from pipelines.core.stories.version import StoryVersion
from pipelines.core.trends.trend import Trend
from pipelines.core.units import from_millis, milliseconds
from pipelines.transforms.metrics import count
from pipelines.transforms.refused import Refused
from schemas.codec import encode
from schemas.topics import message_key, topic_of


def deliver_article(analyzed: Analyzed) -> Delivery:
    """Return the record of an article or a revision."""
    article, found = analyzed.article, analyzed.analysis
    fields = article_record(
        article,
        analyzed.revision,
        mentions=found.mentions,
        offices=found.offices,
        dates=found.dates,
        event_ids=[event.event_id for event in found.events],
        origin=analyzed.origin,
        unread=found.unread,
    )
    outcome = "revision" if analyzed.revision else "article"
    count(f"{outcome}s")
    sighting = see(article, analyzed.origin)
    told = _told(sighting, outcome, article.article_id, revision=analyzed.revision)
    return _deliver("article", fields, milliseconds(article.published_at), version=analyzed.revision, told=told)


def deliver_duplicate(linked: Linked) -> Delivery:
    """Return the record of a copy; the ledger line is its own where nothing else is written of the message."""
    copy, match = linked.copy.sighting, linked.match
    fields = duplicate_record(
        match.kind,
        copy,
        match.original,
        cluster_id=linked.cluster_id,
        similarity=match.similarity,
        containment=match.containment,
        containment_direction=match.direction if match.kind == "contained" else None,
    )
    told = None
    if linked.copy.is_dropped:
        count("duplicates")
        more = {"original_id": match.original.article_id, "cluster_id": linked.cluster_id, "reason": match.kind}
        told = _told(copy, "duplicate", fields["duplicate_id"], **more)
    return _deliver("duplicate", fields, copy.published, told=told)


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
    at = milliseconds(fields["timestamp"]) if fields["timestamp"] else None
    line = ledger_record(origin, "rejection", fields["rejection_id"], reason=refused.refusal.reason)
    told = _Told(origin, "rejection", _deliver("ledger", line, at))
    return _deliver("rejection", fields, at, told=told)


def deliver_event(version: EventVersion) -> Delivery:
    """Return the record of what is known of an event at the end of an hour."""
    fields = event_record(version.event, version.evidence, retracted=version.retracted, version=version.version)
    return _deliver("event", fields, version.published, version=version.version)


def deliver_story_or_trend(told: StoryVersion | Trend) -> Delivery:
    """Return the record of what is known of a story, or of one thing that was unusual on one day."""
    return _deliver_trend(told) if isinstance(told, Trend) else _deliver_story(told)


def _deliver_story(version: StoryVersion) -> Delivery:
    fields = story_record(version)
    return _deliver("story", fields, milliseconds(fields["last_published_at"]), version=version.version)


def _deliver_trend(trend: Trend) -> Delivery:
    kind, key = trend.key
    fields = trend_record(
        kind,
        key,
        name=trend.name,
        type=trend.type,
        day=trend.day,
        began=from_millis(trend.began),
        ended=from_millis(trend.ended),
        window_start=from_millis(trend.start),
        window_end=from_millis(trend.end),
        count=len(trend.articles),
        outlets=trend.outlets,
        baseline_mean=trend.baseline_mean,
        baseline_windows=trend.baseline_windows,
        score=trend.score,
        retracted=trend.retracted,
        version=trend.version,
        article_ids=trend.articles,
        story_id=trend.story_id,
    )
    return _deliver("trend", fields, trend.ended - 1, version=trend.version)


class _Told(NamedTuple):
    """What the ledger says of a message."""

    origin: Origin
    outcome: str
    line: Delivery


def _told(sighting: Sighting, outcome: str, record_id: str, **more: Any) -> _Told:
    fields = ledger_record(
        sighting.origin,
        outcome,
        record_id,
        article_id=sighting.article_id,
        published_at=from_millis(sighting.published),
        url=sighting.url,
        content_id=sighting.content_id,
        source=sighting.source,
        agency=sighting.agency,
        **more,
    )
    return _Told(sighting.origin, outcome, _deliver("ledger", fields, sighting.published))


def _deliver(
    record: str, fields: Mapping[str, Any], timestamp: int | None, *, version: int = 0, told: _Told | None = None
) -> Delivery:
    count(record)
    key = message_key(topic_of(record), fields) or b""
    delivery = Delivery(record, key, encode(record, fields), timestamp, version)
    return replace(delivery, line=told.line, outcome=told.outcome, place=_place(told.origin)) if told else delivery


def _place(origin: Origin) -> tuple[str, int, int, str]:
    return origin.topic, origin.partition, origin.offset, origin.id
