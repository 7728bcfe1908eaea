"""Events, who took part in them, and whose word there is for them, as three tables."""

from collections.abc import Iterator
from datetime import UTC
from functools import lru_cache

from pipelines.core.outlets import find_outlet
from pipelines.tables.days import first_day, iso_week
from pipelines.tables.places import located, sought
from pipelines.tables.table import Fields, Row, Table, columns, origin_text

_AS_THEY_ARE = ("event_id", "version", "type", "mode", "mutual", "negated", "future", "hypothetical", "historical",
                "retracted", "confidence", "first_published_at", "last_published_at", "pipeline_version")  # fmt: skip
_NOT_REAL = ("negated", "future", "hypothetical", "historical")


@lru_cache(maxsize=4096)
def outlet_name(source: str, url: str | None) -> str:
    """Return an outlet's usual name, its short name where we do not know it.

    >>> outlet_name("ahram", None), outlet_name("masdar", None)
    ('الأهرام', 'masdar')
    """
    outlet = find_outlet(source, url)
    return outlet.name if outlet else source


def event_rows(event: Fields) -> Iterator[Row]:
    """Yield the one row of an event."""
    place, date, evidence = event["place"], event["date"], event["evidence"]
    published = event["first_published_at"]
    day = first_day(date["value"]) if date else None
    first = evidence[0] if evidence else None
    told = day or (published.astimezone(UTC).date() if published else None)
    yield {
        **{name: event[name] for name in _AS_THEY_ARE},
        **located(place),
        **_parties(event),
        "happened": not event["retracted"] and not any(event[name] for name in _NOT_REAL),
        "day": told,
        "day_is": date["granularity"] if date and day else "published" if told else None,
        "iso_week": iso_week(told),
        "date": date and date["value"],
        **_place(place),
        "outlets": list(dict.fromkeys(outlet_name(one["source"], one["url"]) for one in evidence)),
        "outlet_count": len(event["outlets"]),
        "article_count": len(event["article_ids"]),
        "first_outlet": first and outlet_name(first["source"], first["url"]),
        "first_url": first and first["url"],
        "quote": first and first["quote"]["text"],
        "_actors": sought(*event["actors"]),
        "_place": sought(place),
    }


def _parties(event: Fields) -> Row:
    """Return who did it and to whom, by name and by id."""
    kinds = ("actor", "recipient")
    names = {f"{kind}s": [one["name"] for one in event[f"{kind}s"]] for kind in kinds}
    return names | {f"{kind}_ids": [one["entity_id"] for one in event[f"{kind}s"]] for kind in kinds}


def _place(place: Fields | None) -> Row:
    told = {"place": "name", "place_id": "entity_id", "place_confidence": "confidence"}
    return {column: place and place[name] for column, name in told.items()}


def participant_rows(event: Fields) -> Iterator[Row]:
    """Yield a row for each actor and recipient of an event."""
    for role in ("actor", "recipient"):
        for position, one in enumerate(event[f"{role}s"]):
            told = {name: one[name] for name in ("entity_id", "name", "qid", "geonames_id", "text", "confidence")}
            place = located(one) if one["type"] == "LOC" else {"country": one["country"]}
            yield {"event_id": event["event_id"], "role": role, "position": position, **told, **place} | {
                "entity_type": one["type"]
            }


def evidence_rows(event: Fields) -> Iterator[Row]:
    """Yield a row for each article that tells of an event."""
    for position, one in enumerate(event["evidence"]):
        quote, trigger = one["quote"], one["trigger"]
        told = ("article_id", "revision", "copy_of", "source", "country", "url", "published_at")
        yield {
            "event_id": event["event_id"],
            "position": position,
            **{name: one[name] for name in told},
            "outlet": outlet_name(one["source"], one["url"]),
            "trigger": trigger["text"],
            "trigger_start": trigger["start"],
            "trigger_end": trigger["end"],
            "field": quote["field"],
            "quote": quote["text"],
            "quote_start": quote["start"],
            "quote_end": quote["end"],
            "origin": origin_text(one["origin"]),
        }


