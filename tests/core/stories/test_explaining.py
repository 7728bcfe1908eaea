"""A trend says which story explains it: at once in a stream, and with the stories where the input ends."""

from random import Random

import pytest

from pipelines.core.ids import digest
from pipelines.core.stories.index import ENDED, Heard, StoryIndex
from pipelines.core.trends.counter import Tick
from pipelines.core.trends.trend import Trend
from pipelines.core.units import DAY, HOUR
from tests.core.stories.conftest import Tell

FLOOD, CUP = "flood dam derna valley rain", "cup final goal coach referee"
STORY = digest("story", "a001")


def trend(*articles: str, version: int = 1, key: str = "Q1", retracted: bool = False) -> Trend:
    counted = {"outlets": 2, "baseline_mean": 0.0, "baseline_windows": 24, "score": 5.0, "retracted": retracted}
    return Trend(("entity", key), 0, "سيل", "LOC", 0, HOUR, 0, HOUR, articles, version=version, **counted)  # type: ignore[arg-type]


def explained(index: StoryIndex, *batches: list[Heard]) -> list[tuple[str, int, str | None]]:
    """Return of each trend that is told its thing, its version and its story."""
    answers = [one for batch in batches for _, one in index.add(batch)[0]]
    return [(one.key[1], one.version, one.story_id) for one in answers if isinstance(one, Trend)]


@pytest.fixture
def news(tell: Tell) -> list[Heard]:
    return [tell(1, FLOOD), tell(2, FLOOD, hour=1), tell(3, CUP, hour=1), tell(4, f"{FLOOD} aid", hour=2)]


def test_a_stream_tells_a_trend_at_once_with_the_story_of_most_of_its_articles(news: list[Heard]) -> None:
    index = StoryIndex(3 * DAY, waits=False)
    assert explained(index, [trend("a001", "a002", "a003"), *news]) == [("Q1", 1, STORY)]
    assert explained(index, [trend("a001", "a003", version=2)]) == [("Q1", 2, None)]
    assert explained(index, [trend("a001", "a004", version=3)]) == [("Q1", 3, STORY)]


def test_a_story_that_one_outlet_alone_tells_explains_nothing(tell: Tell) -> None:
    news = [tell(1, FLOOD, source="one"), tell(2, FLOOD, hour=1, source="one")]
    assert explained(StoryIndex(3 * DAY, waits=False), [*news, trend("a001", "a002")]) == [("Q1", 1, None)]


@pytest.mark.parametrize("seed", range(3))
def test_where_the_input_ends_its_newest_version_is_told_then_whatever_the_batches(
    news: list[Heard], seed: int
) -> None:
    heard = [*news, trend("a003", version=1), trend("a001", "a002", version=2), trend("a003", key="Q2")]
    Random(seed).shuffle(heard)
    batches = [[one, Tick(HOUR)] for one in heard]
    told = explained(StoryIndex(3 * DAY, waits=True), *batches, [ENDED])
    assert told == [("Q1", 2, STORY), ("Q2", 1, None)]


def test_a_story_that_the_horizon_has_passed_explains_its_trends_all_the_same(tell: Tell, news: list[Heard]) -> None:
    later = [tell(10 + day, CUP, hour=24.0 * day) for day in range(1, 9)]
    heard = [*news, trend("a001", "a002"), *later]
    assert explained(StoryIndex(3 * DAY, waits=True), heard, [ENDED]) == [("Q1", 1, STORY)]


def test_what_waits_is_remembered_and_what_was_told_is_not_told_again(news: list[Heard]) -> None:
    first = StoryIndex(3 * DAY, waits=True)
    kept = [first.add([*news, trend("a001", "a002"), Tick(HOUR)])[1]]
    second = StoryIndex(3 * DAY, waits=True)
    for entries in kept:
        second.load(entries)
    third = StoryIndex(3 * DAY, waits=True)
    third.load(second.expire(HOUR))
    answers, more = third.add([ENDED])
    assert [one.story_id for _, one in answers if isinstance(one, Trend)] == [STORY]
    again = StoryIndex(3 * DAY, waits=True)
    for entries in (*kept, more):
        again.load(entries)
    assert again.add([ENDED])[0] == []


def test_an_endless_run_gathers_what_a_run_that_was_to_end_was_stopped_before(news: list[Heard]) -> None:
    stopped = StoryIndex(3 * DAY, waits=True)
    _, kept = stopped.add([*news, trend("a001", "a002")])
    endless = StoryIndex(3 * DAY, waits=False)
    endless.load(kept)
    answers, more = endless.add([])
    assert [one.story_id for _, one in answers] == [STORY, STORY]
    again = StoryIndex(3 * DAY, waits=False)
    for entries in (kept, more):
        again.load(entries)
    assert again.add([])[0] == []
