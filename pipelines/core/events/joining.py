"""Say which tellings of an article tell of one happening: a score learned on labelled articles decides."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import log1p
from operator import mul
from typing import NamedTuple

from pipelines.core.events.event import TYPES
from pipelines.core.events.profile import COMPARED, Profile, compare

_TABLE = files("pipelines") / "resources" / "events" / "joining.tsv"
LOOK_BACK = 24
_LOGS = tuple(round(log1p(number), 2) for number in range(100))
"""Logarithms in two digits, which are the same on every machine."""
FEATURES = (
    *COMPARED,
    *("one stands", "two stands", "apart", "tellings", "of the type"),
    *("negated apart", "future apart", "hypothetical apart", "history apart"),
    *("one negated", "one future", "one hypothetical", "one history"),
    *("two negated", "two future", "two hypothetical", "two history"),
    *("actor of one sure", "actor of two sure", "recipient of one sure", "recipient of two sure"),
    *("one sure", "two sure", "word the same", "words shared"),
)


class Told(NamedTuple):
    """A telling as it is compared with others of its article: its profile, its trigger's folded word, and how sure.

    `chances` has how likely each flag is, `sure` how likely its surest actor and recipient.
    """

    profile: Profile
    word: str
    chances: Sequence[float]
    sure: tuple[float, float]
    confidence: float


class Beside(NamedTuple):
    """What stands beside two tellings: of their type in between, and in the article of all types and of theirs."""

    between: int
    tellings: int
    of_type: int


def features(one: Told, two: Told, beside: Beside) -> list[float]:
    """Compare two tellings of one type, in the order of `FEATURES`."""
    first, second = one.profile.order, two.profile.order
    left, right = ((each.profile.actor_words | each.profile.recipient_words) for each in (one, two))
    return [
        *compare(one.profile, two.profile, beside.between),
        *(_log(count) for count in (first, second, second - first, beside.tellings, beside.of_type)),
        *(abs(chance - other) for chance, other in zip(one.chances, two.chances, strict=True)),
        *one.chances,
        *two.chances,
        *(sure for pair in zip(one.sure, two.sure, strict=True) for sure in pair),
        one.confidence,
        two.confidence,
        float(one.word == two.word),
        len(left & right) / len(left | right) if left or right else -1.0,
    ]


def _log(count: int) -> float:
    return _LOGS[min(count, len(_LOGS) - 1)]


def join(tellings: Sequence[Told]) -> list[list[int]]:
    """Put each telling to the event it fits best; return their numbers, event by event, in the order first told.

    A telling is compared with the last 24 of its type, and fits an event as it fits those of them on average.
    """
    events: list[list[int]] = []
    event_of: dict[int, int] = {}
    of_type: dict[str, list[int]] = {}
    counts = Counter(told.profile.type for told in tellings)
    for number, told in enumerate(tellings):
        kind = told.profile.type
        before = of_type.setdefault(kind, [])
        fits: dict[int, list[float]] = {}
        for between, other in enumerate(reversed(before[-LOOK_BACK:])):
            found = score(tellings[other], told, Beside(between, len(tellings), counts[kind]))
            fits.setdefault(event_of[other], []).append(found)
        best, event = max(((sum(found) / len(found), -event) for event, found in fits.items()), default=(0.0, 0))
        if best > 0:
            events[-event].append(number)
        else:
            events.append([number])
        event_of[number] = -event if best > 0 else len(events) - 1
        before.append(number)
    return events


def score(one: Told, two: Told, beside: Beside) -> float:
    """Score how likely two tellings of one type are of one happening: above 0, rather yes."""
    shared, own = _weights()
    return float(own[two.profile.type] + sum(map(mul, shared, features(one, two, beside))))


@cache
def _weights() -> tuple[list[float], dict[str, float]]:
    """Load the weights of the features, and one for each type."""
    rows = dict(line.split("\t") for line in _TABLE.read_text("utf-8").splitlines()[1:])
    return [float(rows[name]) for name in FEATURES], {kind: float(rows[kind]) for kind in TYPES}
