"""Stories as they come: who belongs to whom, for good, whatever the batches and wherever it stops and goes on."""

from collections.abc import Iterable, Sequence
from random import Random

import pytest

from pipelines.core.ids import digest
from pipelines.core.stories.index import Heard, Remembered, StoryIndex
from pipelines.core.stories.nearest import MOST_LISTED
from pipelines.core.stories.telling import Copied, Telling
from pipelines.core.stories.version import StoryVersion
from pipelines.core.trends.counter import Tick
from pipelines.core.trends.trend import Trend
from pipelines.core.units import DAY, HOUR
from tests.core.stories.conftest import Copy, Tell

HORIZON = 3 * DAY
FLOOD, QUAKE, CUP = "flood dam derna valley rain", "quake ruin village tent aid", "cup final goal coach referee"


def index(*, waits: bool = False) -> StoryIndex:
    return StoryIndex(HORIZON, waits)


def ids(story: StoryVersion) -> list[str]:
    return [*(one.article_id for one in story.articles), *(one.article_id for one in story.copies)]


def last(told: Iterable[tuple[int, StoryVersion | Trend]]) -> dict[str, StoryVersion]:
    newest: dict[str, StoryVersion] = {}
    for _, one in told:
        assert isinstance(one, StoryVersion)
        newest[one.story_id] = max(one, newest.get(one.story_id, one), key=lambda version: version.version)
    return newest


def feed(stories: StoryIndex, *batches: Sequence[Heard]) -> dict[str, StoryVersion]:
    return last(one for batch in batches for one in stories.add(batch)[0])


@pytest.fixture
def news(tell: Tell, copy: Copy) -> list[Heard]:
    """Return three happenings, told again for ten days, each told by three papers and copied by one."""
    kinds = {0: FLOOD, 1: QUAKE, 2: CUP}
    tellings = [tell(n, f"{kinds[n % 3]} own{n}", hour=4.0 * n, source=f"paper {n // 3 % 4}") for n in range(60)]
    return [*tellings, *(copy(60 + n, n, hour=4.0 * n + 1, source="copier") for n in range(0, 60, 7))]


def test_articles_of_one_happening_are_a_story_named_after_the_first(tell: Tell) -> None:
    told = feed(index(), [tell(1, FLOOD), tell(2, f"{FLOOD} minister", hour=1), tell(3, QUAKE, hour=1)])
    assert {name: ids(story) for name, story in told.items()} == {digest("story", "a001"): ["a001", "a002"]}


def test_a_story_is_told_when_a_second_outlet_tells_it(tell: Tell, copy: Copy) -> None:
    stories = index()
    assert feed(stories, [tell(1, FLOOD, source="one"), tell(2, FLOOD, hour=1, source="one")]) == {}
    (story,) = feed(stories, [copy(3, 1, hour=2, source="two")]).values()
    assert ids(story) == ["a001", "a002", "a003"]


def test_a_copy_joins_its_original_whichever_comes_first(tell: Tell, copy: Copy) -> None:
    first, second = index(), index()
    told = feed(first, [tell(1, FLOOD)], [copy(2, 1, hour=1)])
    again = feed(second, [copy(2, 1, hour=1)], [tell(1, FLOOD)])
    assert list(map(ids, told.values())) == list(map(ids, again.values())) == [["a001", "a002"]]


def test_what_comes_when_the_horizon_has_passed_begins_another_story(tell: Tell) -> None:
    late = [tell(1, FLOOD), tell(2, FLOOD, hour=80), tell(3, FLOOD, hour=81)]
    (story,) = feed(index(), late).values()
    assert ids(story) == ["a002", "a003"]


def test_no_story_goes_on_for_more_than_a_week(tell: Tell) -> None:
    daily = [tell(n, FLOOD, hour=24.0 * n) for n in range(10)]
    told = feed(index(), daily)
    assert sorted(ids(story)[0] for story in told.values()) == ["a000", "a008"]


def test_a_correction_stays_in_its_story_and_says_what_is_true_now(tell: Tell) -> None:
    stories = index()
    before = feed(stories, [tell(1, FLOOD), tell(2, FLOOD, hour=1)])
    after = feed(stories, [tell(2, QUAKE, hour=2, revision=1, title="عنوان مصحح")])
    (story,) = after.values()
    assert [one.revision for one in story.articles] == [0, 1]
    assert story.version > next(iter(before.values())).version
    assert feed(stories, [tell(2, QUAKE, hour=2, revision=1)]) == {}, "it came twice"


