from collections import Counter
from time import process_time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.entities.tagging.same import pairs_of_a_type
from pipelines.core.events.joining import join
from pipelines.core.events.profile import Profile

NOBODY: frozenset[str] = frozenset()


def told(kind: str = "ASSAULT", order: int = 0, word: str = "قصف", **said: Any) -> Profile:
    blank = Profile(order, kind, NOBODY, NOBODY, NOBODY, NOBODY, None, None, word, False, (False,) * 4)
    return blank._replace(**said)


def joined(tellings: list[Profile], net: float = 0.0) -> list[list[int]]:
    """Join tellings of any two of which the nets say `net`."""
    later = Counter(second for _, second in pairs_of_a_type([one.type for one in tellings]))
    return join(tellings, [(net,) * later[number] for number in range(len(tellings))])


def test_what_the_nets_say_decides_where_nothing_else_does() -> None:
    tellings = [told(order=1, word="قصف"), told(order=2, word="هجوم")]
    assert joined(tellings, 4.0) == [[0, 1]]
    assert joined(tellings, -4.0) == [[0], [1]]


def test_the_title_and_the_lead_tell_of_one_happening() -> None:
    sides: dict[str, Any] = {"actors": frozenset({"Q159"}), "recipients": frozenset({"Q41183"})}
    assert joined([told(**sides), told(order=1, **sides)]) == [[0, 1]]


def test_events_of_two_types_are_never_one() -> None:
    assert joined([told("ASSAULT"), told("COERCE", order=1)]) == [[0], [1]]


def test_what_has_other_sides_another_place_and_day_is_another_happening() -> None:
    one = told(actors=frozenset({"a"}), recipients=frozenset({"b"}), place="x", day="2022-07-17", word="قصف")
    two = told(order=3, actors=frozenset({"c"}), recipients=frozenset({"d"}), place="y", day="2022-07-11", word="طعن")
    assert joined([one, two]) == [[0], [1]]


@given(st.lists(st.tuples(st.sampled_from(["ASSAULT", "CONSULT"]), st.integers(0, 9), st.sampled_from("ابت"))))
def test_every_telling_goes_to_one_event(given_tellings: list[tuple[str, int, str]]) -> None:
    events = joined([told(kind, order, word * 3) for kind, order, word in given_tellings])
    assert sorted(number for event in events for number in event) == list(range(len(given_tellings)))


def test_time_grows_with_the_number_of_tellings_and_no_faster() -> None:
    def measure(count: int) -> float:
        began = process_time()
        joined([told(order=number, word=str(number)) for number in range(count)])
        return process_time() - began

    measure(100)
    assert measure(4_000) < 12 * measure(1_000)
