from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import Origin
from pipelines.core.duplicates.index import MOST_HOLDERS, DuplicateIndex, Key, LookUp, look_up
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.signature import keys, unpack
from tests.core.duplicates.made import signature

HOUR = 60 * 60 * 1000
HORIZON = 10 * HOUR


def ask(offset: int, url: int, text: int, hour: int, *near: int) -> LookUp:
    sighting = Sighting(hour * HOUR, f"{url:020x}", Origin("t", 0, offset), f"{text:020x}", "masdar")
    wanted: list[Key] = [("url", sighting.article_id), ("content", sighting.content_id)]
    return LookUp(sighting, (*wanted, *(("near", key) for key in near)))


questions = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 40), st.integers(0, 2)),
    max_size=20,
)


def asked(raw: list[tuple[int, int, int, int]], start: int = 0) -> list[LookUp]:
    return [ask(start + offset, *one) for offset, one in enumerate(raw)]


@given(questions.map(asked), questions.map(lambda raw: asked(raw, 50)))
def test_an_index_read_back_from_what_it_kept_answers_like_the_one_that_never_stopped(
    before: list[LookUp], after: list[LookUp]
) -> None:
    running, restarted = DuplicateIndex(HORIZON), DuplicateIndex(HORIZON)
    _, kept = running.add(before)
    restarted.load(kept)
    assert restarted.add(after) == running.add(after)


@given(questions.map(asked), st.integers(0, 40), questions.map(lambda raw: asked(raw, 50)))
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


@given(questions.map(asked), st.integers(0, 40))
def test_what_stays_is_all_that_a_restart_needs(before: list[LookUp], hour: int) -> None:
    running, restarted = DuplicateIndex(HORIZON), DuplicateIndex(HORIZON)
    running.add(before)
    stay = running.expire(hour * HOUR)
    assert len({one.sighting.origin for one in stay}) == len(stay)
    restarted.load(stay)
    probes = [ask(100 + url, url, url, hour, url) for url in range(3)]
    assert [set(answer.earlier) for _, answer in restarted.add(probes)[0]] == [
        set(answer.earlier) for _, answer in running.add(probes)[0]
    ]


def test_repeats_cost_no_memory() -> None:
    index = DuplicateIndex(HORIZON)
    kept = [index.add([ask(offset, 1, 1, 1, 7, 8)])[1] for offset in range(50)]
    assert [len(one) for one in kept] == [1] + [0] * 49


def test_answers_name_the_earliest_first() -> None:
    index = DuplicateIndex(HORIZON)
    answers, _ = index.add([ask(2, 1, 3, 3), ask(1, 1, 2, 2), ask(0, 1, 1, 1)])
    assert [[one.origin.offset for _, one in answer.earlier] for _, answer in answers] == [[], [0], [0, 1]]


def test_no_more_are_listed_under_a_phrase_of_the_trade_until_some_are_forgotten() -> None:
    index = DuplicateIndex(HORIZON)
    index.add([ask(number, 100 + number, 100 + number, 0, 7) for number in range(MOST_HOLDERS + 5)])
    [(_, answer)], kept = index.add([ask(999, 999, 999, 1, 7)])
    assert len(answer.earlier) == MOST_HOLDERS
    assert kept[0].keys == (("url", f"{999:020x}"), ("content", f"{999:020x}"))
    [(_, answer)], kept = index.add([ask(1000, 1000, 1000, 11, 7)])
    assert not answer.earlier
    assert ("near", 7) in kept[0].keys


@given(st.lists(st.integers(0, 999), max_size=60))
def test_an_article_is_looked_up_by_its_url_its_content_and_each_key(words: list[int]) -> None:
    sighting = Sighting(0, f"{1:020x}", Origin("t", 0, 0), f"{2:020x}", "masdar", signature=signature(words))
    near = [("near", key) for key in keys(unpack(sighting.signature))]
    asked = look_up(sighting)
    assert asked.sighting == sighting
    assert asked.keys == (("url", sighting.article_id), ("content", sighting.content_id), *near)


def test_an_article_without_a_signature_is_looked_up_by_its_url_and_content_alone() -> None:
    sighting = Sighting(0, f"{1:020x}", Origin("t", 0, 0), f"{2:020x}", "masdar")
    assert look_up(sighting).keys == (("url", sighting.article_id), ("content", sighting.content_id))
