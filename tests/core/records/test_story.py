from datetime import UTC, datetime
from typing import Any

from pipelines.core.records import story_record
from pipelines.core.records.story import MOST_ARTICLES
from pipelines.core.stories.story import Placed
from pipelines.core.stories.telling import Copied, Facts, Named, pack_facts
from pipelines.core.stories.version import StoryVersion
from pipelines.core.units import MINUTE, milliseconds
from schemas import decode, encode
from tests.core.stories.reports import reported

MORNING = milliseconds(datetime(2026, 3, 10, 8, tzinfo=UTC))
DERNA = Named("Q81569", "LOC", "درنة", "LY", 32.767, 22.6367)
GUARD = Named("n1", "ORG", "الدفاع المدني", "LY", None, None)


def placed(number: int, minute: int, *named: Named, source: str = "marsa", events: str = "e1") -> Placed:
    facts = Facts(
        f"عنوان {number}", f"https://n.example/{number}", "LY", None, tuple(map(reported, events.split())), named
    )
    return Placed("s1", MORNING + minute * MINUTE, f"a{number:03}", 0, source, b"", b"", pack_facts(facts))


def copied(number: int, minute: int, original: int, source: str) -> Copied:
    return Copied(MORNING + minute * MINUTE, f"a{number:03}", 0, source, f"a{original:03}", None, "TN", "وكالة المرسى")


def story(articles: list[Placed], *copies: Copied, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"headline_id": articles[0].article_id, "absorbed": (), "into_id": None} | more
    return story_record(StoryVersion("s1", 3, tuple(articles), copies, **told))


def test_a_story_fits_its_schema() -> None:
    fields = story([placed(1, 0, DERNA), placed(2, 20, DERNA, GUARD, source="sada")], copied(3, 5, 1, "rabia"))
    assert decode(encode("story", fields)).fields == fields
    assert (fields["headline"], fields["article_count"], fields["outlet_count"]) == ("عنوان 1", 3, 3)


def test_outlets_stand_in_the_order_in_which_each_first_told_it() -> None:
    fields = story([placed(1, 0), placed(2, 20, source="sada"), placed(4, 30)], copied(3, 5, 1, "rabia"))
    assert fields["outlets"] == ["marsa", "rabia", "sada"]
    assert [one["copy_of"] for one in fields["articles"]] == [None, "a001", None, None]
    assert fields["agencies"] == ["وكالة المرسى"]


def test_what_most_articles_name_stands_first() -> None:
    benghazi = Named("Q40816", "LOC", "بنغازي", "LY", 32.11, 20.06)
    fields = story([placed(1, 0, benghazi, DERNA), placed(2, 20, DERNA, GUARD)])
    assert [(one["name"], one["articles"]) for one in fields["places"]] == [("درنة", 2), ("بنغازي", 1)]
    assert [one["name"] for one in fields["participants"]] == ["الدفاع المدني"]


def test_speed_is_of_the_last_six_hours() -> None:
    long_ago = [placed(n, -n * 60 * 8) for n in range(1, 9)]
    assert story([*long_ago, *(placed(20 + n, n) for n in range(12))])["speed"] == 12 / 6


def test_an_event_that_two_articles_report_is_named_once() -> None:
    assert story([placed(1, 0, events="e2 e1"), placed(2, 9, events="e1 e3")])["event_ids"] == ["e2", "e1", "e3"]


def test_of_a_long_story_the_first_articles_are_listed_and_all_are_counted() -> None:
    fields = story([placed(n, n) for n in range(MOST_ARTICLES + 30)])
    assert (len(fields["articles"]), fields["article_count"]) == (MOST_ARTICLES, MOST_ARTICLES + 30)
    assert fields["last_published_at"] > fields["articles"][-1]["published_at"]


def test_a_story_that_is_an_older_one_says_which() -> None:
    fields = story([placed(1, 0)], into_id="s0", absorbed=("s3", "s2"))
    assert (fields["merged_into"], fields["absorbed"]) == ("s0", ["s2", "s3"])
