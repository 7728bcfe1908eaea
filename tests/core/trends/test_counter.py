"""Trends counted in one place: whatever the batches, wherever it stops and goes on, it says the same."""

from collections.abc import Iterable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.trends.count import Counted
from pipelines.core.trends.counter import CELL, Heard, Standing, Tick, TrendCounter, make_cell, pack_cells
from pipelines.core.trends.echo import Echoed, Spoken, speak
from pipelines.core.trends.trend import Cell, Key, Trend
from pipelines.core.units import DAY, MINUTE

HOUR = 60 * MINUTE
HORIZON, SIZE = 72 * HOUR, 30 * MINUTE
THING: Key = ("entity", "Q3579")

Day = tuple[Key, int]
Told = list[tuple[int, Trend]]


def counter(lateness: int | None = 2 * HOUR) -> TrendCounter:
    """Return a counter that has heard a day of news, of another thing."""
    made = TrendCounter(HORIZON, SIZE, CELL, lateness)
    other = Counted("a0", "paper", "other", "LOC")
    cells = tuple(make_cell(("entity", "other"), -hour * HOUR, [other]) for hour in range(1, 32, 5))
    made.load([Standing(0, -(2**63), packed=pack_cells(cells))])
    return made


def spoken(article: int, minute: float, *things: str) -> Spoken:
    name = f"a{article}"
    counted = tuple(
        (("entity", one), Counted(name, f"paper {article % 3}", one, "LOC")) for one in things or ("Q3579",)
    )
    return speak(int(minute * MINUTE), name, counted)


def echoed(article: int, minute: float, root: int) -> Echoed:
    return Echoed(int(minute * MINUTE), f"a{article}", f"paper {article % 3}", f"a{root}")


def tick(minute: float | None) -> Tick:
    return Tick(None if minute is None else int(minute * MINUTE))


minutes = st.one_of(st.integers(0, 60), st.integers(0, 60), st.sampled_from([150, 1500, 3000]))
words = st.one_of(
    st.builds(lambda n, at, things: spoken(n, at, *things), st.integers(0, 30), minutes, st.sampled_from(["x", "xy"])),
    st.builds(echoed, st.integers(31, 60), minutes, st.integers(0, 30)),
)
batches = st.lists(st.tuples(st.lists(words, max_size=20), st.one_of(st.none(), minutes)), min_size=1, max_size=5)


def with_ticks(raw: Iterable[tuple[list[Spoken | Echoed], int | None]]) -> list[list[Heard]]:
    return [[*some, tick(at)] for some, at in raw]


def told(index: TrendCounter, some: Iterable[Sequence[Heard]]) -> list[Told]:
    return [index.add(batch)[0] for batch in some]


def final(said: Iterable[Told]) -> dict[Day, Trend]:
    """Return the last word on every day of a thing, where it is not taken back; a newer word knows more."""
    last: dict[Day, Trend] = {}
    for batch in said:
        for at, trend in batch:
            day = (trend.key, trend.day)
            assert at == trend.ended - 1
            assert day not in last or last[day].version < trend.version
            last[day] = trend
    return {day: trend for day, trend in last.items() if not trend.retracted}


@given(batches, st.one_of(st.none(), st.just(2 * HOUR)), st.integers(0, 5))
def test_loaded_batch_by_batch_it_goes_on_as_if_it_had_never_stopped(
    raw: list[tuple[list[Spoken | Echoed], int | None]], lateness: int | None, stop: int
) -> None:
    some = with_ticks(raw)
    index, again = counter(lateness), counter(lateness)
    for batch in some[:stop]:
        again.load(index.add(batch)[1])
    assert told(index, some[stop:]) == told(again, some[stop:])


@given(batches, st.one_of(st.none(), st.just(2 * HOUR)), st.integers(0, 5), st.one_of(st.just(0), minutes))
def test_loaded_with_what_was_left_of_it_it_goes_on_as_if_it_had_never_stopped(
    raw: list[tuple[list[Spoken | Echoed], int | None]], lateness: int | None, stop: int, before: int
) -> None:
    some = with_ticks(raw)
    index, again = counter(lateness), counter(lateness)
    told(index, some[:stop])
    again.load(index.expire(before * MINUTE))
    assert told(index, some[stop:]) == told(again, some[stop:])


@given(batches, st.data())
def test_where_nothing_is_too_late_the_last_word_is_that_of_one_batch_however_it_was_cut(
    raw: list[tuple[list[Spoken | Echoed], int | None]], data: st.DataObject
) -> None:
    everything = [word for some, _ in raw for word in some]
    bounded = final(told(counter(None), [[*everything, tick(None)]]))
    assert final(told(counter(None), [*with_ticks(raw), [tick(None)]])) == bounded
    shuffled = data.draw(st.permutations(everything))
    assert final(told(counter(None), [[*shuffled, tick(None)]])) == bounded


