from collections.abc import Iterable, Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import Origin
from pipelines.core.duplicates.index import DuplicateIndex, look_up
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.verdict import Match, Verdict, judge
from pipelines.core.ids import digest
from tests.core.duplicates.made import in_batches, judge_all, signature

HOUR = 60 * 60 * 1000
HORIZON = 72 * HOUR

messages = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 20)), min_size=1, max_size=25
)  # url, text, hour


def sighting(offset: int, url: int, text: int, hour: int, words: Iterable[int] = ()) -> Sighting:
    signed = signature(words) if words else b""
    article_id, content_id = digest("url", str(url)), digest("text", str(text))
    return Sighting(hour * HOUR, article_id, Origin("t", offset % 3, offset), content_id, "masdar", signature=signed)


def sightings(raw: Iterable[tuple[int, int, int]]) -> list[Sighting]:
    return [sighting(offset, *message) for offset, message in enumerate(raw)]


def judged(*batches: Sequence[Sighting]) -> dict[Origin, Verdict]:
    return judge_all(batches, HORIZON)


def exact(original: Sighting, revision: int = 0) -> Verdict:
    return Verdict(revision, (Match(original, "exact", 1.0, 1.0),), is_dropped=True)


def judged_one_by_one(seen: Iterable[Sighting]) -> dict[Origin, Verdict]:
    """Judge by the words of the definition, with all that came before at hand."""
    verdicts: dict[Origin, Verdict] = {}
    before: list[Sighting] = []
    for one in sorted(seen, key=lambda one: one.order):
        same_text = [other for other in before if other.content_id == one.content_id]
        itself = [other for other in same_text if other.article_id == one.article_id]
        texts = {other.content_id for other in before if other.article_id == one.article_id} - {one.content_id}
        verdicts[one.origin] = exact((itself or same_text)[0], len(texts)) if same_text else Verdict(len(texts))
        before.append(one)
    return verdicts


@given(messages, st.randoms(use_true_random=False))
def test_a_bounded_batch_is_judged_as_if_read_one_by_one_whatever_its_order(
    raw: list[tuple[int, int, int]], random: Random
) -> None:
    seen = sightings(raw)
    expected = judged_one_by_one(seen)
    random.shuffle(seen)
    assert judged(seen) == expected


@given(messages, st.integers(1, 3))
def test_batches_in_the_order_of_publication_are_judged_like_one(raw: list[tuple[int, int, int]], size: int) -> None:
    seen = sorted(sightings(raw), key=lambda one: one.order)
    batches = [seen[start : start + size] for start in range(0, len(seen), size)]
    assert judged(*batches) == judged(seen)


@given(messages, st.randoms(use_true_random=False))
def test_however_a_stream_comes_no_text_loses_all_its_articles(raw: list[tuple[int, int, int]], random: Random) -> None:
    seen = sightings(raw)
    verdicts = judged(*in_batches(seen, random))
    kept = {one.content_id for one in seen if not verdicts[one.origin].is_dropped}
    assert kept == {one.content_id for one in seen}
    for one in seen:
        originals = [match.original for match in verdicts[one.origin].matches]
        assert all(found.content_id == one.content_id and found.origin != one.origin for found in originals)


def test_the_same_message_again_repeats_itself_and_not_the_first_to_print_the_text() -> None:
    first, copy, again = sighting(0, 1, 1, 0), sighting(1, 2, 1, 1), sighting(2, 2, 1, 2)
    verdicts = judged([first, copy, again])
    assert verdicts[copy.origin] == exact(first)
    assert verdicts[again.origin] == exact(copy)


def test_a_text_that_comes_back_after_a_correction_is_a_repeat_and_no_third_revision() -> None:
    first, corrected, back = sighting(0, 1, 1, 0), sighting(1, 1, 2, 1), sighting(2, 1, 1, 2)
    verdicts = judged([first, corrected, back])
    assert verdicts[corrected.origin] == Verdict(1)
    assert verdicts[corrected.origin].outcome == "revision"
    assert verdicts[back.origin] == exact(first, 1)
    assert verdicts[back.origin].outcome == "duplicate"


def test_what_lies_beyond_the_horizon_is_another_article() -> None:
    seen = [sighting(0, 1, 1, 0), sighting(1, 2, 1, 72), sighting(2, 3, 1, 145)]
    verdicts = judged(seen)
    assert [verdicts[one.origin].outcome for one in seen] == ["article", "duplicate", "article"]


def test_a_near_copy_is_dropped_and_a_report_that_holds_more_is_kept_and_linked() -> None:
    wire = sighting(0, 1, 1, 0, range(60))
    near, longer = sighting(1, 2, 2, 1, range(2, 62)), sighting(2, 3, 3, 2, range(200))
    shorter = sighting(3, 4, 4, 3, range(30))
    verdicts = judged([wire, near, longer, shorter])
    told = [[(match.kind, match.direction) for match in verdicts[one.origin].matches] for one in (near, longer)]
    assert told == [[("near", "copy_in_original")], [("contained", "original_in_copy")] * 2]
    dropped = [verdicts[one.origin].is_dropped for one in (wire, near, longer, shorter)]
    assert dropped == [False, True, False, True]


def test_a_correction_that_copies_another_paper_is_kept_as_a_revision() -> None:
    wire, first = sighting(0, 1, 1, 0, range(60)), sighting(1, 2, 2, 1, range(500, 560))
    corrected = sighting(2, 2, 3, 2, range(1, 61))
    verdict = judged([wire, first, corrected])[corrected.origin]
    assert (verdict.outcome, verdict.revision) == ("revision", 1)
    assert [match.original for match in verdict.matches] == [wire]


def test_one_that_comes_after_its_copy_though_published_before_is_kept_and_linked() -> None:
    early, late = sighting(0, 1, 1, 0, range(60)), sighting(1, 2, 2, 1, range(2, 62))
    verdicts = judged([late], [early])
    assert verdicts[late.origin] == Verdict(0)
    assert [match.original for match in verdicts[early.origin].matches] == [late]
    assert not verdicts[early.origin].is_dropped


def test_a_message_handed_over_twice_is_no_copy_of_itself() -> None:
    one = sighting(0, 1, 1, 0, range(60))
    answers, _ = DuplicateIndex(HORIZON).add([look_up(one)] * 2)
    assert [judge(answer) for _, answer in answers] == [Verdict(0)] * 2
