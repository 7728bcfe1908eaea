from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import Span
from pipelines.core.events.event import Event, Flags
from pipelines.core.events.merging import EventIndex, EventVersion
from pipelines.core.events.reports import Copied, Corrected, Observed, Report, follow, observe
from pipelines.core.units import HOUR

HORIZON = 72 * HOUR

Version = tuple[str, int]


def event(event_id: str, confidence: float = 0.5) -> Event:
    words = Span("title", 0, 5, "زلزال")
    return Event(event_id, "AID", None, (), (), None, None, Flags(), confidence, words, words)


def observed(article: str, hour: float, revision: int = 0, event_id: str = "e1") -> Observed:
    at = int(hour * HOUR)
    evidence = {"article_id": article, "revision": revision, "copy_of": None, "quote": f"{article}/{revision}"}
    return observe(at, article, revision, event(event_id), evidence)


def corrected(article: str, hour: float, revision: int = 1) -> Corrected:
    return Corrected(int(hour * HOUR), article, revision)


def copied(article: str, hour: float, original: str) -> Copied:
    return follow(int(hour * HOUR), article, original, {"article_id": article, "revision": 0})


@st.composite
def news(draw: st.DrawFn) -> list[Report]:
    """What a few articles report: each has revisions, each revision some of the events, and some are copied."""
    reports: list[Report] = []
    for article in draw(st.sets(st.sampled_from("abcd"), min_size=1)):
        hour = draw(st.integers(0, 8))
        for revision in range(draw(st.integers(1, 3))):
            at = hour + revision * draw(st.sampled_from([0.0, 0.25, 2]))
            about = draw(st.sets(st.sampled_from(["e1", "e2"])))
            reports += [observed(article, at, revision, event_id) for event_id in about]
            reports += [corrected(article, at, revision)] * bool(revision)
        copies = draw(st.integers(0, 2))
        reports += [copied(f"copy{n}of{article}", draw(st.integers(0, 12)), article) for n in range(copies)]
    return reports


