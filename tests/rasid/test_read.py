import json
import pickle
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

import pytest
import rasid
from rasid import Rejected

SAMPLE = Path(str(files("pipelines").joinpath("resources", "sample", "articles.jsonl")))
ARTICLES = [json.loads(line) for line in SAMPLE.read_bytes().splitlines()[:12]]
TEXT = "التقى وزير الخارجية المصري سامح شكري في بغداد أمس نظيره العراقي. وفي 15 مارس 2024 وقعا اتفاقا."


def test_a_bare_text_is_read_without_a_source_or_a_date() -> None:
    article = rasid.read(TEXT)
    assert (article.body, article.title, article.source, article.published_at) == (TEXT, "", None, None)
    assert "بغداد" in [name.text for name in article.names]
    assert article.events[0].actors


def test_without_a_date_only_stated_dates_have_a_value_and_events_have_no_id() -> None:
    article = rasid.read(TEXT)
    assert [(found.text, found.value) for found in article.dates] == [("أمس", None), ("15 مارس 2024", "2024-03-15")]
    assert {event.event_id for event in article.events} == {None}
    assert {event.date.value for event in article.events if event.date} <= {"2024-03-15"}


@pytest.mark.parametrize("day", ["2026-03-10", date(2026, 3, 10), datetime(2026, 3, 10, 8)])
def test_with_a_date_yesterday_is_a_day(day: str | date) -> None:
    article = rasid.read(TEXT, source="ahram", date=day)
    assert article.dates[0].value == "2026-03-09"
    assert article.published_at is not None
    assert (article.source, article.published_at.date()) == ("ahram", date(2026, 3, 10))
    assert all(event.event_id for event in article.events)


@pytest.mark.parametrize("given", ARTICLES, ids=lambda given: given["id"])
def test_every_text_is_a_slice_of_what_was_given(given: dict[str, str]) -> None:
    article = rasid.read(given)
    spans = [*article.names, *article.offices, *article.dates, *article.quotes, *article.set_aside]
    assert spans
    for span in spans:
        assert given[span.field][span.start : span.end] == span.text


def test_what_an_article_says_of_itself_comes_before_what_is_said_of_all() -> None:
    article = rasid.read({"title": "خبر من بغداد", "source": "sumaria", "id": 7}, source="ahram", date="2026-03-10")
    assert (article.source, article.id, article.body) == ("sumaria", "7", "")


def test_what_cannot_be_read_says_why() -> None:
    with pytest.raises(Rejected) as refusal:
        rasid.read("This is no Arabic text at all.")
    assert (refusal.value.reason, bool(refusal.value.message)) == ("not_arabic", True)


def test_reads_many_in_order_and_loses_none_on_any_number_of_processes() -> None:
    given = [*ARTICLES, "No Arabic here, in any way.", {"title": None}]
    one = list(rasid.read_many(given))
    assert [type(found).__name__ for found in one[-2:]] == ["NotArabic", "MissingField"]
    assert [found.id for found in one[:-2] if isinstance(found, rasid.Article)] == [one["id"] for one in ARTICLES]
    two = list(rasid.read_many(iter(given), jobs=2))
    assert two[:-2] == one[:-2]
    assert [str(found) for found in two[-2:]] == [str(found) for found in one[-2:]]


def test_reading_many_is_lazy() -> None:
    endless = rasid.read_many(ARTICLES[0] for _ in iter(int, 1))
    assert next(endless) == next(endless)


def test_an_article_can_be_sent_to_another_process_and_written_as_json() -> None:
    article = rasid.read(ARTICLES[0])
    assert pickle.loads(pickle.dumps(article)) == article
    told = json.loads(json.dumps(article.to_dict()))
    assert [one["text"] for one in told["mentions"]] == [name.text for name in article.names]


def test_normalizing_repairs_and_folding_brings_spellings_together() -> None:
    assert rasid.normalize("أَعْلَنَ&nbsp;الوزيـر") == "أَعْلَنَ الوزير"
    assert rasid.normalize("الوزيرة إلى", fold=True) == rasid.normalize("الوزيره الي", fold=True)


def test_one_name_has_one_identity_however_it_is_spelt() -> None:
    found = [rasid.identify(name) for name in ("غوتيريش", "جوتيريش")]
    assert found[0] == found[1] is not None
    assert rasid.identify("  ") is None


def test_finds_who_repeats_whom_by_position() -> None:
    body = "وصل وزير الخارجية المصري إلى بغداد اليوم والتقى رئيس الوزراء العراقي وبحثا ملفات عدة بينها التجارة."
    copies = rasid.duplicates([{"title": "زيارة", "body": body}, ARTICLES[0], {"title": "زيارة", "body": body}])
    assert [(copy.position, copy.original, copy.kind) for copy in copies] == [(2, 0, "exact")]


def test_says_how_many_articles_could_not_be_compared() -> None:
    with pytest.warns(UserWarning, match="1 articles could not be used; the first, 0: "):
        assert rasid.duplicates(["Not a word of it is Arabic."]) == []
