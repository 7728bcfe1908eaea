from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import Origin
from pipelines.core.duplicates.index import QUESTIONS, DuplicateIndex, LookUp, Question
from pipelines.core.duplicates.sighting import Sighting

HOUR = 60 * 60 * 1000
HORIZON = 10 * HOUR


def ask(offset: int, url: int, text: int, hour: int, question: Question = "url") -> LookUp:
    return LookUp(question, Sighting(hour * HOUR, f"{url:020x}", Origin("t", 0, offset), f"{text:020x}", "masdar"))


questions = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 40), st.sampled_from(QUESTIONS)),
    max_size=20,
).map(lambda raw: [ask(offset, *one) for offset, one in enumerate(raw)])


@given(questions, questions)
def test_an_index_read_back_from_what_it_kept_answers_like_the_one_that_never_stopped(
    before: list[LookUp], after: list[LookUp]
) -> None:
    running, restarted = DuplicateIndex(HORIZON), DuplicateIndex(HORIZON)
    _, kept = running.add(before)
    restarted.load(kept)
    assert restarted.add(after) == running.add(after)


@given(questions, st.integers(0, 40), questions)
def test_forgetting_changes_no_answer_for_what_is_published_from_then_on(
    before: list[LookUp], hour: int, after: list[LookUp]
) -> None:
    forgetful, patient = DuplicateIndex(HORIZON), DuplicateIndex(HORIZON)
    forgetful.add(before)
    patient.add(before)
    stay = forgetful.expire(hour * HOUR)
    assert all(one.sighting.published >= hour * HOUR - HORIZON for one in stay)
    later = [one for one in after if one.sighting.published >= hour * HOUR]
    assert forgetful.add(later) == patient.add(later)


@given(questions, st.integers(0, 40))
def test_what_stays_is_all_that_a_restart_needs(before: list[LookUp], hour: int) -> None:
    running, restarted = DuplicateIndex(HORIZON), DuplicateIndex(HORIZON)
    running.add(before)
    restarted.load(running.expire(hour * HOUR))
    probes = [ask(100 + url, url, url, hour) for url in range(3)]
    assert restarted.add(probes) == running.add(probes)


def test_repeats_cost_no_memory() -> None:
    index = DuplicateIndex(HORIZON)
    kept = [index.add([ask(offset, 1, 1, 1), ask(offset, 1, 1, 1, "content")])[1] for offset in range(50)]
    assert [len(one) for one in kept] == [2] + [0] * 49


def test_answers_name_the_earliest_first() -> None:
    index = DuplicateIndex(HORIZON)
    answers, _ = index.add([ask(2, 1, 3, 3), ask(1, 1, 2, 2), ask(0, 1, 1, 1)])
    assert [[one.origin.offset for one in answer.earlier] for _, answer in answers] == [[], [0], [0, 1]]
