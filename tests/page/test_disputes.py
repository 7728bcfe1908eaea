"""What outlets tell differently of one happening, each in its own words; nothing where they do not."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from pipelines.page.disputes import find_disputes
from pipelines.page.store import Store
from pipelines.page.tolls import Toll, read_tolls
from tests.page.conftest import NOON, Fields, add, event, evidence, participant, place, story, story_article
from tests.page.test_screens import headlines, shown, words

SANAA, ADEN = place("صنعاء", "YE", 15.4, 44.2), place("عدن", "YE", 12.8, 45.0)
ARMY, RIVAL = {**participant("جيش التحالف"), "qid": "Q1"}, {**participant("جيش آخر"), "qid": "Q2"}
TOWN = participant("مدنيون")


def told(outlet: str, text: str, hours: float = 0, **more: Any) -> Fields:
    moment = NOON + timedelta(hours=hours)
    return evidence(f"a-{outlet}", text, text.split(maxsplit=1)[0], source=outlet, published_at=moment, **more)


def attack(event_id: str, *words: Fields, **more: Any) -> Fields:
    day = {"value": "2026-03-10", "granularity": "day"}
    return event(event_id, type="ASSAULT", evidence=list(words), **{"place": SANAA, "date": day, **more})


def kinds(*events: Fields) -> list[str]:
    return [one.kind for one in find_disputes(events)]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("مقتل 12 شخصا وإصابة ثلاثين آخرين", [Toll("killed", 12), Toll("hurt", 30)]),
        ("سقوط ٧ شهداء و١٢ جريحا", [Toll("killed", 7), Toll("hurt", 12)]),
        ("ارتفع عدد القتلى إلى 1,200", [Toll("killed", 1200)]),
        ("مصرع شخصين في حادث", [Toll("killed", 2)]),
        ("قتل ما لا يقل عن خمسة وعشرين مدنيا", [Toll("killed", 25, least=True)]),
        ("مقتل 83 شخصا على الأقل", [Toll("killed", 83, least=True)]),
        ("إصابة نحو أربعين", [Toll("hurt", 40, about=True)]),
        ("مقتل قائد يبلغ 40 عاما في 2018 وإطلاق 3 صواريخ", []),
        ("اعتقل 12 شخصا", []),
        ("قتل 20% منهم", []),
    ],
)
def test_numbers_of_killed_and_hurt_are_read_in_digits_and_words(quote: str, expected: list[Toll]) -> None:
    assert read_tolls(quote) == expected


def test_outlets_that_count_otherwise_are_told_with_their_words() -> None:
    one = attack("e1", told("masdar", "قتل 12 شخصا"), told("sada", "قتل تسعة مدنيين", hours=1))
    [found] = find_disputes([one])
    assert found.kind == "killed"
    assert [(side.toll, [quote.outlet for quote in side.quotes]) for side in found.sides] == [
        (Toll("killed", 9), ["sada"]),
        (Toll("killed", 12), ["masdar"]),
    ]
    assert "".join(piece.text for piece in found.sides[0].quotes[0].pieces) == "قتل تسعة مدنيين"


@pytest.mark.parametrize(
    "others",
    [
        [told("sada", "قتل 12 مدنيا")],
        [told("sada", "قتل أكثر من عشرة")],
        [told("sada", "قتل نحو 11")],
        [told("sada", "قصف السوق")],
        [told("masdar", "قتل تسعة", hours=-1)],
        [told("sada", "قتل تسعة", copy_of="a-masdar")],
        [told("sada", "قتل تسعة", hours=-1), told("sada", "قتل 12", hours=1)],
    ],
)
def test_what_agrees_or_one_outlet_alone_tells_is_no_dispute(others: list[Fields]) -> None:
    assert kinds(attack("e1", told("masdar", "قتل 12 شخصا"), *others)) == []


def test_numbers_are_compared_where_type_place_and_day_are_the_same() -> None:
    one = attack("e1", told("masdar", "قتل 12 شخصا"))
    assert kinds(one, attack("e2", told("sada", "قتل تسعة"), date=None)) == ["killed"]
    assert kinds(one, attack("e2", told("sada", "قتل تسعة"), place=ADEN)) == []
    assert kinds(one, attack("e2", told("sada", "قتل تسعة"), date={"value": "2026-03-09", "granularity": "day"})) == []
    assert kinds(one, attack("e2", told("sada", "قتل تسعة"), historical=True)) == []


def test_who_did_it_is_disputed_where_the_same_was_done_to_the_same() -> None:
    one = attack("e1", told("masdar", "قصف الجيش"), actors=[ARMY], recipients=[TOWN])
    other = attack("e2", told("sada", "هاجم مسلحون"), actors=[RIVAL], recipients=[TOWN])
    [found] = find_disputes([one, other])
    assert [[name for _, name in side.names] for side in found.sides] == [["جيش التحالف"], ["جيش آخر"]]
    assert kinds(one, {**other, "outlets": ["masdar", "sada"]}) == [], "an outlet that tells both tells of two"
    assert kinds(one, {**other, "recipients": []}) == []
    assert kinds({**one, "type": "CONSULT"}, {**other, "type": "CONSULT"}) == []
    assert kinds(one, {**other, "actors": [participant("مسلحون")]}) == [], "who knows who those are"
    state = {**RIVAL, "country": "YE"}
    assert kinds({**one, "actors": [{**ARMY, "country": "YE"}]}, {**other, "actors": [state]}) == []


def test_where_it_was_is_disputed_but_not_between_a_town_and_its_country() -> None:
    here = attack("e1", told("masdar", "قصف صنعاء"), actors=[ARMY], recipients=[TOWN])
    there = attack("e2", told("sada", "قصف عدن"), actors=[ARMY], recipients=[TOWN])
    far = {**there, "place": place("الرياض", "SA", 24.6, 46.7)}
    assert kinds(here, far) == ["place"]
    assert kinds(here, {**there, "place": place("اليمن", "YE", 15.0, 48.0)}) == []
    assert kinds(here, {**far, "date": None}) == []


def test_what_one_outlet_tells_and_another_denies_is_disputed() -> None:
    one = attack("e1", told("masdar", "قصف السوق"), actors=[ARMY], recipients=[TOWN])
    other = attack("e2", told("sada", "لم يقصف السوق"), actors=[ARMY], recipients=[TOWN], negated=True)
    [found] = find_disputes([one, other])
    assert (found.kind, [side.is_denied for side in found.sides]) == ("denied", [False, True])


def test_a_story_shows_its_disputes_and_others_have_no_such_part(client: TestClient, store: Store) -> None:
    one = attack("d1", told("masdar", "قتل 12 شخصا"), told("sada", "قتل ما لا يقل عن 20 مدنيا", hours=1))
    articles = [story_article("a-masdar", "masdar", 0), story_article("a-sada", "sada", 60)]
    add(store, {"event": [one], "story": [story("s7", articles, event_ids=["d1"])]})
    html = shown(client, "/story/s7")
    seen = words(html.partition('class="disputes"')[2].partition("</section>")[0])
    assert "عدد القتلى" in seen
    assert "20 على الأقل sada" in seen
    assert 'class="disputes"' not in shown(client, "/story/s1")


def test_a_story_that_is_told_differently_says_so_in_the_list_and_is_found_by_the_filter(
    client: TestClient, store: Store
) -> None:
    events = [attack("d1", told("masdar", "قُتل 12 شخصا في القصف")), attack("d2", told("sada", "قُتل 20 شخصا في القصف"))]
    articles = [story_article("a-masdar", "masdar", 0), story_article("a-sada", "sada", 5)]
    add(store, {"story": [story("s7", articles, event_ids=["d1", "d2"])]})
    assert headlines(shown(client, "/?disputed=1")) == []
    add(store, {"event": events})
    html = shown(client, "/?disputed=1")
    assert headlines(html) == ["s7"]
    assert "ما تختلف فيه المصادر: عدد القتلى" in words(html)
    assert headlines(shown(client, "/?disputed=yes")) == headlines(shown(client, "/"))
    add(store, {"event": [{**events[1], "version": 2, "retracted": True}]})
    assert headlines(shown(client, "/?disputed=1")) == []


def test_what_is_no_longer_kept_is_not_told_differently(store: Store) -> None:
    events = [attack("d1", told("masdar", "قُتل 12 شخصا في القصف")), attack("d2", told("sada", "قُتل 20 شخصا في القصف"))]
    add(
        store,
        {"event": events, "story": [story("s7", [story_article("a-masdar", "masdar", 0)], event_ids=["d1", "d2"])]},
    )
    assert store.ask("SELECT kind FROM disputed") == [{"kind": "killed"}]
    store.take_out("story", ["s7"])
    assert store.ask("SELECT kind FROM disputed") == []
