import json

import pytest

from pipelines.core.records.raw_article import raw_article
from pipelines.feeds.articles import article_of, key_of, own_address, text_digest, write_article
from pipelines.feeds.entries import Entry
from pipelines.feeds.pages import Page
from schemas.codec import decode_message

FEED = "https://press.example/rss"
LINK = "https://press.example/n/1?utm_source=rss"


def test_an_article_is_what_the_pipeline_reads() -> None:
    entry = Entry(LINK, "جسر جديد", "موجز", published_at="3/5/2026 10:00 ص")
    fields = article_of(entry, Page(text="النص كله أطول", author="سلمى"), LINK, FEED)
    article = raw_article(decode_message(write_article(fields)))
    assert (article.source, article.url, article.published_at) == ("press.example", LINK, "3/5/2026 10:00 ص")
    assert (article.title, article.body, article.author) == ("جسر جديد", "النص كله أطول", "سلمى")


def test_a_known_outlet_has_its_short_name() -> None:
    url = "https://www.hespress.com/1.html"
    assert article_of(Entry(url, "خبر"), None, url, FEED)["source"] == "hespress"


def test_what_only_the_feed_says_is_sent_as_it_is() -> None:
    fields = article_of(Entry("", "", "<p>موجز</p>"), None, "", FEED)
    assert fields == {"source": "press.example", "summary": "<p>موجز</p>", "body": "<p>موجز</p>"}


def test_markup_makes_no_text_longer() -> None:
    entry = Entry(LINK, summary='<a href="https://press.example/a/very/long/address">قصير</a>')
    assert article_of(entry, Page(text="نص الصفحة الكامل"), LINK, FEED)["body"] == "نص الصفحة الكامل"


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("https://press.example/n/1", "https://press.example/n/1"),
        ("https://www.press.example/n/1", "https://www.press.example/n/1"),
        ("https://press.example/", LINK),
        ("https://agency.example/n/9", LINK),
        ("javascript:void(0)", LINK),
        ("", LINK),
    ],
)
def test_an_article_stands_where_its_page_says_if_that_can_be(told: str, address: str) -> None:
    assert own_address(Entry(LINK), Page(url=told)) == address


def test_an_article_is_known_by_its_address_without_decoration_or_by_its_words() -> None:
    assert key_of(Entry(LINK), FEED) == key_of(Entry("http://www.press.example/n/1/"), FEED)
    assert key_of(Entry("", "أ"), FEED) != key_of(Entry("", "ب"), FEED)


def test_other_spaces_are_no_other_text() -> None:
    assert text_digest({"title": "أ", "body": "ب ج"}) == text_digest({"title": "أ ", "body": "ب\n\nج"})


def test_half_a_letter_and_endless_text_can_be_written() -> None:
    assert json.loads(write_article({"title": "\ud800"})) == {"title": "?"}
    fields = article_of(Entry(LINK, summary="ا" * 2**22), None, LINK, FEED)
    assert 2**20 < len(write_article(fields)) < 16 * 2**20
