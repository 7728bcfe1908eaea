import json

import pytest

from pipelines.feeds.pages import Page, read_page

URL = "https://press.example/n/1?from=rss"
WORDS = "أعلنت بلدية المدينة افتتاح جسر جديد فوق النهر بعد عامين من العمل، وقال رئيسها إن المرور يبدأ صباح الأحد. "


def page(
    head: str = "", body: str = f"<article><h1>جسر جديد</h1><p>{WORDS * 4}</p><p>{WORDS * 3}</p></article>"
) -> str:
    body = f"<nav><a href='/'>الرئيسية</a></nav>{body}<footer>الحقوق محفوظة</footer>"
    return f"<html><head>{head}</head><body>{body}</body></html>"


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields, ensure_ascii=False)}</script>'


def test_the_text_of_an_article_comes_without_what_stands_around_it() -> None:
    text = read_page(page().encode(), "text/html; charset=utf-8", URL).text
    assert WORDS.strip() in text
    assert "الرئيسية" not in text
    assert "الحقوق" not in text


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        ("text/html; charset=windows-1256", ""),
        ("text/html", '<meta charset="windows-1256">'),
        ("text/html", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">'),
        ("", '<meta charset="windows-1256">'),
    ],
)
def test_windows_1256_is_read_as_it_is_declared(kind: str, head: str) -> None:
    assert WORDS.strip() in read_page(page(head).encode("cp1256"), kind, URL).text


def test_what_a_page_says_of_itself_in_linked_data_is_taken() -> None:
    told = linked(
        **{
            "@graph": [
                {"@type": "WebSite"},
                {"@type": ["NewsArticle"], "headline": "جسر", "articleSection": ["محليات"]},
            ]
        }
    )
    told += linked(**{"@type": "NewsArticle", "headline": "second"})
    author = {
        "@type": "ReportageNewsArticle",
        "author": [{"name": "سلمى"}, {"name": "هادي"}],
        "datePublished": "2026-05-03",
    }
    assert read_page(page(told).encode(), "text/html", URL).title == "جسر"
    assert read_page(page(told).encode(), "text/html", URL).category == "محليات"
    found = read_page(page(linked(**author)).encode(), "text/html", URL)
    assert (found.author, found.published_at) == ("سلمى، هادي", "2026-05-03")


def test_linked_data_that_is_damaged_or_deep_is_passed_over() -> None:
    deep = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    head = '<script type="application/ld+json">{"@type": "NewsArticle",}</script>' + deep
    assert WORDS.strip() in read_page(page(head).encode(), "text/html", URL).text


def test_the_address_that_a_page_calls_its_own_is_made_whole() -> None:
    assert read_page(page('<link rel="canonical" href="/n/1">').encode(), "", URL).url == "https://press.example/n/1"
    told = '<meta property="og:url" content="https://press.example/n/1">'
    assert read_page(page(told).encode(), "", URL).url == "https://press.example/n/1"


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "video/mp4"])
def test_what_is_no_page_is_an_empty_one(kind: str) -> None:
    assert read_page(b"%PDF-1.7", kind, URL) == Page()


@pytest.mark.parametrize("body", [b"", b" ", b"\x00\xff", b"<html></html>", b"<!-- x -->", b"<div>" * 5000])
def test_what_has_no_text_has_none(body: bytes) -> None:
    assert len(read_page(body, "text/html", URL).text) < 4
