"""Build the record of an event, and of each article's word for it."""

from collections.abc import Sequence

from pipelines.core.article import Article, Origin
from pipelines.core.entities.mention import Entity
from pipelines.core.events.event import Event, Participant
from pipelines.core.events.modes import is_mutual
from pipelines.core.records.pieces import Fields, origin_fields, shorten, span_fields, to_millis
from pipelines.core.text.fold import fold_text
from pipelines.core.version import PIPELINE_VERSION


def evidence_record(event: Event, article: Article, revision: int, origin: Origin) -> Fields:
    """Return one article's word for an event, as `schemas/event` holds it."""
    return {
        "article_id": article.article_id,
        "revision": revision,
        "copy_of": None,
        "source": article.source,
        "country": article.country,
        "url": article.url,
        "published_at": to_millis(article.published_at),
        "trigger": span_fields(event.trigger),
        "quote": span_fields(event.evidence),
        "origin": origin_fields(origin),
    }


def event_record(
    event: Event,
    evidences: Sequence[Fields],
    *,
    retracted: bool = False,
    version: int | None = None,
) -> Fields:
    """Return the fields of `schemas/event` for an event and all evidence of it known, in whatever order.

    `version` is the number of observations known, retractions among them; without it, that of the evidence.
    """
    evidence = sorted(evidences, key=_evidence_order)
    return {
        "event_id": event.event_id,
        "version": len(evidence) if version is None else version,
        **event_fields(event),
        "retracted": retracted,
        "evidence": evidence,
        "outlets": sorted({piece["source"] for piece in evidence}),
        "article_ids": sorted({piece["article_id"] for piece in evidence}),
        "first_published_at": evidence[0]["published_at"] if evidence else None,
        "last_published_at": evidence[-1]["published_at"] if evidence else None,
        "pipeline_version": PIPELINE_VERSION,
    }


def event_fields(event: Event) -> Fields:
    """Return who did what to whom, where and when, as one article tells it."""
    return {
        "type": event.type,
        "mode": event.mode,
        "actors": [_participant(actor) for actor in event.actors],
        "recipients": [_participant(recipient) for recipient in event.recipients],
        "mutual": bool(event.actors and event.recipients) and _is_mutual(event),
        "place": _place(event.place, event.place_confidence) if event.place else None,
        "date": {"value": event.date.value, "granularity": event.date.granularity} if event.date else None,
        "negated": event.flags.negated,
        "future": event.flags.future,
        "hypothetical": event.flags.hypothetical,
        "historical": event.flags.historical,
        "confidence": shorten(event.confidence),
    }


def _is_mutual(event: Event) -> bool:
    return is_mutual(event.type, event.mode, fold_text(event.trigger.text).split())


def _evidence_order(piece: Fields) -> tuple[object, ...]:
    trigger, origin = piece["trigger"], piece["origin"]
    return (
        *(piece["published_at"], piece["article_id"], piece["revision"], piece["copy_of"] or ""),
        *(trigger["field"], trigger["start"], origin["topic"], origin["partition"], origin["offset"]),
    )


def _participant(participant: Participant) -> Fields:
    entity = participant.entity
    return {
        "entity_id": entity.entity_id,
        "type": entity.type,
        "name": entity.name,
        "qid": entity.qid,
        "geonames_id": entity.geonames_id,
        "country": entity.country,
        "text": participant.span.text,
        "confidence": shorten(participant.confidence),
    }


def _place(place: Entity, confidence: float | None) -> Fields:
    return {
        "entity_id": place.entity_id,
        "name": place.name,
        "qid": place.qid,
        "geonames_id": place.geonames_id,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "confidence": confidence if confidence is None else shorten(confidence),
    }
