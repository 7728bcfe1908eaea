from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.trends.index import DAY, MINUTE, Cell, Key, Trend, TrendIndex
from pipelines.core.trends.surprise import surprise

CELL, SIZE, PERIOD = 10 * MINUTE, 60 * MINUTE, 20 * MINUTE
KEYS: tuple[Key, ...] = (("entity", "Q3579"), ("event_type", "ASSAULT"))

Window = tuple[Key, int]


def cell(key: Key, number: int, articles: Iterable[int]) -> Cell:
    named = sorted((f"a{article}", f"outlet{article % 3}") for article in articles)
    return Cell(key, "طرابلس", "LOC", number * CELL, tuple(named))


@st.composite
def panes(draw: st.DrawFn) -> list[Cell]:
    """Cells, some of them twice: a pane, and a later one with more articles."""
    cells = []
    for key in KEYS:
        for number in draw(st.sets(st.one_of(st.integers(0, 12), st.integers(140, 160)), max_size=6)):
            articles = [number * 10 + n for n in range(draw(st.integers(1, 5)))]
            cells += [cell(key, number, articles[: draw(st.integers(1, len(articles)))]), cell(key, number, articles)]
    return cells


def final(index: TrendIndex, batches: Iterable[list[Cell]]) -> dict[Window, Trend]:
    """Return the last word on every window; a newer word never knows less."""
    said: dict[Window, Trend] = {}
    for batch in batches:
        for at, trend in index.add(batch)[0]:
            window = (trend.key, trend.end)
            assert at == trend.end - 1
            assert window not in said or said[window].version < trend.version
            said[window] = trend
    return said


def counted(cells: Iterable[Cell], least: int) -> dict[Window, tuple[int, int, float]]:
    """Count every window by looking at all cells: articles, outlets, score."""
    full: dict[tuple[Key, int], Cell] = {}
    for one in cells:
        full[one.key, one.start] = max(one, full.get((one.key, one.start), one), key=lambda one: len(one.articles))
    found = {}
    for key in KEYS:
        for end in range(0, 400 * CELL, PERIOD):
            inside = [
                pair
                for (k, start), one in full.items()
                if k == key and end - SIZE <= start < end
                for pair in one.articles
            ]
            before = [
                pair
                for (k, start), one in full.items()
                if k == key and end - SIZE - DAY <= start < end - SIZE
                for pair in one.articles
            ]
            if len(inside) >= least:
                outlets = {outlet for _, outlet in inside}
                found[key, end] = (len(inside), len(outlets), surprise(len(inside), len(before), DAY // SIZE))
    return found


@given(panes(), st.integers(1, 5), st.randoms(use_true_random=False))
def test_the_last_word_on_every_window_is_the_same_however_the_cells_arrive(
    cells: list[Cell], size: int, random: Random
) -> None:
    expected = final(TrendIndex(SIZE, PERIOD, CELL), [cells])
    random.shuffle(cells)
    batches = [cells[start : start + size] for start in range(0, len(cells), size)]
    assert final(TrendIndex(SIZE, PERIOD, CELL), batches) == expected


@given(panes())
def test_windows_hold_what_a_plain_count_finds(cells: list[Cell]) -> None:
    trends = final(TrendIndex(SIZE, PERIOD, CELL, least=2), [cells])
    found = {window: (len(one.articles), one.outlets, one.score) for window, one in trends.items()}
    assert found == counted(cells, least=2)


@given(panes(), panes())
def test_an_index_read_back_goes_on_like_the_one_that_never_stopped(before: list[Cell], after: list[Cell]) -> None:
    running, restarted = TrendIndex(), TrendIndex()
    _, kept = running.add(before)
    restarted.load(kept)
    assert restarted.add(after)[0] == running.add(after)[0]


@given(panes(), st.integers(0, 160), panes())
def test_forgetting_changes_no_window_that_may_still_be_counted(
    before: list[Cell], now: int, after: list[Cell]
) -> None:
    forgetful, patient = TrendIndex(lateness=6 * CELL), TrendIndex(lateness=6 * CELL)
    forgetful.add(before)
    patient.add(before)
    stay = forgetful.expire(now * CELL)
    assert all(one.start >= now * CELL - DAY - 60 * MINUTE - 6 * CELL for one in stay)
    on_time = [one for one in after if one.start >= (now - 6) * CELL]
    assert final(forgetful, [on_time]) == final(patient, [on_time])


def test_two_articles_are_no_trend_and_a_late_cell_tells_all_its_windows_again() -> None:
    index = TrendIndex(SIZE, PERIOD, CELL)
    assert index.add([cell(KEYS[0], 6, [1, 3])])[0] == []
    trends = [trend for _, trend in index.add([cell(KEYS[0], 5, [2])])[0]]
    assert [trend.end // PERIOD for trend in trends] == [4, 5]
    assert {trend.articles for trend in trends} == {("a1", "a2", "a3")}
    assert index.add([cell(KEYS[0], 5, [2])])[0] == [], "the same cell again changes nothing"


def test_an_article_told_twice_in_a_window_counts_once() -> None:
    cells = [cell(KEYS[0], 1, [1, 2]), cell(KEYS[0], 2, [2, 3])]
    trends = final(TrendIndex(SIZE, PERIOD, CELL), [cells])
    assert trends[KEYS[0], 3 * PERIOD].articles == ("a1", "a2", "a3")


@pytest.mark.parametrize(("size", "windows"), [(10, 144), (60, 24), (1440, 1)])
def test_the_day_before_is_cut_into_windows_of_the_same_size(size: int, windows: int) -> None:
    index = TrendIndex(size * MINUTE, CELL, CELL)
    _, trend = index.add([cell(KEYS[0], 0, [1, 2, 3])])[0][0]
    assert trend.baseline_windows == windows
