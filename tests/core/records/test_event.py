from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from pipelines.core.article import Article, Origin
from pipelines.core.events.event import Event
from pipelines.core.records import event_record, evidence_record
from schemas import decode, encode


def test_an_event_fits_its_schema(event: Event, article: Article, origin: Origin) -> None:
    fields = event_record(event, [evidence_record(event, article, 0, origin)])
    assert decode(encode("event", fields)).fields == fields
    assert (fields["version"], fields["retracted"]) == (1, False)
    assert (fields["historical"], fields["negated"], fields["confidence"]) == (True, False, 0.1235)
    assert fields["actors"][0]["text"] == "بلدية طرابلس"
    assert fields["place"]["latitude"] == 32.88743
    assert fields["evidence"][0]["trigger"] == {"field": "title", "start": 13, "end": 18, "text": "تفتتح"}


def test_a_retracted_event_may_have_no_evidence_left(event: Event) -> None:
    fields = event_record(replace(event, place=None, date=None), [], retracted=True, version=3)
    assert decode(encode("event", fields)).fields == fields
    assert (fields["version"], fields["retracted"]) == (3, True)
    assert (fields["evidence"], fields["first_published_at"], fields["last_published_at"]) == ([], None, None)


def test_a_meeting_of_two_sides_is_mutual_and_what_one_side_does_is_not(event: Event) -> None:
    def is_mutual(kind: str, trigger: str, mode: str | None = None, *, alone: bool = False) -> object:
        recipients = () if alone else event.actors
        words = replace(event.trigger, text=trigger)
        return event_record(replace(event, type=kind, mode=mode, recipients=recipients, trigger=words), [])["mutual"]

    assert is_mutual("CONSULT", "التقى")
    assert is_mutual("AGREE", "واتفقا")
    assert not is_mutual("CONSULT", "التقى", alone=True)
    assert not is_mutual("CONSULT", "استقبل", "visit")
    assert not is_mutual("AGREE", "تعهدت")
    assert not is_mutual("ASSAULT", "اتفاق")


def test_evidence_in_whatever_order_gives_the_same_bytes(event: Event, article: Article, origin: Origin) -> None:
    later = replace(article, article_id="a0", source="bahr", published_at=article.published_at + timedelta(hours=1))
    pieces = [
        evidence_record(event, article, 0, origin),
        evidence_record(event, article, 1, Origin("rasid.raw-articles", 3, 99)),
        evidence_record(event, later, 0, Origin("rasid.raw-articles", 0, 5)) | {"copy_of": "a1"},
    ]
    (data,) = {encode("event", event_record(event, order)) for order in permutations(pieces)}
    fields = decode(data).fields
    assert [(p["article_id"], p["revision"], p["copy_of"]) for p in fields["evidence"]] == [
        ("a1", 0, None),
        ("a1", 1, None),
        ("a0", 0, "a1"),
    ]
    assert fields["outlets"] == ["bahr", "marsa"]
    assert fields["article_ids"] == ["a0", "a1"]
    assert fields["last_published_at"] - fields["first_published_at"] == timedelta(hours=1)
