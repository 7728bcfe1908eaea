"""Say which tellings of an article tell of one happening: a score learned on labelled articles decides."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from operator import mul
from typing import NamedTuple

from pipelines.core.events.event import TYPES
from pipelines.core.events.profile import COMPARED, Profile, compare

_TABLE = files("pipelines") / "resources" / "events" / "joining.tsv"
LOOK_BACK = 24
FEATURES = (*COMPARED, "negated apart", "future apart", "hypothetical apart", "history apart")


class Told(NamedTuple):
    """A telling as it is compared with others of its article; `chances` has how likely each flag is."""

    profile: Profile
    chances: Sequence[float]


def features(one: Told, two: Told, between: int) -> list[float]:
    """Compare two tellings of one type, in the order of `FEATURES`; `between` counts those of the type in between."""
    apart = (abs(chance - other) for chance, other in zip(one.chances, two.chances, strict=True))
    return [*compare(one.profile, two.profile, between), *apart]


def join(tellings: Sequence[Told]) -> list[list[int]]:
    """Put each telling to the event it fits best; return their numbers, event by event, in the order first told.

    A telling is compared with the last 24 of its type, and fits an event as it fits those of them on average.
    """
    events: list[list[int]] = []
    event_of: dict[int, int] = {}
    of_type: dict[str, list[int]] = {}
    for number, told in enumerate(tellings):
        before = of_type.setdefault(told.profile.type, [])
        fits: dict[int, list[float]] = {}
        for between, other in enumerate(reversed(before[-LOOK_BACK:])):
            fits.setdefault(event_of[other], []).append(score(tellings[other], told, between))
        best, event = max(((sum(found) / len(found), -event) for event, found in fits.items()), default=(0.0, 0))
        if best > 0:
            events[-event].append(number)
        else:
            events.append([number])
        event_of[number] = -event if best > 0 else len(events) - 1
        before.append(number)
    return events


def score(one: Told, two: Told, between: int) -> float:
    """Score how likely two tellings of one type are of one happening: above 0, rather yes."""
    shared, own = _weights()
    return float(own[two.profile.type] + sum(map(mul, shared, features(one, two, between))))


@cache
def _weights() -> tuple[list[float], dict[str, float]]:
    """Load the weights of the features, and one for each type."""
    rows = dict(line.split("\t") for line in _TABLE.read_text("utf-8").splitlines()[1:])
    return [float(rows[name]) for name in FEATURES], {kind: float(rows[kind]) for kind in TYPES}
