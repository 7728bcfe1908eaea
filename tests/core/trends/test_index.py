from collections.abc import Iterable
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.trends.index import SILENCE, UNUSUAL, TrendIndex
from pipelines.core.trends.surprise import surprise
from pipelines.core.trends.trend import CLOCK, Cell, Key, Trend
from pipelines.core.units import DAY, MINUTE

CELL, SIZE, PERIOD = 10 * MINUTE, 60 * MINUTE, 20 * MINUTE
KEYS: tuple[Key, ...] = (("entity", "Q3579"), ("event_type", "ASSAULT"))

Day = tuple[Key, int]


def cell(key: Key, number: int, articles: Iterable[int]) -> Cell:
    named = sorted((f"a{article}", f"outlet{article % 3}") for article in articles)
    return Cell(key, "طرابلس", "LOC", number * CELL, tuple(named))


def news(*hours: float) -> list[Cell]:
    """Return cells in which there was news, of something that is not looked at."""
    return [Cell((CLOCK, "0"), "", "", int(hour * 6) * CELL, ()) for hour in hours]


@st.composite
def panes(draw: st.DrawFn) -> list[Cell]:
    """Cells, some of them twice: a pane, and a later one with more articles; and most often news the day before."""
    cells = news(*draw(st.sampled_from([(), range(-31, 0, 5), range(-31, 40, 4), range(20, 60, 5)])))
    for key in KEYS:
        often = st.one_of(st.integers(0, 12), st.integers(140, 190), st.sampled_from((40, 70, 71, 100, 104, 130)))
        for number in draw(st.sets(often, max_size=12)):
            articles = [number * 10 + n for n in range(draw(st.integers(1, 5)))]
            cells += [cell(key, number, articles[: draw(st.integers(1, len(articles)))]), cell(key, number, articles)]
    return cells


def final(index: TrendIndex, batches: Iterable[list[Cell]]) -> dict[Day, Trend]:
    """Return the last word on every day of a thing, where it is not taken back; a newer word never knows less."""
    said: dict[Day, Trend] = {}
    for batch in batches:
        for at, trend in index.add(batch)[0]:
            day = (trend.key, trend.day)
            assert at == trend.ended - 1
            assert day not in said or said[day].version < trend.version
            said[day] = trend
    return {day: trend for day, trend in said.items() if not trend.retracted}


def is_known(cells: Iterable[Cell], begin: int) -> bool:
    """Tell whether there was news a day before, and no six hours without any since."""
    news = sorted({one.start for one in cells if one.start < begin}, reverse=True)
    for later, earlier in pairwise([begin, *news]):
        if later <= begin - DAY:
            return True
        if later - earlier - CELL > SILENCE:
            return False
    return bool(news) and news[-1] <= begin - DAY


