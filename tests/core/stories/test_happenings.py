import pytest

from pipelines.core.events.example import EVENT
from pipelines.core.stories.happenings import gather, may_be_one
from pipelines.core.stories.reported import plain, report, restore
from tests.core.stories.reports import KANO, MALI, NIGERIA, ZAMFARA, reported

GUNMEN = {"actors": "g", "actor_words": "مسلح"}
GIRLS = {"recipient_words": "طالب", "day": "2026-10-09"}


def test_one_abduction_in_five_outlets_words_is_one_happening() -> None:
    first = reported("e1", ZAMFARA, place="zamfara", recipients="r1", **GUNMEN, **GIRLS)
    no_actor = reported("e2", ZAMFARA, place="zamfara", recipients="r2", **GIRLS)
    in_the_country = reported("e3", NIGERIA, place="nigeria", recipients="r3", **GUNMEN, **GIRLS)
    nobody_says_when = reported("e4", ZAMFARA, place="zamfara", recipients="r1", recipient_words="طالب", **GUNMEN)
    told = [[first], [no_actor], [in_the_country], [nobody_says_when]]
    assert gather(told) == [["e1", "e2", "e3", "e4"]]


def test_one_outlets_abduction_is_anothers_detention() -> None:
    taken = reported("e1", ZAMFARA, "abduct", place="zamfara", recipients="r1", **GUNMEN, **GIRLS)
    held = reported("e2", NIGERIA, "arrest", type="COERCE", recipients="r1", stem="حجز", **GUNMEN, **GIRLS)
    killed = reported("e3", NIGERIA, type="COERCE", recipients="r1", stem="حجز", **GUNMEN, **GIRLS)
    assert gather([[taken], [held]]) == [["e1", "e2"]]
    assert gather([[taken], [killed]]) == [["e1"], ["e3"]]


@pytest.mark.parametrize(
    "other",
    [
        reported("e2", KANO, place="kano", **GUNMEN, **GIRLS),
        reported("e2", MALI, place="mali", **GUNMEN, **GIRLS),
        reported("e2", ZAMFARA, place="zamfara", **GUNMEN, **GIRLS | {"day": "2026-10-08"}),
        reported("e2", ZAMFARA, place="zamfara", type="ACCUSE", **GUNMEN, **GIRLS),
        reported("e2", ZAMFARA, place="zamfara", flags=(True, False, False, False), **GUNMEN, **GIRLS),
        reported("e2", ZAMFARA, place="zamfara", recipients="g", actors="r"),
        reported("e2", ZAMFARA, place="zamfara", countries="ML", **GUNMEN, **GIRLS),
    ],
    ids=["a town far off", "another country", "another day", "another type", "denied", "turned round", "foreigners"],
)
def test_what_speaks_against_it_keeps_two_events_apart(other: object) -> None:
    event = reported("e1", ZAMFARA, place="zamfara", countries="NG", **GUNMEN, **GIRLS)
    assert gather([[event], [other]]) == [["e1"], ["e2"]]  # type: ignore[list-item]


def test_two_events_of_one_article_stay_two_and_each_finds_its_own() -> None:
    two = [reported("e1", recipients="a", stem="قتل"), reported("e2", recipients="b", stem="خطف")]
    same = [reported("e3", recipients="b", stem="خطف"), reported("e4", recipients="a", stem="قتل")]
    assert gather([two, same]) == [["e1", "e4"], ["e2", "e3"]]
    assert gather([[reported("e1"), reported("e2")]]) == [["e1"], ["e2"]]


def test_an_event_that_two_articles_share_is_in_one_happening_once() -> None:
    assert gather([[reported("e1")], [reported("e1")], [reported("e2", stem="قتل", day="2026-10-01")]]) == [
        ["e1"],
        ["e2"],
    ]


def test_places_near_each_other_may_be_one() -> None:
    near = ZAMFARA._replace(latitude=12.3)
    assert may_be_one(reported("e1", ZAMFARA, place="a", actors="g"), reported("e2", near, place="b", actors="h"))
    assert not may_be_one(reported("e1", ZAMFARA, place="a", actors="g"), reported("e2", KANO, place="b", actors="h"))


def test_what_is_remembered_of_an_event_comes_back() -> None:
    told = report(EVENT)
    assert restore(plain(told)) == told
    assert told.profile.day == "2026-03-10"