@given(batches, st.lists(minutes, max_size=5), st.one_of(st.none(), st.just(2 * HOUR)))
def test_whatever_it_forgets_it_never_says_less_of_a_window_than_it_said_before(
    raw: list[tuple[list[Spoken | Echoed], int | None]], expiries: list[int], lateness: int | None
) -> None:
    index, said = counter(lateness), list[Told]()
    some: list[list[Heard]] = [*with_ticks(raw), [tick(None)]]
    for number, batch in enumerate(some):
        said += told(index, [batch])
        if number < len(expiries):
            index.expire(expiries[number] * MINUTE)
    final(said)


def ends(said: Told) -> list[tuple[float, int]]:
    """Return when the peaks of trends end, and of how many articles they are."""
    return [(trend.end / MINUTE, len(trend.articles)) for _, trend in said]


def test_a_window_is_told_when_time_has_passed_its_cells_and_again_with_what_comes_late() -> None:
    index = counter()
    assert ends(index.add([spoken(1, 1), spoken(2, 2), spoken(3, 3), tick(9)])[0]) == []
    assert ends(index.add([tick(10)])[0]) == [(30, 3)]
    assert ends(index.add([spoken(4, 5), tick(11)])[0]) == [(30, 4)]
    assert ends(index.add([spoken(4, 5), tick(11)])[0]) == [], "an article counts once"
    assert ends(index.add([tick(500)])[0]) == []


def test_what_is_too_late_is_not_counted_and_is_not_counted_after_a_restart_either() -> None:
    index, again = counter(2 * HOUR), counter(2 * HOUR)
    index.add([spoken(1, 1), spoken(2, 2), spoken(3, 3), tick(129)])
    assert ends(index.add([spoken(4, 4), tick(130)])[0]) == [(30, 4)], "120 minutes behind its cell"
    assert index.add([spoken(5, 5), tick(131)])[0] == []
    again.load(index.expire(131 * MINUTE))
    assert ends(again.add([spoken(6, 21), tick(140)])[0]) == [(30, 5)]


def test_when_the_input_has_ended_all_is_told_and_more_input_adds_to_it() -> None:
    index = counter(None)
    first = [spoken(1, 1), spoken(2, 2), spoken(3, 3)]
    assert ends(index.add([*first, tick(None)])[0]) == [(30, 3)]
    again = counter(None)
    again.load(index.expire(0))
    assert ends(again.add([spoken(4, 1), tick(None)])[0]) == [(30, 4)]


def test_a_copy_counts_for_what_its_original_speaks_of_whichever_comes_first() -> None:
    forth = counter().add([spoken(1, 1), echoed(2, 2, 1), echoed(3, 3, 1), tick(10)])[0]
    back = counter()
    back.add([echoed(2, 2, 1), echoed(3, 3, 1), tick(5)])
    assert back.add([spoken(1, 1), tick(10)])[0] == forth != []


def standing(heard: list[Heard]) -> list[Standing]:
    return [one for one in heard if isinstance(one, Standing)]


def cells_of(stay: list[Standing]) -> list[Cell]:
    return [cell for one in stay for cell in one.cells]


def test_what_no_window_looks_back_on_is_let_go() -> None:
    index = counter()
    for hour in range(24 * 30):
        index.add([spoken(hour, 60 * hour), tick(60 * hour + 30)])
        if hour % 6 == 0:
            index.expire(60 * hour * MINUTE)
    stay = standing(index.expire(24 * 30 * HOUR))
    assert len([word for one in stay for word in one.words]) <= 72
    assert len(cells_of(stay)) <= 24 + 24 + 6 + 3
    assert not any(one.open for one in stay)
    assert index.expire(90 * DAY) == [Standing(stay[0].now, 90 * DAY - 2 * HOUR)]


def test_what_waits_for_a_tick_waits_with_what_it_looks_back_on() -> None:
    index = counter()
    index.add([spoken(1, 1), spoken(2, 2), tick(10)])
    index.add([spoken(3, 21), tick(11)])
    stay = standing(index.expire(90 * DAY))
    assert [len(cell.articles) for cell in cells_of(stay) if cell.key == THING] == [2]
    assert ends(index.add([tick(30)])[0]) == [(30, 3)]


def test_news_of_before_1970_is_counted_too() -> None:
    assert ends(counter(None).add([spoken(1, -5), spoken(2, -5), spoken(3, -5), tick(None)])[0]) != []


def test_a_cell_has_the_articles_that_it_had_and_one_name() -> None:
    first = make_cell(THING, 0, [Counted("a1", "p", "طرابلس", "LOC")])
    second = make_cell(THING, 0, [Counted("a2", "p", "بنغازي", "LOC"), Counted("a1", "p", "طرابلس", "LOC")], first)
    assert second.articles == (("a1", "p"), ("a2", "p"))
    assert second.name == "بنغازي"