def unusual(cells: Iterable[Cell]) -> dict[Day, dict[int, tuple[float, int]]]:
    """Find every unusual window by looking at all cells: its end, its score and its articles, by thing and day."""
    full: dict[tuple[Key, int], Cell] = {}
    cells = list(cells)
    for one in cells:
        full[one.key, one.start] = max(one, full.get((one.key, one.start), one), key=lambda one: len(one.articles))
    found: dict[Day, dict[int, tuple[float, int]]] = {}
    for key in KEYS:
        for end in range(0, 400 * CELL, PERIOD):

            def named(first: int, last: int, key: Key = key) -> list[tuple[str, str]]:
                own = (one for (k, start), one in full.items() if k == key and first <= start < last)
                return [pair for one in own for pair in one.articles]

            inside, before = named(end - SIZE, end), named(end - SIZE - DAY, end - SIZE)
            score = surprise(len(inside), len(before), DAY // SIZE)
            enough = len(inside) >= 3 and len({outlet for _, outlet in inside}) >= 2 and score >= UNUSUAL
            if enough and is_known(cells, end - SIZE):
                found.setdefault((key, (end - 1) // DAY), {})[end] = (score, len(inside))
    return found


@given(panes(), st.integers(1, 5), st.randoms(use_true_random=False))
def test_the_last_word_on_every_day_is_the_same_however_the_cells_arrive(
    cells: list[Cell], size: int, random: Random
) -> None:
    expected = final(TrendIndex(SIZE, PERIOD, CELL), [cells])
    random.shuffle(cells)
    batches = [cells[start : start + size] for start in range(0, len(cells), size)]
    assert final(TrendIndex(SIZE, PERIOD, CELL), batches) == expected


@given(panes())
def test_a_day_has_the_unusual_windows_that_a_plain_count_finds(cells: list[Cell]) -> None:
    trends = final(TrendIndex(SIZE, PERIOD, CELL), [cells])
    expected = unusual(cells)
    assert trends.keys() == expected.keys()
    for day, windows in expected.items():
        trend = trends[day]
        assert (trend.score, trend.end) == max((score, end) for end, (score, _) in windows.items())
        assert len(trend.articles) == windows[trend.end][1]
        assert trend.ended == max(windows)
        assert min(windows) - SIZE <= trend.began < min(windows)


@given(panes(), panes())
def test_an_index_read_back_goes_on_like_the_one_that_never_stopped(before: list[Cell], after: list[Cell]) -> None:
    running, restarted = TrendIndex(), TrendIndex()
    _, kept = running.add(before)
    restarted.load(kept)
    assert restarted.add(after)[0] == running.add(after)[0]


@given(panes(), st.integers(0, 160), panes())
def test_forgetting_changes_no_day_that_may_still_be_counted(before: list[Cell], now: int, after: list[Cell]) -> None:
    forgetful, patient = TrendIndex(lateness=6 * CELL), TrendIndex(lateness=6 * CELL)
    forgetful.add(before)
    patient.add(before)
    stay = forgetful.expire(now * CELL)
    assert all(one.start >= now * CELL - 2 * DAY - SILENCE - 60 * MINUTE - 6 * CELL for one in stay)
    on_time = [one for one in after if one.start >= (now - 6) * CELL]
    assert final(forgetful, [on_time]) == final(patient, [on_time])


def after_a_day() -> TrendIndex:
    """Return an index that knows a day of news before day 0, of another thing."""
    index = TrendIndex(SIZE, PERIOD, CELL)
    index.add(news(*range(-31, 0, 5)))
    return index


def test_two_articles_are_no_trend_nor_three_of_one_outlet() -> None:
    assert after_a_day().add([cell(KEYS[0], 6, [1, 3])])[0] == []
    assert after_a_day().add([cell(KEYS[0], 6, [3, 6, 9])])[0] == []
    assert len(after_a_day().add([cell(KEYS[0], 6, [1, 2, 3])])[0]) == 1


def test_a_rise_of_a_day_is_one_trend_that_is_told_again_as_it_grows() -> None:
    index = after_a_day()
    [(_, first)] = index.add([cell(KEYS[0], 6, [1, 2, 3])])[0]
    [(_, grown)] = index.add([cell(KEYS[0], 9, range(4, 12))])[0]
    assert (first.day, first.began, first.articles) == (0, 6 * CELL, ("a1", "a2", "a3"))
    assert (grown.day, grown.began, len(grown.articles)) == (0, 6 * CELL, 11)
    assert grown.ended > first.ended
    assert grown.version > first.version
    assert index.add([cell(KEYS[0], 9, range(4, 12))])[0] == [], "the same cell again changes nothing"


def test_what_turns_out_to_be_usual_is_taken_back() -> None:
    index = after_a_day()
    [(_, told)] = index.add([cell(KEYS[0], 6, [1, 2, 3])])[0]
    [(_, now)] = index.add([cell(KEYS[0], hour, range(9 * hour, 9 * hour + 9)) for hour in range(-100, 0, 3)])[0][-1:]
    assert (now.key, now.day, now.retracted) == (told.key, told.day, True)
    assert now.version > told.version


def test_an_article_told_twice_in_a_window_counts_once() -> None:
    [(_, trend)] = after_a_day().add([cell(KEYS[0], 1, [1, 2]), cell(KEYS[0], 2, [2, 3])])[0]
    assert trend.articles == ("a1", "a2", "a3")


def is_told(before: Iterable[Cell], hour: int) -> bool:
    """Return whether three articles at an hour are a trend, with news before."""
    index = TrendIndex(SIZE, CELL, CELL)
    index.add(list(before))
    return index.add([cell(KEYS[0], hour * 6, [1, 2, 3])])[0] != []


def test_it_is_too_early_to_tell_in_the_first_day() -> None:
    assert not is_told(news(*range(10)), 10)
    assert is_told(news(*range(30)), 30)


def test_one_old_article_is_no_day_to_compare_with() -> None:
    assert not is_told([*news(0), *news(*range(30, 40))], 40)


def test_a_quiet_night_is_none_to_begin_anew_after() -> None:
    assert is_told(news(*range(0, 21), *range(26, 30)), 30)
    assert not is_told(news(*range(0, 20), *range(28, 32)), 32)


def test_what_fills_a_silence_later_lets_the_windows_behind_it_be_told() -> None:
    index = TrendIndex(SIZE, CELL, CELL)
    index.add(news(*range(0, 10), *range(18, 30)))
    assert index.add([cell(KEYS[0], 30 * 6, [1, 2, 3])])[0] == []
    [(_, trend)] = index.add(news(14))[0]
    assert (trend.key, trend.began) == (KEYS[0], 30 * 6 * CELL)
