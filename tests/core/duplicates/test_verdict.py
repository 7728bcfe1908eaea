from collections.abc import Iterable, Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import Origin
from pipelines.core.duplicates.index import QUESTIONS, Answer, DuplicateIndex, LookUp
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.verdict import Verdict, judge
from pipelines.core.ids import digest
from pipelines.core.shards import shard_of

HOUR = 60 * 60 * 1000
HORIZON = 72 * HOUR

messages = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 20)), min_size=1, max_size=25
)  # url, text, hour
verdicts_of_streams = dict[Origin, Verdict]


def sighting(offset: int, url: int, text: int, hour: int) -> Sighting:
    return Sighting(
        hour * HOUR, digest("url", str(url)), Origin("t", offset % 3, offset), digest("text", str(text)), "masdar"
    )


def sightings(raw: Iterable[tuple[int, int, int]]) -> list[Sighting]:
    return [sighting(offset, *message) for offset, message in enumerate(raw)]


def judged(batches: Sequence[Sequence[Sighting]], shards: int, horizon: int = HORIZON) -> dict[Origin, Verdict]:
    """Judge as the pipeline does: questions go to shards, answers meet the article again."""
    indexes = [DuplicateIndex(horizon) for _ in range(shards)]
    answers: dict[Origin, list[Answer]] = {}
    for batch in batches:
        for shard, index in enumerate(indexes):
            asked = [LookUp(question, one) for one in batch for question in QUESTIONS]
            answered, _ = index.add([one for one in asked if shard_of(one.key, shards) == shard])
            for _, answer in answered:
                answers.setdefault(answer.sighting.origin, []).append(answer)
    return {one.origin: judge(one, answers[one.origin]) for batch in batches for one in batch}


def judged_one_by_one(seen: Iterable[Sighting]) -> dict[Origin, Verdict]:
    """Judge by the words of the definition, with all that came before at hand."""
    verdicts: dict[Origin, Verdict] = {}
    before: list[Sighting] = []
    for one in sorted(seen, key=lambda one: one.order):
        same_text = [other for other in before if other.content_id == one.content_id]
        itself = [other for other in same_text if other.article_id == one.article_id]
        texts = {other.content_id for other in before if other.article_id == one.article_id}
        if same_text:
            verdicts[one.origin] = Verdict("duplicate", 0, (itself or same_text)[0])
        else:
            verdicts[one.origin] = Verdict("revision" if texts else "article", len(texts))
        before.append(one)
    return verdicts


@given(messages, st.integers(1, 5), st.randoms(use_true_random=False))
def test_a_bounded_batch_is_judged_as_if_read_one_by_one_whatever_its_order_and_the_shards(
    raw: list[tuple[int, int, int]], shards: int, random: Random
) -> None:
    seen = sightings(raw)
    expected = judged_one_by_one(seen)
    random.shuffle(seen)
    assert judged([seen], shards) == expected


@given(messages, st.integers(1, 3))
def test_batches_in_the_order_of_publication_are_judged_like_one(raw: list[tuple[int, int, int]], size: int) -> None:
    seen = sorted(sightings(raw), key=lambda one: one.order)
    batches = [seen[start : start + size] for start in range(0, len(seen), size)]
    assert judged(batches, 4) == judged([seen], 4)


@given(messages, st.randoms(use_true_random=False))
def test_however_a_stream_reaches_the_shards_no_text_loses_all_its_articles(
    raw: list[tuple[int, int, int]], random: Random
) -> None:
    """On a stream two shards may meet two messages in opposite orders."""
    seen = sightings(raw)
    answers: dict[Origin, list[Answer]] = {one.origin: [] for one in seen}
    for question in QUESTIONS:
        random.shuffle(seen)
        index = DuplicateIndex(HORIZON)
        for one in seen:
            answers[one.origin] += [answer for _, answer in index.add([LookUp(question, one)])[0]]
    verdicts = {one.origin: judge(one, answers[one.origin]) for one in seen}

    kept = {one.content_id for one in seen if verdicts[one.origin].outcome != "duplicate"}
    assert kept == {one.content_id for one in seen}
    for one in seen:
        original = verdicts[one.origin].original
        assert original is None or (original.content_id == one.content_id and original.origin != one.origin)


def test_the_same_message_again_repeats_itself_and_not_the_first_to_print_the_text() -> None:
    first, copy, again = sighting(0, 1, 1, 0), sighting(1, 2, 1, 1), sighting(2, 2, 1, 2)
    verdicts = judged([[first, copy, again]], 4)
    assert verdicts[copy.origin] == Verdict("duplicate", 0, first)
    assert verdicts[again.origin] == Verdict("duplicate", 0, copy)


def test_a_text_that_comes_back_after_a_correction_is_a_repeat_and_no_third_revision() -> None:
    first, corrected, back = sighting(0, 1, 1, 0), sighting(1, 1, 2, 1), sighting(2, 1, 1, 2)
    verdicts = judged([[first, corrected, back]], 2)
    assert verdicts[corrected.origin] == Verdict("revision", 1)
    assert verdicts[back.origin] == Verdict("duplicate", 0, first)


def test_what_lies_beyond_the_horizon_is_another_article() -> None:
    seen = [sighting(0, 1, 1, 0), sighting(1, 2, 1, 72), sighting(2, 3, 1, 145)]
    verdicts = judged([seen], 3)
    assert [verdicts[one.origin].outcome for one in seen] == ["article", "duplicate", "article"]
