"""Read one article apart from any stream, and say what was found where in the very text that was sent."""

from dataclasses import dataclass, replace

from pipelines.core.analysis import analyze_article
from pipelines.core.article import Aside, RawArticle, Span
from pipelines.core.entities.mention import DateMention, Entity, Mention, Office
from pipelines.core.entities.tagging.tagger import EntityModel
from pipelines.core.events.event import Event, Participant
from pipelines.core.normalization import normalize_article
from pipelines.core.records.pieces import Fields, shorten
from pipelines.core.text.mapped import Mapped


def annotate_article(raw: RawArticle, model: EntityModel = "fast") -> Fields:
    """Return what was found in an article as plain data; raises a `Rejected` where it cannot be used.

    Every `start`, `end` (code points) and `text` is a slice of `raw.title` or `raw.body` as they came, before any
    normalization. A summary is not read: an offset could not tell it from the body.

    >>> raw = RawArticle("okaz", "افتتاح المعرض", "جدة (واس) - افتتح أميرُ مكةَ المعرضَ اليوم.", "2024-05-01")
    >>> found = annotate_article(raw)
    >>> found["origin"], [date["text"] for date in found["dates"]]
    ('واس', ['اليوم'])
    """
    raw = replace(raw, summary=None)
    normalized = normalize_article(raw)
    article, found = normalized.article, analyze_article(normalized.article, model)
    sent = _Sent({"title": (raw.title, normalized.title), "body": (raw.body, normalized.body)})
    return {
        "id": raw.id,
        "article_id": article.article_id,
        "language": article.language,
        "origin": article.byline.agency if article.byline else None,
        "mentions": [_mention(mention, sent) for mention in found.mentions],
        "offices": [_office(office, sent) for office in found.offices],
        "dates": [_date(date, sent) for date in found.dates],
        "events": [_event(event, sent) for event in found.events],
        "set_aside": [_aside(aside, sent) for aside in (*article.asides, *found.unread)],
    }


@dataclass(frozen=True, slots=True)
class _Sent:
    """The texts as they were sent, and how the normalized ones map onto them."""

    fields: dict[str, tuple[str, Mapped]]

    def locate(self, span: Span) -> Fields:
        text, mapped = self.fields[span.field]
        start, end = mapped.source_span(span.start, span.end)
        return {"field": span.field, "start": start, "end": end, "text": text[start:end]}


def _aside(aside: Aside, sent: _Sent) -> Fields:
    span = Span(aside.field, aside.start, aside.end, "")
    return {**sent.locate(span), "kind": aside.kind}


def _mention(mention: Mention, sent: _Sent) -> Fields:
    entity = mention.entity
    return {
        **sent.locate(mention.span),
        "type": mention.type,
        "entity_id": entity.entity_id,
        "name": entity.name,
        "qid": entity.qid,
        "confidence": shorten(mention.confidence),
    }


def _office(office: Office, sent: _Sent) -> Fields:
    return {
        **sent.locate(office.span),
        "role": office.role,
        "country": office.country,
        "entity_id": office.entity.entity_id,
        "name": office.entity.name,
        "qid": office.entity.qid,
    }


def _date(date: DateMention, sent: _Sent) -> Fields:
    return {**sent.locate(date.span), "value": date.value, "granularity": date.granularity}


def _event(event: Event, sent: _Sent) -> Fields:
    flags = event.flags
    return {
        "event_id": event.event_id,
        "type": event.type,
        "mode": event.mode,
        "actors": [_participant(actor, sent) for actor in event.actors],
        "recipients": [_participant(recipient, sent) for recipient in event.recipients],
        "place": _place(event.place, event.place_span, sent) if event.place else None,
        "date": {"value": event.date.value, "granularity": event.date.granularity} if event.date else None,
        "negated": flags.negated,
        "future": flags.future,
        "hypothetical": flags.hypothetical,
        "historical": flags.historical,
        "confidence": shorten(event.confidence),
        "trigger": sent.locate(event.trigger),
        "evidence": sent.locate(event.evidence),
    }


def _participant(participant: Participant, sent: _Sent) -> Fields:
    entity = participant.entity
    return {"entity_id": entity.entity_id, "name": entity.name, "text": sent.locate(participant.span)["text"]}


def _place(place: Entity, span: Span | None, sent: _Sent) -> Fields:
    return {
        "entity_id": place.entity_id,
        "name": place.name,
        "text": sent.locate(span)["text"] if span else None,
        "qid": place.qid,
        "geonames_id": place.geonames_id,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
