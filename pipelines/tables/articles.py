"""Articles, the names in them and the dates in them, as three tables."""

from collections.abc import Iterator
from datetime import UTC

from pipelines.tables.days import first_day, iso_week
from pipelines.tables.events import outlet_name
from pipelines.tables.places import located
from pipelines.tables.table import Fields, Row, Table, columns, origin_text

_AS_THEY_ARE = ("article_id", "revision", "source", "country", "url", "title", "body", "published_at", "category",
                "published_at_local", "author", "event_ids", "pipeline_version")  # fmt: skip


def article_rows(article: Fields) -> Iterator[Row]:
    """Yield the one row of an article."""
    day = article["published_at"].astimezone(UTC).date()
    yield {
        **{name: article[name] for name in _AS_THEY_ARE},
        "outlet": article["source_ar"] or outlet_name(article["source"], article["url"]),
        "day": day,
        "iso_week": iso_week(day),
        "agency": article["byline"] and article["byline"]["agency"],
        "mention_count": len(article["mentions"]),
        "event_count": len(article["event_ids"]),
        "origin": origin_text(article["origin"]),
    }


def mention_rows(article: Fields) -> Iterator[Row]:
    """Yield a row for each place where an article names an entity."""
    for one in article["mentions"]:
        told = {name: one[name] for name in ("field", "text", "entity_id", "name", "qid", "geonames_id", "confidence")}
        place = located(one) if one["type"] == "LOC" else {"country": one["country"]}
        yield {"article_id": article["article_id"], "entity_type": one["type"]} | told | span(one) | place


def span(one: Fields) -> Row:
    """Return where a piece of text stands, in names that SQL does not keep for itself."""
    return {"text_start": one["start"], "text_end": one["end"]}


def date_rows(article: Fields) -> Iterator[Row]:
    """Yield a row for each date that an article names."""
    for one in article["dates"]:
        told = {name: one[name] for name in ("field", "text", "value", "granularity", "resolution")}
        yield {"article_id": article["article_id"], "first_day": first_day(one["value"])} | told | span(one)


ARTICLES = Table(
    "articles",
    "article",
    "published_at, article_id",
    columns("""
        article_id          text    Id of the article, the same for all its revisions.
        revision            whole   0 for the first text; the newest is the highest.
        day                 day     Day of publication, UTC.
        iso_week            text    ISO 8601 week of that day.
        published_at        moment  When it was published, UTC.
        published_at_local  text    The same on the outlet's own clock.
        source              text    Short name of the outlet.
        outlet              text    Name of the outlet.
        country             text    Country of the outlet, ISO 3166-1 alpha-2.
        url                 text    Address.
        title               text    Headline.
        body                text    Full text.
        category            text    The publisher's own section.
        author              text    Who the publisher says wrote it.
        agency              text    The news agency of the dateline.
        mention_count       whole   How many times it names something.
        event_count         whole   How many events it tells.
        event_ids           texts   Those events.
        origin              text    The message: topic/partition@offset.
        pipeline_version    text    Version of rasid that made the record.
    """),
    article_rows,
)

MENTIONS = Table(
    "mentions",
    "article",
    "article_id, field DESC, text_start",
    columns("""
        article_id   text    The article.
        field        text    title or body.
        text_start   whole   Where the name begins, in code points.
        text_end     whole   Where it ends.
        text         text    The words themselves.
        entity_type  text    PER, LOC, ORG or MISC.
        entity_id    text    Id of the entity, the same however it is spelt.
        name         text    The entity's usual name.
        qid          text    Wikidata's id.
        geonames_id  whole   GeoNames' id.
        country      text    Country the entity belongs to.
        admin1       text    First-level division, for a place.
        latitude     number  Degrees north, for a place that the record or the gazetteer knows.
        longitude    number  Degrees east.
        place_kind   text    capital, city, admin1, region or country, for a place.
        confidence   number  From 0 to 1.
    """),
    mention_rows,
)

DATES = Table(
    "dates",
    "article",
    "article_id, field DESC, text_start",
    columns("""
        article_id   text   The article.
        field        text   title or body.
        text_start   whole  Where the date begins, in code points.
        text_end     whole  Where it ends.
        text         text   The words themselves.
        value        text   The date, ISO 8601.
        granularity  text   day, week, month, year, decade or span.
        resolution   text   stated, relative or publication.
        first_day    day    The first day of it.
    """),
    date_rows,
)