EVENTS = Table(
    "events",
    "event",
    "day NULLS LAST, first_published_at, event_id",
    columns("""
        event_id            text    Id of the event, the same in all versions.
        version             whole   The newest version is the highest.
        day                 day     First day of the date the text gives; where it gives none, of publication (UTC).
        day_is              text    What `day` is: day, week, month, year, decade or span by the text, or published.
        iso_week            text    ISO 8601 week of `day`, such as 2024-W10.
        date                text    The date as the text gives it, ISO 8601; empty where it gives none.
        type                text    What was done, one of PLOVER's types.
        mode                text    How, one of PLOVER's modes.
        actors              texts   Who did it: usual names.
        recipients          texts   To whom: usual names.
        mutual              flag    Both sides did the same, as in a meeting: recipients may be counted as actors too.
        place               text    Where: the place's usual name.
        place_kind          text    How exact that is: capital, city, admin1, region, country; empty where unknown.
        country             text    Country of the place, ISO 3166-1 alpha-2.
        admin1              text    First-level division of the place, GeoNames' code.
        latitude            number  Degrees north, WGS 84, of the place, or of the gazetteer's place of that id.
        longitude           number  Degrees east.
        happened            flag    It really happened: not retracted, negated, future, hypothetical or historical.
        negated             flag    The text says that it did not happen.
        future              flag    It is still to come.
        hypothetical        flag    A condition, a wish or a possibility.
        historical          flag    Told as history or background.
        retracted           flag    A correction took it away; such events are there with --all only.
        confidence          number  From 0 to 1.
        outlets             texts   Outlets that tell it, the first to publish first.
        outlet_count        whole   How many outlets.
        article_count       whole   How many articles.
        first_outlet        text    The outlet that published it first.
        first_url           text    Address of that article.
        quote               text    That article's words for it.
        first_published_at  moment  When that was, UTC.
        last_published_at   moment  When the last article was published, UTC.
        actor_ids           texts   Entity ids of the actors, in their order.
        recipient_ids       texts   Entity ids of the recipients, in their order.
        place_id            text    Entity id of the place.
        place_confidence    number  From 0 to 1: how likely it is the place, if the event is right.
        pipeline_version    text    Version of rasid that made the record.
        _actors             text    Folded ids and names of the actors.
        _place              text    Folded id and names of the place.
    """),
    event_rows,
)

PARTICIPANTS = Table(
    "participants",
    "event",
    "event_id, role, position",
    columns("""
        event_id     text    The event.
        role         text    actor or recipient.
        position     whole   Counted from 0 among those of its role.
        entity_id    text    Id of the entity, the same however it is spelt.
        entity_type  text    PER, LOC, ORG or MISC.
        name         text    The entity's usual name.
        text         text    The words that name it in the first article.
        confidence   number  From 0 to 1: how likely it took this part, if the event is right.
        qid          text    Wikidata's id.
        geonames_id  whole   GeoNames' id.
        country      text    Country the entity belongs to, ISO 3166-1 alpha-2.
        admin1       text    First-level division, for a place.
        latitude     number  Degrees north, for a place that the gazetteer knows.
        longitude    number  Degrees east.
        place_kind   text    capital, city, admin1, region or country, for a place.
    """),
    participant_rows,
)

EVIDENCE = Table(
    "evidence",
    "event",
    "event_id, position",
    columns("""
        event_id       text    The event.
        position       whole   Counted from 0, by time of publication.
        article_id     text    The article that tells it.
        revision       whole   Which revision of the article.
        copy_of        text    The article it is a copy of; positions then point into that one.
        source         text    Short name of the outlet.
        outlet         text    Name of the outlet.
        country        text    Country of the outlet.
        url            text    Address of the article.
        published_at   moment  When it was published, UTC.
        trigger        text    The word that says what happened.
        trigger_start  whole   Where it begins in `field`, in code points.
        trigger_end    whole   Where it ends.
        field          text    title or body.
        quote          text    The clause or sentence that says so.
        quote_start    whole   Where it begins in `field`, in code points.
        quote_end      whole   Where it ends.
        origin         text    The message: topic/partition@offset.
    """),
    evidence_rows,
)
