"""All of deduplication as one index: it may stop anywhere and go on, and nobody can tell."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.arrival import Kept, Signed
from pipelines.core.article import Article, Origin
from pipelines.core.duplicates.deduplicator import Deduplicator, Judged
from pipelines.core.duplicates.index import LookUp
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.ids import digest
from tests.core.duplicates.made import signature

HOUR = 3_600_000
HORIZON = 20 * HOUR

Judgement = tuple[int, Judged]

chance = st.randoms(use_true_random=False)
printed = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.lists(st.integers(0, 4), min_size=1, max_size=3, unique=True),
        st.integers(0, 2),
        st.integers(0, 40),
    ),
    max_size=14,
)


def make(offset: int, url: int, paragraphs: Sequence[int], edits: int, hour: int) -> Signed:
    """Return an article that puts together paragraphs of 20 word sequences, with a few of its own."""
    words = {20 * one + word for one in paragraphs for word in range(20)} | {
        500 + 10 * url + one for one in range(edits)
    }
    article_id, content_id = digest("url", str(url)), digest("text", str(sorted(words)))
    at = hour * HOUR
    article = Article(article_id, content_id, "s", "t", "b", datetime.fromtimestamp(at / 1000, UTC), "UTC", "ar")
    origin = Origin("t", offset % 2, offset)
    return Signed(article, Sighting(at, article_id, origin, content_id, "s", signature=signature(words)))


def make_all(raw: Iterable[tuple[int, list[int], int, int]]) -> list[Signed]:
    return [make(offset, *one) for offset, one in enumerate(raw)]


def judge(index: Deduplicator, batches: Iterable[Sequence[Signed]]) -> list[list[Judgement]]:
    return [index.add(batch)[0] for batch in batches]


@given(printed, chance)
def test_a_batch_is_judged_alike_in_whatever_order_it_came(
    raw: list[tuple[int, list[int], int, int]], random: Random
) -> None:
    batch = make_all(raw)
    shuffled = random.sample(batch, len(batch))
    assert judge(Deduplicator(HORIZON), [batch]) == judge(Deduplicator(HORIZON), [shuffled])


@given(st.lists(printed, min_size=1, max_size=4), st.data())
def test_loaded_with_what_was_to_be_kept_it_goes_on_as_if_it_had_never_stopped(
    raw: list[list[tuple[int, list[int], int, int]]], data: st.DataObject
) -> None:
    news = iter(make_all(one for batch in raw for one in batch))
    batches = [[next(news) for _ in batch] for batch in raw]
    stop = data.draw(st.integers(0, len(batches)))
    index, again = Deduplicator(HORIZON), Deduplicator(HORIZON)
    for batch in batches[:stop]:
        again.load(index.add(batch)[1])
    assert judge(index, batches[stop:]) == judge(again, batches[stop:])


@given(st.lists(printed, min_size=2, max_size=4), st.integers(0, 45), st.data())
def test_loaded_with_what_was_left_of_it_it_goes_on_as_if_it_had_never_stopped(
    raw: list[list[tuple[int, list[int], int, int]]], hour: int, data: st.DataObject
) -> None:
    news = iter(make_all(one for batch in raw for one in batch))
    batches = [[next(news) for _ in batch] for batch in raw]
    stop = data.draw(st.integers(1, len(batches)))
    index, again = Deduplicator(HORIZON), Deduplicator(HORIZON)
    judge(index, batches[:stop])
    again.load(index.expire(hour * HOUR))
    assert judge(index, batches[stop:]) == judge(again, batches[stop:])
    assert left(index) == left(again)


def test_who_had_a_text_first_is_still_known_when_the_rest_is_forgotten() -> None:
    before = [make(0, 0, [0], 0, 0), make(1, 0, [0, 1, 4], 0, 0), make(2, 1, [4, 0, 1], 0, 1), make(3, 1, [0], 0, 0)]
    index, again = Deduplicator(HORIZON), Deduplicator(HORIZON)
    judge(index, [before])
    again.load(index.expire(0))
    later = [make(4, 0, [0], 0, 0), make(5, 2, [0, 1, 4], 0, 0)]
    assert judge(index, [later]) == judge(again, [later])


def left(index: Deduplicator) -> set[object]:
    """Return what is remembered; the order of an article's keys means nothing."""
    stay = index.expire(50 * HOUR)
    return {(one.sighting, frozenset(one.keys)) if isinstance(one, LookUp) else one for one in stay}


@given(printed, printed, st.integers(0, 40))
def test_forgetting_what_is_older_than_the_horizon_changes_nothing_for_what_is_newer(
    before: list[tuple[int, list[int], int, int]], after: list[tuple[int, list[int], int, int]], hour: int
) -> None:
    index, forgetful = Deduplicator(HORIZON), Deduplicator(HORIZON)
    news = make_all([*before, *((url, text, edits, hour + later) for url, text, edits, later in after)])
    judge(index, [news[: len(before)]])
    judge(forgetful, [news[: len(before)]])
    forgetful.expire(hour * HOUR)
    newer = news[len(before) :]
    kept, still = judge(index, [newer])[0], judge(forgetful, [newer])[0]
    assert [one for one in kept if isinstance(one[1], Kept)] == [one for one in still if isinstance(one[1], Kept)]
    assert [one.origin for _, one in kept] == [one.origin for _, one in still]


def test_what_is_older_than_the_horizon_is_not_kept() -> None:
    index = Deduplicator(HORIZON)
    judge(index, [[make(0, 0, [0], 0, 0), make(1, 1, [0], 1, 1), make(2, 2, [1], 0, 30)]])
    assert len(index.expire(22 * HOUR)) == 1
    assert index.expire(90 * HOUR) == []
