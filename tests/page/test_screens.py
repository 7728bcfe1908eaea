"""What an editor sees: Now, a story, an article."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from pipelines.page.store import Store
from tests.page.conftest import PROTEST, add, article, event, evidence, mention, story, story_article, trend


def shown(client: TestClient, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.text


def words(html: str) -> str:
    """Return what a person reads."""
    html = re.sub(r"<(script|style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    html = re.sub(r"</(td|th|tr|li|p|div)>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def headlines(html: str) -> list[str]:
    return re.findall(r'data-story="(\w+)"', html)


def test_now_shows_stories_the_newest_first_and_none_that_is_part_of_another(client: TestClient) -> None:
    assert headlines(shown(client, "/")) == ["s2", "s1"]


@pytest.mark.parametrize(("order", "expected"), [("outlets", ["s2", "s1"]), ("speed", ["s2", "s1"])])
def test_now_is_ordered_by_outlets_or_by_speed(client: TestClient, order: str, expected: list[str]) -> None:
    assert headlines(shown(client, f"/?sort={order}")) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("type=PROTEST", ["s1"]),
        ("type=PROTEST,CONSULT", ["s2", "s1"]),
        ("country=LB", ["s1"]),
        ("country=lb&type=CONSULT", []),
        ("reality=happened", ["s1"]),
        ("reality=denied", ["s2"]),
        ("reality=planned", []),
        ("actor=نقابة التعليم", ["s1"]),
        ("actor=المبعوث", []),
        ("place=تونس", ["s2"]),
        ("least=0.7", ["s1"]),
        ("outlet=dar", ["s2"]),
        ("outlets=3", []),
        ("q=مُعَلِّمُون", ["s1"]),
        ("q=' OR 1=1 --", []),
        ("type=' OR 1=1 --", []),
        ("least=much&outlets=-1&reality=maybe&sort=x", ["s2", "s1"]),
    ],
)
def test_filters_choose_stories(client: TestClient, query: str, expected: list[str]) -> None:
    assert headlines(shown(client, f"/?{query}")) == expected


def test_what_a_filter_says_of_events_must_hold_of_one_event(client: TestClient, store: Store) -> None:
    add(store, {"story": [story("s5", [story_article("a1", "masdar", 0)], event_ids=["e1", "e2"])]})
    assert "s5" in headlines(shown(client, "/?type=PROTEST&country=LB"))
    assert "s5" not in headlines(shown(client, "/?type=PROTEST&country=TN"))


def test_htmx_gets_the_list_alone_and_the_address_without_empty_parts(client: TestClient) -> None:
    answer = client.get("/?type=PROTEST&actor=&q=", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert headlines(answer.text) == ["s1"]
    assert answer.headers["HX-Push-Url"] == "/?type=PROTEST"


def test_a_long_list_goes_on(client: TestClient, store: Store) -> None:
    add(store, {"story": [story(f"x{number:03}", [story_article("a1", "masdar", number)]) for number in range(60)]})
    first = shown(client, "/")
    assert len(headlines(first)) == 30
    rest = [*headlines(shown(client, "/?begin=30")), *headlines(shown(client, "/?begin=60"))]
    assert len(rest) == 32
    assert not set(headlines(first)) & set(rest)


def test_now_says_what_is_rising_and_which_story_explains_it(client: TestClient) -> None:
    side = shown(client, "/").partition('class="side"')[2]
    assert "نقابة التعليم" in side
    assert 'href="/story/s1"' in side


def test_what_rises_in_a_country_or_between_two_leads_to_it(client: TestClient, store: Store) -> None:
    rising = trend("t2", "PROTEST LB", kind="event_type_in", key="PROTEST LB", type="EVENT")
    pair = trend("t3", "نقابة التعليم - الوزارة", kind="pair", key="n-one n-two", type="PAIR")
    add(store, {"trend": [rising, pair]}, at=2)
    page = shown(client, "/")
    assert 'href="/?type=PROTEST&amp;country=LB"' in page
    assert "احتجاج، لبنان" in words(page)
    assert 'href="/entity/n-one"' in page
    assert 'href="/entity/n-two"' in page
    assert "نقابة التعليم – الوزارة" in words(page)


def test_what_came_since_is_counted_for_the_filter(client: TestClient, store: Store) -> None:
    assert shown(client, f"/newer?seq={store.seq}").strip() == ""
    add(store, {"story": [story("s6", [story_article("a1", "masdar", 0)], event_ids=["e1"])]})
    assert "قصة جديدة" in shown(client, "/newer?seq=1")
    assert 'href="/?type=PROTEST"' in shown(client, "/newer?seq=1&type=PROTEST")
    assert shown(client, "/newer?seq=1&type=CONSULT").strip() == ""
    assert shown(client, f"/newer?seq={'9' * 99}").strip() == ""


def test_a_story_shows_copies_under_their_original_with_the_agency(client: TestClient) -> None:
    timeline = shown(client, "/story/s1").partition('class="timeline"')[2]
    assert re.search(r'href="/article/a1".*?<ol><li class="copy">.*?href="/article/a3".*?أ ف ب', timeline, re.DOTALL)
    assert "+50 د" in words(timeline)


def test_a_story_shows_its_events_with_the_words_of_each_outlet(client: TestClient) -> None:
    events = shown(client, "/story/s1").partition('class="events"')[2].partition('class="beside"')[0]
    assert events.count("<blockquote>") == 1
    assert "بالكلمات نفسها: sada" in words(events)
    assert '<mark class="trigger">تظاهر</mark>' in events
    assert "<circle" in shown(client, "/story/s1")


def test_events_that_are_one_happening_are_shown_as_one_with_the_words_of_each(
    client: TestClient, store: Store
) -> None:
    march = "خرج معلمون في مسيرة في لبنان."
    articles = [story_article("a1", "masdar", 0), story_article("a7", "dar", 9)]
    told = story("s6", articles, event_ids=["e1", "e7"], happenings=[{"event_ids": ["e1", "e7"]}])
    add(store, {"event": [event("e7", evidence=[evidence("a7", march, "مسيرة", source="dar")])], "story": [told]})
    events = shown(client, "/story/s6").partition('class="events"')[2].partition('class="beside"')[0]
    assert events.count('class="event-told"') == 1
    assert re.findall(r'href="(/article/[^"]+)"', events) == ["/article/a1#event-e1", "/article/a7#event-e7"]


def test_a_story_that_became_another_leads_there(client: TestClient) -> None:
    answer = client.get("/story/s3", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/story/s1")


def test_an_article_is_shown_letter_for_letter_with_its_names_dates_and_events_marked(client: TestClient) -> None:
    html = shown(client, "/article/a1")
    text = html.partition('class="text"')[2].partition("<ul")[0]
    [paragraph] = re.findall(r"<p>(.*?)</p>", text, re.DOTALL)
    assert unescape(re.sub(r"<[^>]+>", "", paragraph)) == PROTEST
    for kind, marked in (("m-ORG", "نقابة التعليم"), ("m-LOC", "بيروت"), ("m-date", "أمس")):
        assert re.search(rf'<mark class="{kind}"[^>]*>{marked}</mark>', paragraph), kind
    assert re.search(r'<a href="#event-e1"><mark class="trigger k-PROTEST"[^>]*>تظاهر</mark></a>', paragraph)
    assert 'id="event-e1"' in html
    assert "0.80" in words(html)


def test_an_article_says_who_copied_it_and_which_story_it_is_in(client: TestClient) -> None:
    html = shown(client, "/article/a1")
    assert 'href="/article/a3"' in html
    assert 'href="/story/s1"' in html


def test_a_copy_of_which_no_text_is_kept_says_so_and_leads_to_its_original(client: TestClient) -> None:
    html = shown(client, "/article/a3")
    assert "لا يُحفظ من النسخ نصها" in html
    assert 'href="/article/a1"' in html


@pytest.mark.parametrize("path", ["/story/none", "/article/none", "/nothing"])
def test_what_is_not_there_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "ليس هنا شيء" in answer.text


def test_hostile_text_is_text(client: TestClient, store: Store) -> None:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202eمقلوب {{ 7*7 }} " + "ا" * 10_000
    hostile = article("h1", bad, title=bad, source=bad, url="javascript:alert(1)", mentions=[mention(bad, "مقلوب")])
    told = story("h1", [story_article("h1", bad, 0, title=bad, url="javascript:alert(1)")], agencies=[bad])
    add(store, {"article": [hostile], "story": [told], "event": [event("h1", type=bad)]})
    for path in ("/", "/story/h1", "/article/h1"):
        html = shown(client, path)
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "javascript:" not in html
        assert "\u202e" not in html
        assert "{{ 7*7 }}" in html


def test_english_turns_the_page_and_keeps_the_article_as_it_is(client: TestClient) -> None:
    answer = client.get("/voice?language=en&months=LB&digits=latn&back=/article/a1")
    assert '<html lang="en" dir="ltr">' in answer.text
    assert '<section class="text" lang="ar" dir="rtl">' in answer.text
    assert '<q lang="ar" dir="rtl">' in shown(client, "/story/s1")


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_nobody_is_led_elsewhere(client: TestClient, back: str) -> None:
    answer = client.get("/voice", params={"back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert (
        not client.get("//evil.example?token=x", follow_redirects=False).headers.get("location", "/").startswith("//")
    )


def test_arabic_digits_and_the_months_of_the_levant(client: TestClient) -> None:
    client.get("/voice?language=ar&months=LB&digits=arab")
    assert "آذار" in shown(client, "/")
    assert "١٠" in shown(client, "/")


def test_every_answer_forbids_scripts_that_stand_in_it_and_holds_none(client: TestClient) -> None:
    for path in ("/", "/story/s1", "/article/a1", "/nothing", "/static/page.css"):
        answer = client.get(path)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    for path in ("/", "/story/s1", "/article/a1"):
        html = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|https?://(?!www\.masdar)(?!www\.w3\.org)", html)


def test_another_host_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "rebound.example"}).status_code == 400


def test_a_story_is_shown_by_the_events_that_fit_the_filter(client: TestClient, store: Store) -> None:
    add(store, {"story": [story("s5", [story_article("a1", "masdar", 0)], event_ids=["e1", "e2"])]})
    row = words(shown(client, "/?reality=denied").partition('data-story="s5"')[2].partition('class="meta"')[0])
    assert "لقاء أو تشاور ← المبعوث الأممي" in row
    assert "احتجاج" not in row
    row = words(shown(client, "/").partition('data-story="s5"')[2].partition('class="meta"')[0])
    assert "نقابة التعليم احتجاج" in row


@pytest.mark.parametrize(
    ("path", "others"), [("/", ("/latest", "/map")), ("/latest", ("/", "/map")), ("/map", ("/", "/latest"))]
)
def test_the_same_filter_is_one_click_away_in_the_other_screens(
    client: TestClient, path: str, others: tuple[str, str]
) -> None:
    chosen = (
        shown(client, f"{path}?country=LB&reality=happened").partition('class="elsewhere"')[2].partition("</li>")[0]
    )
    assert re.findall(r'href="([^"?]+)\?country=LB&amp;reality=happened"', chosen) == list(others)


def test_where_no_story_fits_the_articles_by_the_same_filter_are_a_click_away(client: TestClient) -> None:
    empty = shown(client, "/?country=TN&type=PROTEST").partition('class="empty"')[2]
    assert 'href="/latest?country=TN&amp;type=PROTEST"' in empty
