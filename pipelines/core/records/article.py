"""Build the record of an article that was kept."""

from collections.abc import Sequence

from pipelines.core.article import Article, Aside, Byline, Origin
from pipelines.core.entities.mention import DateMention, Mention, Office
from pipelines.core.records.pieces import Fields, origin_fields, shorten, span_fields, to_millis
from pipelines.core.version import PIPELINE_VERSION


def article_record(
    article: Article,
    revision: int,
    *,
    mentions: Sequence[Mention],
    offices: Sequence[Office],
    dates: Sequence[DateMention],
    event_ids: Sequence[str],
    origin: Origin,
    unread: Sequence[Aside] = (),
) -> Fields:
    """Return the fields of `schemas/article` for an article and what was found in it; `unread` was too long to read."""
    return {
        **_as_published(article),
        "article_id": article.article_id,
        "revision": revision,
        "content_id": article.content_id,
        "cluster_id": None,  # what repeats it comes later, and says so itself
        "byline": _byline(article.byline) if article.byline else None,
        "body_start": article.body_start,
        "body_end": article.body_end,
        "mentions": [mention_fields(mention) for mention in mentions],
        "offices": [office_fields(office) for office in offices],
        "dates": [date_fields(date) for date in dates],
        "event_ids": list(event_ids),
        "set_aside": [_aside(aside) for aside in sorted((*article.asides, *unread), key=_title_first)],
        "origin": origin_fields(origin),
        "pipeline_version": PIPELINE_VERSION,
    }


def _as_published(article: Article) -> Fields:
    return {
        "source": article.source,
        "source_ar": article.source_ar,
        "country": article.country,
        "url": article.url,
        "title": article.title,
        "body": article.body,
        "language": article.language,
        "published_at": to_millis(article.published_at),
        "published_at_local": article.published_at.isoformat(),
        "zone": article.zone,
        "category": article.category,
        "author": article.author,
    }


def _byline(byline: Byline) -> Fields:
    return {
        "agency": byline.agency,
        "agency_span": span_fields(byline.agency_span) if byline.agency_span else None,
        "city_span": span_fields(byline.city) if byline.city else None,
    }


def mention_fields(mention: Mention) -> Fields:
    """Return a name and what it means, as `schemas/article` holds it."""
    span, entity = mention.span, mention.entity
    return {
        "field": span.field,
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "type": mention.type,
        "entity_id": entity.entity_id,
        "name": entity.name,
        "qid": entity.qid,
        "geonames_id": entity.geonames_id,
        "country": entity.country,
        "admin1": entity.admin1,
        "latitude": entity.latitude,
        "longitude": entity.longitude,
        "confidence": shorten(mention.confidence),
    }


def office_fields(office: Office) -> Fields:
    """Return an office and its holder, as `schemas/article` holds it."""
    entity, organisation = office.entity, office.organisation
    return {
        **span_fields(office.span),
        "role": office.role,
        "country": office.country,
        "organisation_id": organisation.entity_id if organisation else None,
        "organisation": organisation.name if organisation else None,
        "entity_id": entity.entity_id,
        "name": entity.name,
        "qid": entity.qid,
    }


def date_fields(date: DateMention) -> Fields:
    """Return a date, as `schemas/article` holds it."""
    fields = span_fields(date.span)
    fields["value"] = date.value
    fields["granularity"] = date.granularity
    fields["resolution"] = date.resolution
    return fields


def _title_first(aside: Aside) -> tuple[bool, int]:
    return aside.field != "title", aside.start


def _aside(aside: Aside) -> Fields:
    return {"field": aside.field, "start": aside.start, "end": aside.end, "kind": aside.kind}
