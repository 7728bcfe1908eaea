"""Read one article apart from any stream, and say what was found where in the very text that was sent."""

from dataclasses import dataclass, replace
from typing import TypeVar

from pipelines.core.analysis import analyze_article
from pipelines.core.article import Aside, RawArticle, Span
from pipelines.core.entities.mention import DateMention, Mention, Office
from pipelines.core.entities.model import EntityModel
from pipelines.core.events.event import Event, Participant
from pipelines.core.normalization import normalize_article
from pipelines.core.records.article import date_fields, mention_fields, office_fields
from pipelines.core.records.event import event_fields
from pipelines.core.records.pieces import Fields, span_fields
from pipelines.core.text.mapped import Mapped

T = TypeVar("T", Mention, Office, DateMention, Participant)


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
        "mentions": [mention_fields(sent.place(mention)) for mention in found.mentions],
        "offices": [office_fields(sent.place(office)) for office in found.offices],
        "dates": [date_fields(sent.place(date)) for date in found.dates],
        "events": [_event(event, sent) for event in found.events],
        "set_aside": [_aside(aside, sent) for aside in (*article.asides, *found.unread)],
    }


@dataclass(frozen=True, slots=True)
class _Sent:
    """The texts as they were sent, and how the normalized ones map onto them."""

    fields: dict[str, tuple[str, Mapped]]

    def locate(self, span: Span) -> Span:
        """Return where a slice of the normalized text stands in what was sent."""
        text, mapped = self.fields[span.field]
        start, end = mapped.source_span(span.start, span.end)
        return Span(span.field, start, end, text[start:end])

    def place(self, found: T) -> T:
        """Return what was found with its place in what was sent."""
        return replace(found, span=self.locate(found.span))


def _aside(aside: Aside, sent: _Sent) -> Fields:
    return span_fields(sent.locate(Span(aside.field, aside.start, aside.end, ""))) | {"kind": aside.kind}


def _event(event: Event, sent: _Sent) -> Fields:
    """Return an event as its record has it, with the words for it, and for its place, in this article."""
    actors, recipients = (tuple(map(sent.place, parties)) for parties in (event.actors, event.recipients))
    fields = event_fields(replace(event, actors=actors, recipients=recipients))
    if fields["place"]:
        fields["place"]["text"] = sent.locate(event.place_span).text if event.place_span else None
    words = {"trigger": span_fields(sent.locate(event.trigger)), "evidence": span_fields(sent.locate(event.evidence))}
    return {"event_id": event.event_id, **fields, **words}