def test_a_copy_that_is_corrected_stays_in_its_story_as_an_article_of_its_own(tell: Tell, copy: Copy) -> None:
    stories = index()
    feed(stories, [tell(1, FLOOD), copy(2, 1, hour=1)])
    (story,) = feed(stories, [tell(2, QUAKE, hour=2, revision=1)]).values()
    assert ([one.article_id for one in story.articles], story.copies) == (["a001", "a002"], ())


def test_an_article_that_becomes_a_copy_keeps_its_place(tell: Tell, copy: Copy) -> None:
    stories = index()
    feed(stories, [tell(1, FLOOD), tell(2, FLOOD, hour=1), tell(3, QUAKE, hour=1)])
    assert feed(stories, [copy(2, 3, hour=2)]) == {}


def test_two_stories_that_turn_out_to_be_one_say_so_and_the_older_keeps_its_id(tell: Tell) -> None:
    dam, rain = "dam burst engineer inquiry wall concrete", "rain storm sea wind harbour ship"
    stories = index()
    parts = [tell(1, dam), tell(2, dam, hour=1), tell(3, rain, hour=1), tell(4, rain, hour=2)]
    both = [tell(n, f"{dam} {rain}", hour=3 + n / 10) for n in range(5, 20)]
    told = feed(stories, parts, *([one] for one in both))
    older, younger = digest("story", "a001"), digest("story", "a003")
    assert told[younger].into_id == older
    assert (told[older].into_id, told[older].absorbed) == (None, (younger,))
    assert ids(told[older]) == [f"a{n:03}" for n in range(1, 20)]
    assert feed(stories, [tell(20, rain, hour=5)]).keys() == {older}


@pytest.mark.parametrize("seed", range(3))
def test_a_bounded_run_tells_the_same_whatever_the_order_and_the_batches(news: list[Heard], seed: int) -> None:
    whole = feed(index(waits=True), [*news, Tick(None)])
    Random(seed).shuffle(news)
    size = 1 + 20 * seed
    batches = [news[first : first + size] for first in range(0, len(news), size)]
    assert feed(index(waits=True), *batches, [Tick(None)]) == whole
    assert len(whole) > 3


def test_a_bounded_run_that_is_killed_and_resumed_tells_the_same(news: list[Heard]) -> None:
    whole = feed(index(waits=True), [*news, Tick(None)])
    killed, resumed = index(waits=True), index(waits=True)
    for first in range(0, 40, 10):
        resumed.load(killed.add(news[first : first + 10])[1])
    assert feed(resumed, [*news[40:], Tick(None)]) == whole


def test_an_endless_run_goes_on_from_what_is_remembered_as_if_it_had_never_stopped(news: list[Heard]) -> None:
    on, again = index(), index()
    kept: list[Remembered] = []
    for first in range(0, 40, 10):
        kept += on.add(news[first : first + 10])[1]
    again.load(kept)
    assert feed(again, news[40:]) == feed(on, news[40:])


def test_what_comes_in_order_one_by_one_is_told_as_a_whole_is(news: list[Heard]) -> None:
    in_order = sorted(
        (one for one in news if isinstance(one, Telling | Copied)), key=lambda one: (one.published, one.article_id)
    )
    one_by_one = feed(index(), *([one] for one in in_order))
    assert one_by_one == feed(index(waits=True), [*news, Tick(None)])


def test_what_the_horizon_has_passed_is_forgotten_whole_stories_at_a_time(news: list[Heard]) -> None:
    stories = index()
    stories.add(news)
    some = stories.expire(280 * HOUR)
    fresh = index()
    fresh.load(some)
    assert 0 < len(some) < len(news)
    assert fresh.expire(280 * HOUR) == some
    assert stories.expire(9 * 7 * DAY) == []


def test_what_was_forgotten_is_as_if_it_had_never_been(news: list[Heard]) -> None:
    stories, fresh = index(), index()
    stories.add(news)
    fresh.load(stories.expire(280 * HOUR))
    one, other = stories._gathering._nearest, fresh._gathering._nearest
    assert (one._articles, one._having) == (other._articles, other._having)
    names = [[[story.story_id for story in listed] for listed in some._listed if listed] for some in (one, other)]
    assert names[0] == names[1]


def test_a_word_that_everybody_uses_lists_few_stories(tell: Tell) -> None:
    stories = index()
    stories.add([tell(n, f"ball {' '.join(f'w{n}x{i}' for i in range(9))}") for n in range(200)])
    listed = stories._gathering._nearest._listed
    assert max(map(len, listed)) == MOST_LISTED
