from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import Origin
from pipelines.core.ledger import Done, Line, LinesRead, Place, done_with, rebuild_from

HOUR = 60 * 60 * 1000
HORIZON = 72 * HOUR

offsets = st.sets(st.integers(0, 30))


def at(offset: int, partition: int = 0) -> Origin:
    return Origin("t", partition, offset)


def line(offset: int, hour: float | None, partition: int = 0) -> Line:
    return Line(at(offset, partition), None if hour is None else int(hour * HOUR))


def missing(done: Done, first: int, stop: int, partition: int = 0) -> list[int]:
    return [offset for start, end in done.missing(("t", partition, ""), first, stop) for offset in range(start, end)]


@given(offsets, offsets)
def test_done_is_what_has_a_line_and_nothing_else(zero: set[int], one: set[int]) -> None:
    done = done_with([at(offset) for offset in zero] + [at(offset, 1) for offset in one])
    for offset in range(-1, 32):
        assert (at(offset) in done) == (offset in zero)
        assert (at(offset, 1) in done) == (offset in one)
    assert Origin("other", 0, 0) not in done


@given(offsets, st.integers(0, 35), st.integers(0, 35))
def test_missing_is_what_is_not_done(seen: set[int], first: int, stop: int) -> None:
    done = done_with(map(at, seen))
    assert missing(done, first, stop) == [offset for offset in range(first, stop) if offset not in seen]
    stretches = list(done.missing(("t", 0, ""), first, stop))
    assert all(start < end for start, end in stretches)
    assert all(before[1] < after[0] for before, after in pairwise(stretches))


@given(st.lists(st.integers(0, 30)), st.randoms(use_true_random=False))
def test_what_is_done_is_the_same_however_the_lines_are_read(seen: list[int], random: object) -> None:
    forth, back = done_with(map(at, seen)), done_with(map(at, reversed(seen)))
    assert forth == back
    assert (not forth.stretches) == (not seen)
    assert forth != done_with([at(99), *map(at, seen)])


def test_a_topic_made_anew_under_its_name_has_nothing_done() -> None:
    done = done_with([Origin("t", 0, 5, "first")])
    assert Origin("t", 0, 5, "first") in done
    assert Origin("t", 0, 5, "second") not in done
    assert list(done.missing(("t", 0, "second"), 0, 9)) == [(0, 9)]


def test_a_line_that_names_no_topic_id_is_believed() -> None:
    done = done_with([at(5), Origin("t", 0, 6, "first")])
    assert Origin("t", 0, 5, "first") in done
    assert list(done.missing(("t", 0, "first"), 0, 9)) == [(0, 5), (7, 9)]


def test_what_is_remembered_of_a_long_ledger_is_what_the_horizon_needs() -> None:
    read = LinesRead(HORIZON)
    for offset in range(100_000):
        read.add(line(offset, offset / 100))
    assert len(read.recent) < 50_000
    assert read.done.stretches == {("t", 0, ""): [(0, 100_000)]}
    assert rebuild_from(read, {}) == {("t", 0, ""): 99_499 - 7_200}


def begins(*lines: Line, firsts: dict[Place, int] | None = None) -> dict[int, int]:
    read = LinesRead(HORIZON)
    for one in lines:
        read.add(one)
    found = rebuild_from(read, firsts or {("t", 0, ""): 0, ("t", 1, ""): 0})
    return {partition: offset for (_, partition, _), offset in found.items()}


def test_nothing_is_rebuilt_where_no_line_is() -> None:
    assert begins() == {}


def test_reading_begins_at_what_the_horizon_remembers_in_each_partition() -> None:
    lines = [line(offset, 10 * offset) for offset in range(21)] + [line(offset, 40 * offset, 1) for offset in range(6)]
    assert begins(*lines) == {0: 3, 1: 1}  # the median of all is hour 100: 28 and later count


def test_one_article_from_the_future_does_not_hide_a_week() -> None:
    lines = [line(offset, offset) for offset in range(9)]
    assert begins(*lines, line(9, 24 * 365 * 100)) == {0: 0}


def test_an_old_article_among_the_new_ones_does_not_begin_it_all_again() -> None:
    lines = [line(offset, 1000 + offset) for offset in range(2000)]
    lines[1990] = line(1990, 1)
    median = 1000 + 1498  # of the last thousand, of which one is out of place
    assert begins(*lines) == {0: median - 1000 - 72}


def test_a_partition_where_all_is_old_or_refused_goes_on_after_its_last_line() -> None:
    lines = [line(offset, 1000) for offset in range(9)]
    assert begins(*lines, line(0, 1, 1), line(1, 2, 1)) == {0: 0, 1: 2}
    assert begins(*lines, line(0, None, 1), line(1, None, 1)) == {0: 0, 1: 2}


def test_what_a_crash_left_without_a_line_is_read_with_the_horizon_before_it() -> None:
    lines = [line(offset, 10 * offset) for offset in range(100)]
    whole = begins(*lines)
    assert whole == {0: 49 - 7}
    assert begins(*(one for one in lines if one.origin.offset != 20)) == {0: 21 - 7}
    assert begins(*(one for one in lines if one.origin.offset != 0)) == {0: 0}


def test_what_kafka_keeps_no_longer_is_not_missing() -> None:
    lines = [line(offset, 10 * offset) for offset in range(50, 150)]
    assert begins(*lines, firsts={("t", 0, ""): 50}) == {0: 99 - 7}
    assert begins(*lines, firsts={("t", 0, ""): 70}) == {0: 99 - 7}
    assert begins(*lines, firsts={("other", 0, ""): 0}) == {0: 99 - 7}, (
        "nothing is known of what came before the first line"
    )


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 1), st.integers(0, 20)), st.one_of(st.none(), st.integers(0, 300)), max_size=30
    )
)
def test_nothing_missing_and_nothing_the_horizon_needs_lies_before_the_beginning(
    seen: dict[tuple[int, int], int | None],
) -> None:
    lines = [line(offset, hour, partition) for (partition, offset), hour in seen.items()]
    done = done_with(one.origin for one in lines)
    for partition, begin in begins(*lines).items():
        assert missing(done, 0, begin, partition) == []
        newest = max((hour for hour in seen.values() if hour is not None), default=0)
        assert all(begin <= offset for (place, offset), hour in seen.items() if (place, hour) == (partition, newest))
