"""Every article, who and where, the map, the feeds' health."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from pipelines.page.drawing import draw_map
from pipelines.page.store import Store
from tests.page.conftest import NOON, PROTEST, add, article, duplicate, event, evidence, line, participant, rejection
from tests.page.test_screens import shown, words


def articles(html: str) -> list[str]:
    return re.findall(r'class="title" href="/article/(\w+)"', html)


def test_every_article_is_there_also_what_one_outlet_alone_tells(client: TestClient, store: Store) -> None:
    add(store, {"article": [article("alone", "خبر لم يروه غيره.", title="وحده", source="dar")]})
    assert set(articles(shown(client, "/latest"))) == {"a1", "a2", "alone"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [("type=PROTEST", ["a1"]), ("outlet=sada", ["a2"]), ("q=تونس", ["a2"]), ("country=LB&reality=denied", [])],
)
def test_articles_are_chosen_by_the_same_filter(client: TestClient, query: str, expected: list[str]) -> None:
    assert articles(shown(client, f"/latest?{query}")) == expected


def test_the_map_has_the_places_of_the_filter_and_each_leads_to_its_stories(client: TestClient) -> None:
    html = shown(client, "/map")
    assert html.count("<circle") == 2
    assert "/static/vendor/world.svg" in html
    lebanon = shown(client, "/map?country=LB")
    assert lebanon.count("<circle") == 1
    assert 'href="/?country=LB&amp;place=n-' in lebanon
    assert shown(client, "/map?outlet=dar").count("<circle") == 1


def test_an_entity_shows_spellings_events_by_week_companions_and_where_it_is_told(
    client: TestClient, store: Store
) -> None:
    text = PROTEST.replace("نقابة التعليم", "النقابة")
    other = article("b1", text, mentions=[{**article_mention(text), "entity_id": "n-نقابة التعليم"}], source="dar")
    told = event(
        "e7",
        type="ACCUSE",
        actors=[participant("نقابة التعليم")],
        recipients=[participant("وزارة التربية")],
        evidence=[evidence("b1", text, "تظاهر")],
    )
    add(store, {"article": [other], "event": [told]})
    html = shown(client, "/entity/n-نقابة التعليم")
    seen = words(html)
    assert "نقابة التعليم" in seen.partition("كيف كُتب")[2]
    assert "النقابة 1" in seen.partition("كيف كُتب")[2]
    assert "وزارة التربية اتهام أو تنديد حدث واحد" in seen
    assert html.count('class="lower"') == 1
    assert 'href="/story/s1"' in html
    assert 'href="/article/b1"' in html


def article_mention(text: str) -> dict[str, object]:
    return {
        **{"field": "body", "start": text.index("النقابة"), "end": text.index("النقابة") + 7, "text": "النقابة"},
        **{"type": "ORG", "name": "نقابة التعليم", "qid": "Q42", "geonames_id": None, "country": None},
        **{"admin1": None, "latitude": None, "longitude": None, "confidence": 0.8},
    }


def test_names_are_found_however_they_are_spelt(client: TestClient) -> None:
    assert "نقابة التعليم" in words(shown(client, "/names?q=نقابه"))
    assert "لا اسم كهذا" in words(shown(client, "/names?q=لا أحد"))
    assert "بيروت" in words(shown(client, "/names?kind=LOC"))
    assert "نقابة" not in words(shown(client, "/names?kind=LOC&q='")).partition("</form>")[2]


def test_health_shows_each_outlets_last_article_copies_and_what_was_refused(client: TestClient, store: Store) -> None:
    add(store, {"duplicate": [duplicate("a8", "a1", source="qadim")]})
    html = shown(client, "/health")
    seen = words(html)
    assert re.search(r"masdar 10 مارس", seen)
    assert "ليست بالعربية 2" in seen
    assert "فارغة 1" in seen
    assert "rasid rejections list --reason not_arabic --from files:out" in seen
    assert "القراءة من مجلد" in seen


def test_health_gives_the_command_that_replays_what_a_kafka_has(client: TestClient) -> None:
    client.app.state.source = "kafka://one:9092"  # type: ignore[attr-defined]
    seen = words(shown(client, "/health"))
    assert "rasid rejections replay --reason not_arabic --bootstrap one:9092" in seen
    assert "rasid rejections replay --reason empty --bootstrap one:9092" in seen


def test_health_counts_the_ledgers_lines_by_outcome_and_those_without_their_record(
    client: TestClient, store: Store
) -> None:
    seen = words(shown(client, "/health"))
    assert "مرفوضة 3" in seen
    assert "تصحيحات 1 14%" in seen
    assert "لكل رسالة من 7 سطر، ولكل سطر سجله." in seen
    lost = [line(11, "article", "lost"), line(12, "duplicate", "lost"), line(13, "rejection", "lost")]
    add(store, {"ledger": [*lost, line(14, "article", "a1", origin={"topic": "u", "partition": 0, "offset": 0})]})
    assert "سطور لم يصل سجلها: 3" in words(shown(client, "/health"))


def test_health_names_the_lag_where_kafka_tells_it(client: TestClient) -> None:
    client.app.state.follower.lag = {"rasid.events": 12}  # type: ignore[attr-defined]
    assert "rasid.events 12" in words(shown(client, "/health"))


def test_nothing_has_come_yet(client: TestClient, store: Store) -> None:
    store.forget()
    assert "لم يصل خبر بعد" in shown(client, "/")
    for path in ("/latest", "/map", "/names", "/health", "/watches"):
        shown(client, path)
    assert client.get("/entity/nobody").status_code == 404


def test_an_outlet_that_repeats_itself_copies_nobody_and_of_a_copier_it_is_told_whom(
    client: TestClient, store: Store
) -> None:
    again = duplicate("b1", "a1", source="masdar")
    add(store, {"duplicate": [again, duplicate("b2", "a1", source="sada"), duplicate("b3", "a1", source="sada")]})
    rows = dict(re.findall(r'<a href="/latest\?outlet=(\w+)">.*?</th>(.*?)</tr>', shown(client, "/health"), re.DOTALL))
    copied, own = re.compile(r'data-label="نسخ عن غيره">(.*?)</td>'), re.compile(r'data-label="أعاد نشره">(.*?)</td>')
    told = {name: [words(one) for found in (copied, own) for one in found.findall(row)] for name, row in rows.items()}
    assert told["masdar"] == ["0", "1"]
    assert re.fullmatch(r"3 75%\s*masdar: 3", told["sada"][0])
    assert told["sada"][1] == "0"


def test_health_says_whose_messages_were_refused(client: TestClient, store: Store) -> None:
    message = b'{"source": "qadim", "title": "News"}'
    add(store, {"rejection": [rejection(11, "not_arabic", payload=message), rejection(12, "empty", payload=None)]})
    assert "qadim: 1" in words(shown(client, "/health"))


def test_every_article_shows_the_events_that_fit_the_filter(client: TestClient) -> None:
    html = shown(client, "/latest?reality=denied&country=TN")
    assert re.search("وزير الخارجية لقاء أو تشاور ← المبعوث الأممي في تونس منفيّ", words(html))
    assert 'href="/article/a2#event-e2"' in html
    assert 'class="event"' not in shown(client, "/latest")


def test_a_week_of_an_entity_shows_what_it_did_then_and_with_whom(client: TestClient, store: Store) -> None:
    before = {"first_published_at": NOON - timedelta(days=7), "last_published_at": NOON - timedelta(days=7)}
    told = event(
        "e8",
        type="ACCUSE",
        actors=[participant("نقابة التعليم")],
        recipients=[participant("وزارة التربية")],
        evidence=[evidence("a1", PROTEST, "تظاهر")],
        **before,
    )
    add(store, {"event": [told]})
    every, week = shown(client, "/entity/n-نقابة التعليم"), shown(client, "/entity/n-نقابة التعليم?week=2026-03-09")
    assert 'href="?week=2026-03-02"' in every
    assert "وزارة التربية" in words(every)
    assert "وزارة التربية" not in words(week)
    assert 'href="?week=2026-03-09"' in week
    assert 'aria-current="true"' in week.partition('class="bars"')[2].partition("</svg>")[0]
    assert "وزارة التربية" in words(shown(client, "/entity/n-نقابة التعليم?week=2026-03-04"))
    assert "وزارة التربية" in words(shown(client, "/entity/n-نقابة التعليم?week=soon"))


def test_a_places_name_is_written_inside_the_map() -> None:
    here = [
        {"name": "مدينة في أقصى الشرق", "latitude": 38.0, "longitude": 127.0, "n": 5},
        {"name": "بيروت", "latitude": 33.9, "longitude": 35.5, "n": 90},
    ]
    drawn = draw_map(here)
    for spot in drawn.spots:
        half = drawn.unit * (1.3 * len(spot.row["name"]) + 1) / 2
        inside = (
            drawn.box.left - 0.001 <= spot.name_at - half and spot.name_at + half <= drawn.box.left + drawn.box.width
        )
        assert inside or not spot.is_named
    assert [spot.is_named for spot in drawn.spots] == [True, True]


def test_an_outlet_has_one_name_on_the_screen_of_feeds(client: TestClient, store: Store) -> None:
    named = article("n1", "خبر.", source="madar", source_ar="المدار العربي")
    add(store, {"article": [named], "duplicate": [duplicate("n2", "n1", source="sada", original_source="madar"),
                                                  duplicate("n3", "a1", source="madar")]})  # fmt: skip
    seen = words(shown(client, "/health"))
    assert "المدار العربي: 1" in seen
    assert "madar:" not in seen


def test_a_page_that_came_again_and_a_copy_that_is_read_as_well_are_one_article_each(
    client: TestClient, store: Store
) -> None:
    again = duplicate("a1", "a1", source="masdar", kind="exact")
    add(store, {"article": [article("k1", "خبر.", source="sada")], "duplicate": [again, duplicate("k1", "a1")]})
    cells = {
        name: [words(cell) for cell in re.findall(r"<td[^>]*data-label[^>]*>(.*?)</td>", row, re.DOTALL)]
        for name, row in re.findall(
            r'<a href="/latest\?outlet=(\w+)">.*?</th>(.*?)</tr>', shown(client, "/health"), re.DOTALL
        )
    }
    _, day, *_, own, _ = cells["masdar"]
    assert (day, own) == ("1", "0")
    _, day, _, _, copied, *_ = cells["sada"]
    assert (day, copied) == ("3", "2 67%masdar: 2")
