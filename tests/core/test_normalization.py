from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import RawArticle
from pipelines.core.normalization import normalize_article
from pipelines.core.rejection import EmptyArticle, Garbled, MissingField, NotArabic, NoUsableDate

BODY = "افتتح وزير الثقافة أمس معرض الكتاب في العاصمة، وشارك فيه ناشرون من عشرين بلدا."
RAW = RawArticle(
    source="okaz",
    title="افتتاح معرض الكتاب",
    body=f"جدة (واس) - {BODY}\n// انتهى //",
    published_at="2024-05-01T09:30:00Z",
    id="A-17",
    url="https://www.okaz.com.sa/culture/17?utm_source=rss",
    summary="خلاصة لا حاجة إليها هنا",
    category=" ثقافة ",
)


def test_places_an_article_by_its_outlet() -> None:
    article = normalize_article(RAW).article
    assert (article.country, article.zone, article.source_ar, article.language) == ("SA", "Asia/Riyadh", "عكاظ", "ar")
    assert article.published_at.isoformat() == "2024-05-01T12:30:00+03:00"
    assert (article.category, article.author, article.url) == ("ثقافة", None, RAW.url)


def test_a_stranger_writes_in_utc() -> None:
    article = normalize_article(replace(RAW, source="feed", url=None, published_at="2024-05-01")).article
    assert (article.country, article.zone, article.published_at.isoformat()) == (
        None,
        "UTC",
        "2024-05-01T00:00:00+00:00",
    )


def test_the_copy_lies_between_dateline_and_end_mark() -> None:
    article = normalize_article(RAW).article
    assert article.body[article.body_start : article.body_end] == BODY
    assert article.byline is not None
    assert article.byline.agency == "واس"


def test_positions_lead_back_to_what_was_sent() -> None:
    raw = replace(RAW, body="<p>جدة&nbsp;(واس) -  افتُتح \u200fالمعرض الكبير في المدينة</p>")
    normalized = normalize_article(raw)
    start = normalized.body.text.index("المعرض")
    source = normalized.body.source_span(start, start + 6)
    assert raw.body[slice(*source)] == "المعرض"


def test_the_summary_stands_in_for_an_absent_body() -> None:
    assert normalize_article(replace(RAW, body=" \n")).article.body == RAW.summary


@pytest.mark.parametrize(
    "change",
    [
        {"url": "http://m.okaz.com.sa/culture/17/"},
        {"id": "B-99"},
        {"title": "عنوان آخر للخبر نفسه"},
    ],
)
def test_the_address_alone_makes_the_id(change: dict[str, str]) -> None:
    assert normalize_article(replace(RAW, **change)).article.article_id == normalize_article(RAW).article.article_id


@pytest.mark.parametrize("url", [None, "", "بلا", "https://www.okaz.com.sa/"])
def test_without_an_address_of_its_own_the_outlets_id_makes_the_id(url: str | None) -> None:
    ids = [normalize_article(replace(RAW, url=url, id=id_, title=id_)).article.article_id for id_ in ("أ", "ب", "أ")]
    assert ids[0] == ids[2] != ids[1]


def test_without_address_and_id_the_content_makes_the_id() -> None:
    bare = replace(RAW, url=None, id=" ")
    first = normalize_article(bare).article.article_id
    assert normalize_article(bare).article.article_id == first
    assert normalize_article(replace(bare, body="نص آخر لا صلة له بالخبر الأول")).article.article_id != first


def test_the_same_copy_in_two_papers_is_the_same_content() -> None:
    other = replace(RAW, source="alriyadh", url=None, body=f"الرياض - واس:\n{BODY}")
    assert normalize_article(other).article.content_id == normalize_article(RAW).article.content_id
    longer = replace(RAW, body=f"{RAW.body} وقال ناشر")
    assert normalize_article(longer).article.content_id != normalize_article(RAW).article.content_id


@given(st.lists(st.tuples(st.integers(0, len(BODY)), st.sampled_from(["\u064e", "\u0640", " ", "!", "«", "\n"]))))
def test_marks_and_spaces_at_word_ends_make_no_other_content(insertions: list[tuple[int, str]]) -> None:
    text = BODY
    for place, mark in insertions:
        cut = text.rfind(" ", 0, place)
        if cut > 0 and text[cut - 1].isalpha():
            text = text[:cut] + mark + text[cut:]
    changed = replace(RAW, body=text)
    assert (
        normalize_article(changed).article.content_id == normalize_article(replace(RAW, body=BODY)).article.content_id
    )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"source": "  "}, MissingField),
        ({"title": "<b></b>", "body": " ", "summary": "\u200f"}, EmptyArticle),
        ({"published_at": "قريبا"}, NoUsableDate),
        (
            {"title": "Book fair opens", "body": "The minister opened the book fair in the capital yesterday."},
            NotArabic,
        ),
        ({"body": "\ufffd" * 60}, Garbled),
    ],
)
def test_refuses_what_cannot_be_used(change: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        normalize_article(replace(RAW, **change))
