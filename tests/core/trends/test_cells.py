from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.trends.cells import Cells
from pipelines.core.trends.trend import Cell, Key
from pipelines.core.units import MINUTE

KEYS: tuple[Key, ...] = (("entity", "Q3579"), ("entity", "n0f"), ("event_type", "ASSAULT"))
NAMES = ("طرابلس", "طرابلس الغرب", "", "two\nlines and\ta tab")

cells = st.builds(
    Cell,
    st.sampled_from(KEYS),
    st.sampled_from(NAMES),
    st.sampled_from(("LOC", "EVENT")),
    st.integers(-6, 6).map(lambda number: number * 10 * MINUTE),
    st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from(("one", "two")))).map(
        lambda some: tuple(sorted(some))
    ),
)
starts = st.integers(-80, 80).map(lambda minutes: minutes * MINUTE)


@given(st.lists(cells), starts, starts, starts)
def test_what_is_put_there_is_there_until_it_is_forgotten(put: list[Cell], gone: int, first: int, end: int) -> None:
    held, expected = Cells(), {}
    for cell in put:
        held.put(cell)
        expected[cell.key, cell.start] = cell
    assert sorted(held, key=_place) == sorted(expected.values(), key=_place)

    held.forget(gone)
    stay = {place: cell for place, cell in expected.items() if cell.start >= gone}
    assert sorted(held, key=_place) == sorted(stay.values(), key=_place)
    assert held.things == {key for key, _ in stay}
    for key in KEYS:
        own = sorted((cell for cell in stay.values() if cell.key == key), key=_place)
        asked = [cell for cell in own if first <= cell.start < end]
        assert held.between(key, first, end) == asked
        articles = sum(len(cell.articles) or 1 for cell in asked)
        assert held.between(key, first, end, least=articles) == asked
        assert held.between(key, first, end, least=articles + 1) == []
        assert held.last(key) == (own[-1].start if own else None)
        assert held.at(key, first) == stay.get((key, first))


def test_a_cell_without_articles_is_one_all_the_same() -> None:
    held, clock = Cells(), Cell(("clock", "0"), "", "", 0, ())
    held.put(clock)
    assert list(held) == [clock]


def _place(cell: Cell) -> tuple[Key, int]:
    return cell.key, cell.start
