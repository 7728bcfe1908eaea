"""Check that the bundled sample holds what its card says."""

import gzip
import json
import re
import runpy
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parents[1] / "pipelines" / "resources" / "sample"
TRUTH: dict[str, Any] = json.loads((HERE / "truth.json").read_text("utf-8"))
LINES = (SAMPLE / "articles.jsonl").read_text("utf-8").split("\n")[:-1]
ARTICLES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
TEXT = "\n".join(f"{article['title']}\n{article['body']}" for article in ARTICLES)
REFUSED: list[tuple[str, str, bytes]] = runpy.run_path(str(HERE / "make_refused.py"))["refused_messages"]()

FIELDS = ["id", "source", "source_ar", "url", "published_at", "title", "body", "category", "author"]
TYPES = re.findall(
    r"\w+",
    """AGREE CONSULT SUPPORT COOPERATE AID RETREAT CONCEDE REQUEST
    ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT""",
)


def article_at(line: int) -> dict[str, Any]:
    return ARTICLES[line - 1]


def words_of(text: str) -> list[str]:
    return re.sub(r"<[^>]+>|&\w+;", " ", text).split()


def similarity(one: dict[str, Any], other: dict[str, Any]) -> float:
    first, second = ({*re.findall(r"[ء-ي]{3,}", re.sub("[أإآ]", "ا", a["body"]))} for a in (one, other))
    return len(first & second) / min(len(first), len(second))


def test_has_a_hundred_and_one_articles_of_eight_outlets() -> None:
    assert len(ARTICLES) == 101
    assert len({article["id"] for article in ARTICLES}) == 95
    outlets = Counter(article["source"] for article in ARTICLES)
    assert len(outlets) == 8
    assert min(outlets.values()) >= 9


def test_every_article_has_the_same_fields_and_an_invented_address() -> None:
    for article in ARTICLES:
        assert list(article) == FIELDS
        assert all(isinstance(article[name], str) and article[name] for name in FIELDS[:-1])
        assert (urlsplit(article["url"]).hostname or "").endswith(".example")


def test_bodies_have_sixty_to_six_hundred_words_and_some_are_long() -> None:
    lengths = [len(words_of(article["body"])) for article in ARTICLES]
    assert min(lengths) >= 60
    assert max(lengths) <= 600
    assert sum(length >= 300 for length in lengths) >= 4


def test_all_were_published_on_two_days_and_some_dates_have_no_zone() -> None:
    for article in ARTICLES:
        assert re.match(r"2026-03-1[01][T ]\d\d:\d\d", article["published_at"])
    naive = [n for n, a in enumerate(ARTICLES, 1) if not re.search(r"(Z|[+-]\d\d:\d\d)$", a["published_at"])]
    assert naive == TRUTH["naive"]


@pytest.mark.parametrize(
    "months",
    [
        "يناير فبراير مارس أبريل مايو يوليو سبتمبر أكتوبر نوفمبر ديسمبر",
        "كانون_الثاني شباط آذار نيسان أيار حزيران تموز أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
        "جانفي فيفري مارس أفريل ماي جوان جويلية أوت",
        "ماي يونيو يوليوز غشت شتنبر نونبر دجنبر",
        "الفاتح الطير",
        "رمضان شعبان شوال الموافق",
        "نيسان/أبريل حزيران/يونيو آذار/مارس تشرين_الثاني/نوفمبر",
    ],
)
def test_has_the_months_of_every_region(months: str) -> None:
    missing = [month for month in months.split() if not re.search(rf"(?<!\w){month.replace('_', ' ')}(?!\w)", TEXT)]
    assert missing == []


@pytest.mark.parametrize(
    "pattern",
    [
        *("[0-9]{2}", "[٠-٩]{2}", "[۰-۹]", "[\u064b-\u0652]", "\u0640\u0640", "\ufefb", "\u200f", "ﷺ"),
        *("«[^»]+»", "<p>", "<br/>", "&nbsp;", "&laquo;", "// انتهى //", r"\(أ ف ب\)", r"\(رويترز\)$"),
    ],
)
def test_has_the_writing_habits_of_the_press(pattern: str) -> None:
    assert re.search(pattern, TEXT, flags=re.MULTILINE)


def test_urls_hold_encoded_arabic_bare_arabic_and_campaign_parameters() -> None:
    urls = " ".join(article["url"] for article in ARTICLES)
    assert "%D8%" in urls
    assert "utm_source=" in urls
    assert re.search("[ء-ي]", urls)


def test_wire_stories_are_near_copies_in_other_outlets() -> None:
    assert len(TRUTH["wire"]) == 12
    for story in TRUTH["wire"]:
        copies = [article_at(line) for line in story["lines"]]
        assert 2 <= len(copies) <= 5
        assert len({copy["source"] for copy in copies}) == len(copies)
        assert len({copy["body"] for copy in copies}) == len(copies)
        assert all(similarity(copies[0], copy) > 0.85 for copy in copies)


def test_revisions_keep_id_and_address_and_change_the_text() -> None:
    assert len(TRUTH["revisions"]) == 4
    for before, after in ((article_at(a), article_at(b)) for a, b in TRUTH["revisions"]):
        assert before["id"] == after["id"]
        assert before["url"] == after["url"].partition("?")[0]
        assert before["title"] != after["title"]
        assert before["body"] != after["body"]
        assert before["published_at"] <= after["published_at"]


def test_exact_repeats_are_the_same_text_elsewhere_or_the_same_line() -> None:
    assert (len(TRUTH["same_text"]), len(TRUTH["same_message"])) == (3, 2)
    for one, other in ((article_at(a), article_at(b)) for a, b in TRUTH["same_text"]):
        assert (one["title"], one["body"]) == (other["title"], other["body"])
        assert one["url"] != other["url"]
    assert all(LINES[a - 1] == LINES[b - 1] for a, b in TRUTH["same_message"])


def test_templates_look_alike_with_other_figures() -> None:
    for one, other in ((article_at(a), article_at(b)) for a, b in TRUTH["templates"]):
        assert similarity(one, other) > 0.7
        assert re.findall(r"[\d٠-٩]+", one["body"]) != re.findall(r"[\d٠-٩]+", other["body"])


def test_stated_events_cover_all_sixteen_types_and_four_flags() -> None:
    stated = [event for event in TRUTH["events"] if not event["flag"]]
    assert {event["type"] for event in stated} == set(TYPES)
    assert {event["flag"] for event in TRUTH["events"]} == {"", "negated", "future", "hypothetical", "historical"}
    assert not {event["line"] for event in TRUTH["events"]} & set(TRUTH["no_event"])


def test_refused_file_is_what_its_script_makes() -> None:
    packed = (SAMPLE / "refused.jsonl.gz").read_bytes()
    assert packed[4:8] == bytes(4)  # no time of writing
    assert gzip.decompress(packed).split(b"\n") == [line for _, _, line in REFUSED] + [b""]


def test_refused_messages_cover_every_reason() -> None:
    assert Counter(reason for _, reason, _ in REFUSED) == {
        "undecodable": 2,
        "unknown_schema": 2,
        "missing_field": 5,
        "empty": 2,
        "too_long": 1,
        "garbled": 2,
        "not_arabic": 4,
        "no_usable_date": 3,
    }
    assert all(len(line) > 1024 * 1024 for _, reason, line in REFUSED if reason == "too_long")