def final(index: EventIndex, batches: Iterable[Sequence[Report]]) -> dict[Version, EventVersion]:
    """Return the last word on every event at the end of every hour."""
    said: dict[Version, EventVersion] = {}
    for batch in batches:
        for at, version in index.add(batch)[0]:
            key = (version.event.event_id, at // HOUR)
            assert at == version.published
            assert key not in said or said[key].version <= version.version, "a version never knows less"
            said[key] = version
    return said


def told(version: EventVersion) -> list[tuple[str, int, str | None]]:
    return [(one["article_id"], one["revision"], one["copy_of"]) for one in version.evidence]


def last(*reports: Report) -> EventVersion:
    return EventIndex(HORIZON).add(reports)[0][-1][1]


@given(news(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_every_hours_version_is_the_same_however_the_reports_arrive(
    reports: list[Report], size: int, random: Random
) -> None:
    expected = final(EventIndex(HORIZON), [reports])
    random.shuffle(reports)
    batches = [reports[start : start + size] for start in range(0, len(reports), size)]
    assert final(EventIndex(HORIZON), batches) == expected


@given(news())
def test_versions_grow_from_hour_to_hour(reports: list[Report]) -> None:
    said = final(EventIndex(HORIZON), [reports])
    for (event_id, hour), version in said.items():
        later = [one.version for (other, at), one in said.items() if other == event_id and at > hour]
        assert all(version.version < number for number in later)


@given(news())
def test_evidence_is_what_the_newest_texts_say_and_who_copied_them(reports: list[Report]) -> None:
    newest: dict[str, EventVersion] = {}
    for (event_id, _), version in sorted(final(EventIndex(HORIZON), [reports]).items()):
        newest[event_id] = version
    revisions: dict[str, int] = {}
    for report in reports:
        if not isinstance(report, Copied):
            revisions[report.article_id] = max(report.revision, revisions.get(report.article_id, 0))
    for event_id, version in newest.items():
        saying = {one.article_id for one in reports if isinstance(one, Observed) and one.event_id == event_id}
        standing = {
            one.article_id
            for one in reports
            if isinstance(one, Observed) and one.event_id == event_id and one.revision == revisions[one.article_id]
        }
        assert version.retracted == (not standing)
        resting_on = standing or saying
        copies = {(one.article_id, one.original_id) for one in reports if isinstance(one, Copied)}
        expected = {(article, None) for article in resting_on} | {pair for pair in copies if pair[1] in resting_on}
        assert {(article, original) for article, _, original in told(version)} == expected


@given(news(), news())
def test_an_index_read_back_goes_on_like_the_one_that_never_stopped(before: list[Report], after: list[Report]) -> None:
    running, restarted = EventIndex(HORIZON), EventIndex(HORIZON)
    _, kept = running.add(before)
    restarted.load(kept)
    assert restarted.add(after)[0] == running.add(after)[0]


@given(news(), st.integers(0, 120), st.data())
def test_forgetting_changes_nothing_of_an_event_that_is_still_told(
    reports: list[Report], hour: int, data: st.DataObject
) -> None:
    forgetful, patient = EventIndex(HORIZON), EventIndex(HORIZON)
    forgetful.add(reports)
    patient.add(reports)
    stay = forgetful.expire(hour * HOUR)
    alive = {one.event_id for one in stay if isinstance(one, Observed)}
    for event_id in sorted(alive):
        more = observed("z", hour, 0, event_id)
        assert final(forgetful, [[more]]) == final(patient, [[more]])
    limit = hour * HOUR - HORIZON
    dead = {one.event_id for one in reports if isinstance(one, Observed)} - alive
    assert all(one.published < limit for one in reports if isinstance(one, Observed) and one.event_id in dead)


def test_forgetting_leaves_nothing_of_an_old_event_and_what_it_leaves_is_all_a_restart_needs() -> None:
    index, restarted = EventIndex(HORIZON), EventIndex(HORIZON)
    index.add([observed("a", 0), corrected("a", 1), copied("b", 2, "a"), observed("c", 90, 0, "e2")])
    stay = index.expire(90 * HOUR)
    assert stay == [observed("c", 90, 0, "e2")]
    restarted.load(stay)
    probe = [observed("d", 91, 0, "e2")]
    assert restarted.add(probe) == index.add(probe)


def test_a_correction_of_long_ago_still_counts_while_its_event_is_told() -> None:
    index = EventIndex(HORIZON)
    index.add([observed("a", 0), corrected("a", 1), observed("b", 60)])
    index.expire(100 * HOUR)
    [(_, version)] = index.add([observed("c", 101)])[0]
    assert told(version) == [("b", 0, None), ("c", 0, None)]


def test_a_corrected_text_replaces_what_it_said_before() -> None:
    version = last(observed("a", 1), observed("b", 1), observed("a", 2, 1), corrected("a", 2))
    assert told(version) == [("b", 0, None), ("a", 1, None)]
    assert not version.retracted


def test_an_event_nobody_tells_any_more_is_retracted_and_its_last_evidence_stays() -> None:
    version = last(observed("a", 1), corrected("a", 3))
    assert version.retracted
    assert told(version) == [("a", 0, None)]


def test_a_copy_adds_its_outlet_to_the_evidence_with_the_words_of_the_original() -> None:
    version = last(observed("a", 1), copied("b", 2, "a"))
    assert told(version) == [("a", 0, None), ("b", 0, "a")]
    quotes: list[Any] = [one["quote"] for one in version.evidence]
    assert quotes == ["a/0", "a/0"]


def test_a_copy_or_a_correction_may_come_before_what_it_is_about() -> None:
    index = EventIndex(HORIZON)
    assert index.add([copied("b", 2, "a"), corrected("a", 2)])[0] == []
    versions = [version for _, version in index.add([observed("a", 1), observed("a", 2, 1)])[0]]
    assert told(versions[-1]) == [("a", 1, None), ("b", 0, "a")]


def test_each_hour_that_brings_something_is_told_and_the_hours_after_it_again() -> None:
    index = EventIndex(HORIZON)
    index.add([observed("a", 5), observed("b", 7)])
    assert [at // HOUR for at, _ in index.add([observed("c", 3)])[0]] == [3, 5, 7]
    assert [at // HOUR for at, _ in index.add([observed("d", 7.5)])[0]] == [7]


def test_an_article_read_twice_is_one_piece_of_evidence() -> None:
    index = EventIndex(HORIZON)
    twice = [observed("a", 1), observed("a", 1)]
    versions = [version for _, version in index.add(twice)[0]]
    assert [len(version.evidence) for version in versions] == [1]
