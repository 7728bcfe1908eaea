from dataclasses import replace
from datetime import UTC, datetime

from pipelines.core.article import Article, Aside, Origin, Span
from pipelines.core.entities.mention import DateMention, Entity, Mention, Office
from pipelines.core.records import article_record
from schemas import decode, encode


def test_an_article_fits_its_schema(article: Article, city: Entity, origin: Origin) -> None:
    mention = Mention(Span("title", 6, 12, "طرابلس"), city, 0.98765432, "LOC")
    date = DateMention(Span("body", 57, 62, "اليوم"), "2024-05-02", "day", "relative")
    council = Entity("n0a1b2c3d4e5f", "ORG", "بلدية طرابلس", country="LY")
    mayor = Entity("n9", "PER", "رئيس البلدية (ليبيا)", country="LY")
    office = Office(Span("title", 0, 12, "بلدية طرابلس"), "رئيس البلدية", "LY", council, mayor)
    fields = article_record(
        article, 2, mentions=[mention], offices=[office], dates=[date], event_ids=["e1"], origin=origin
    )
    assert decode(encode("article", fields)).fields == fields
    assert fields["mentions"][0]["admin1"] == "LY.61"
    assert fields["mentions"][0]["confidence"] == 0.9877
    assert fields["offices"] == [
        {
            **{"field": "title", "start": 0, "end": 12, "text": "بلدية طرابلس"},
            **{"role": "رئيس البلدية", "country": "LY"},
            **{"organisation_id": "n0a1b2c3d4e5f", "organisation": "بلدية طرابلس"},
            **{"entity_id": "n9", "name": "رئيس البلدية (ليبيا)", "qid": None},
        }
    ]
    assert fields["dates"][0]["resolution"] == "relative"
    assert (fields["revision"], fields["event_ids"], fields["cluster_id"]) == (2, ["e1"], None)
    assert fields["origin"] == {"topic": "rasid.raw-articles", "partition": 3, "offset": 41}


def test_an_article_without_anything_found_fits_its_schema(article: Article, origin: Origin) -> None:
    bare = replace(article, byline=None, country=None)
    fields = article_record(bare, 0, mentions=(), offices=(), dates=(), event_ids=(), origin=origin)
    assert decode(encode("article", fields)).fields == fields
    assert (fields["byline"], fields["cluster_id"]) == (None, None)


def test_the_publication_time_is_kept_in_utc_and_as_the_outlet_had_it(article: Article, origin: Origin) -> None:
    fields = article_record(article, 0, mentions=(), offices=(), dates=(), event_ids=(), origin=origin)
    assert fields["published_at"] == datetime(2024, 5, 2, 8, 15, 30, 123000, UTC)
    assert fields["published_at_local"] == "2024-05-02T10:15:30.123456+02:00"


def test_what_was_set_aside_and_what_was_not_read_stand_in_the_order_of_the_text(
    article: Article, origin: Origin
) -> None:
    shared = replace(article, asides=(Aside("body", 30, 40, "share"), Aside("title", 0, 5, "related")))
    rest = [Aside("body", 50, 60, "too_long")]
    fields = article_record(shared, 0, mentions=(), offices=(), dates=(), event_ids=(), origin=origin, unread=rest)
    assert decode(encode("article", fields)).fields == fields
    assert fields["set_aside"] == [
        {"field": "title", "start": 0, "end": 5, "kind": "related"},
        {"field": "body", "start": 30, "end": 40, "kind": "share"},
        {"field": "body", "start": 50, "end": 60, "kind": "too_long"},
    ]
