"""What a run counts of its batches."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from connectors.message import Delivery, Message
from pipelines.batches.progress import Progress
from pipelines.core.histogram import Histogram

NOW = 1_000_000.0


def article(offset: int, published_s: float | None, outcome: str = "article") -> Delivery:
    at = None if published_s is None else int(published_s * 1000)
    line = Delivery("ledger", b"", b"", at)
    return Delivery("article", b"", b"", at, line=line, outcome=outcome, place=("t", 0, offset, "id"))


def message(offset: int, arrived_s: float | None) -> Message:
    return Message(b"", "t", 0, offset, timestamp=None if arrived_s is None else int(arrived_s * 1000), origin_id="id")


def test_latency_is_from_each_messages_own_arrival_and_publication() -> None:
    progress = Progress()
    progress.add([message(0, NOW - 2), message(1, NOW - 20)], [article(1, NOW - 4000), article(0, NOW - 100)], NOW)
    assert progress.from_arrival.total == 22
    assert progress.from_publication.total == 4100
    assert progress.written == {"article": 2}


def test_what_has_no_time_is_left_out_and_what_comes_from_the_future_is_now() -> None:
    progress = Progress()
    progress.add([message(0, None), message(1, NOW + 5)], [article(0, None), article(1, NOW + 60)], NOW)
    assert (sum(progress.from_arrival.counts), progress.from_arrival.total) == (1, 0)
    assert (sum(progress.from_publication.counts), progress.from_publication.total) == (1, 0)


def test_a_record_without_a_line_of_its_own_is_counted_and_has_no_latency() -> None:
    progress = Progress()
    progress.add([], [Delivery("event", b"", b"", 5), Delivery("trend", b"", b"", 5)], NOW)
    assert progress.written == {"event": 1, "trend": 1}
    assert sum(progress.from_publication.counts) == 0


@given(st.lists(st.floats(0, 20)), st.lists(st.integers(1, 15), min_size=1, unique=True).map(sorted))
def test_a_histogram_counts_each_value_once_under_the_first_bound_that_is_not_below_it(
    values: list[float], bounds: list[int]
) -> None:
    histogram = Histogram(tuple(bounds))
    for value in values:
        histogram.add(value)
    expected = Counter(next((at for at, bound in enumerate(bounds) if value <= bound), len(bounds)) for value in values)
    assert histogram.counts == [expected[at] for at in range(len(bounds) + 1)]
