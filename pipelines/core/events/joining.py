"""Say which tellings of an article tell of one happening: a score learned on labelled articles decides."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from operator import mul
from typing import NamedTuple

from pipelines.core.entities.tagging.same import LOOK_BACK
from pipelines.core.events.event import TYPES
from pipelines.core.events.profile import SHORT, Profile

_TABLE = files("pipelines") / "resources" / "events" / "joining.tsv"
FEATURES = (
    *("bias", "actors same", "actors alike", "actors differ", "actors unknown", "recipients same", "recipients alike"),
    *("recipients differ", "recipients unknown", "crossed", "place same", "place differs", "day same", "day differs"),
    *("word same", "word alike", "history differs", "flags differ", "same sentence", "next sentence", "far"),
    *("title", "points back", "nobody", "between"),
)


def features(one: Profile, two: Profile, between: int) -> list[float]:
    """Compare two tellings of one type, in the order of `FEATURES`; `between` counts those of the type in between."""
    apart = two.order - one.order
    return [
        1.0,
        *_side(one.actors, two.actors, one.actor_words, two.actor_words),
        *_side(one.recipients, two.recipients, one.recipient_words, two.recipient_words),
        float(bool(one.actors & two.recipients) and bool(one.recipients & two.actors)),
        float(one.place is not None and one.place == two.place),
        float(one.place is not None and two.place is not None and one.place != two.place),
        float(one.day is not None and one.day == two.day),
        float(not _may_be_one(one.day or "", two.day or "")),
        float(one.stem == two.stem),
        float(one.stem != two.stem and len(set(one.stem) & set(two.stem)) >= SHORT),
        float(one.flags[3] != two.flags[3]),
        float(one.flags[:3] != two.flags[:3]),
        float(apart == 0),
        float(apart == 1),
        float(apart > 4),
        float(one.order == 0),
        float(two.definite),
        float(not (two.actors or two.recipients)),
        min(between, 4) / 4,
    ]


def _may_be_one(one: str, two: str) -> bool:
    """Return whether a day, month or year may be in the other, where both are known."""
    return one.startswith(two) or two.startswith(one)


def _side(
    left: frozenset[str], right: frozenset[str], left_words: frozenset[str], right_words: frozenset[str]
) -> tuple[float, float, float, float]:
    if not (left and right):
        return 0.0, 0.0, 0.0, 1.0
    if left & right:
        return 1.0, 0.0, 0.0, 0.0
    shared = len(left_words & right_words)
    alike = shared and 2 * shared >= min(len(left_words), len(right_words))
    return 0.0, float(bool(alike)), float(not alike), 0.0


def join(profiles: Sequence[Profile], same: Sequence[Sequence[float]]) -> list[list[int]]:
    """Put each telling to the event it fits best; return their numbers, event by event, in the order first told.

    A telling is compared with the last 24 of its type, and fits an event as it fits those of them on average. `same`
    has what the nets say of each with those before it, the nearest first.
    """
    events: list[list[int]] = []
    event_of: dict[int, int] = {}
    of_type: dict[str, list[int]] = {}
    for number, telling in enumerate(profiles):
        before = of_type.setdefault(telling.type, [])
        fits: dict[int, list[float]] = {}
        for between, (other, net) in enumerate(zip(reversed(before[-LOOK_BACK:]), same[number], strict=True)):
            fits.setdefault(event_of[other], []).append(score_in_article(profiles[other], telling, between, net))
        best, event = max(((sum(found) / len(found), -event) for event, found in fits.items()), default=(0.0, 0))
        if best > 0:
            events[-event].append(number)
        else:
            events.append([number])
        event_of[number] = -event if best > 0 else len(events) - 1
        before.append(number)
    return events


def score_in_article(one: Profile, two: Profile, between: int, net: float) -> float:
    """Score how likely two tellings of one type in an article are of one event: above 0, rather yes.

    `net` is what the nets say of them.
    """
    own = weights()["inside"]
    return own.net * net + _weigh(own, one, two, between)


def score_across(one: Profile, two: Profile) -> float:
    """Score how likely events of two articles are one happening, by what they are compared by alone."""
    return _weigh(weights()["across"], one, two, 0)


def _weigh(given: "Weights", one: Profile, two: Profile, between: int) -> float:
    return float(given.own[two.type] + sum(map(mul, given.shared, features(one, two, between))))


class Weights(NamedTuple):
    """Weights of the nets' score, of the features, and one for each type."""

    net: float
    shared: list[float]
    own: dict[str, float]


@cache
def weights() -> dict[str, Weights]:
    """Load the weights for tellings inside an article and for events across articles, which no net compares."""
    head, *lines = _TABLE.read_text("utf-8").splitlines()
    rows = {line.split("\t")[0]: [float(number) for number in line.split("\t")[1:]] for line in lines}
    return {
        name: Weights(rows["net"][at], [rows[one][at] for one in FEATURES], {kind: rows[kind][at] for kind in TYPES})
        for at, name in enumerate(head.split("\t")[1:])
    }
