"""Say which tellings of an article tell of one happening: a score learned on labelled articles decides."""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from operator import mul
from typing import NamedTuple

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.clitics import proclitics
from pipelines.core.events.event import TYPES, EventDate, Participant
from pipelines.core.text.fold import fold_text

_TABLE = files("pipelines") / "resources" / "events" / "joining.tsv"
LOOK_BACK = 24
_EXACT = ("day", "month", "year")
_SHORT, _AFFIXES = 3, ("ات", "ون", "ين", "ان", "ها", "هم", "ته", "ه", "ا")
FEATURES = (
    *("bias", "actors same", "actors alike", "actors differ", "actors unknown", "recipients same", "recipients alike"),
    *("recipients differ", "recipients unknown", "crossed", "place same", "place differs", "day same", "day differs"),
    *("word same", "word alike", "history differs", "flags differ", "same sentence", "next sentence", "far"),
    *("title", "points back", "nobody", "between"),
)


class Profile(NamedTuple):
    """What a telling is compared by: entity ids and words of its sides, place, day, trigger and flags."""

    order: int
    type: str
    actors: frozenset[str]
    recipients: frozenset[str]
    actor_words: frozenset[str]
    recipient_words: frozenset[str]
    place: str | None
    day: str | None
    stem: str
    definite: bool
    flags: tuple[bool, ...]


def profile(
    order: int,
    kind: str,
    actors: Sequence[Participant],
    recipients: Sequence[Participant],
    place: str | None,
    day: EventDate | None,
    trigger: str,
    flags: Sequence[float],
) -> Profile:
    """Reduce a telling to what it is compared by; `trigger` is its folded word."""
    return Profile(
        order=order,
        type=kind,
        actors=entity_ids(actors),
        recipients=entity_ids(recipients),
        actor_words=_words(actors),
        recipient_words=_words(recipients),
        place=place,
        day=exact_day(day),
        stem=stem(trigger),
        definite=trigger[proclitics(trigger) :].startswith(("ال", "لل")),
        flags=tuple(chance >= 0.5 for chance in flags),
    )


def entity_ids(side: Sequence[Participant]) -> frozenset[str]:
    """Return who is on a side."""
    return frozenset(one.entity.entity_id for one in side)


def exact_day(day: EventDate | None) -> str | None:
    """Return a day, month or year by which an event can be told from another."""
    return day.value if day and day.granularity in _EXACT else None


def _words(side: Sequence[Participant]) -> frozenset[str]:
    return frozenset(key for one in side for key in _keys(one.span.text))


@lru_cache(maxsize=NAMES)
def _keys(text: str) -> frozenset[str]:
    return frozenset(key for word in fold_text(text).split() if len(key := stem(word)) >= _SHORT)


@lru_cache(maxsize=NAMES)
def stem(word: str) -> str:
    """Strip a folded word of what sticks to it.

    >>> stem("والهجمات"), stem("هجمه")
    ('هجم', 'هجم')
    """
    bare = word[proclitics(word) :]
    bare = bare[2:] if bare.startswith(("ال", "لل")) and len(bare) > 4 else bare
    for affix in _AFFIXES:
        if bare.endswith(affix) and len(bare) - len(affix) >= _SHORT:
            return bare[: -len(affix)]
    return bare


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
        float(one.stem != two.stem and len(set(one.stem) & set(two.stem)) >= _SHORT),
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


def join(profiles: Sequence[Profile]) -> list[list[int]]:
    """Put each telling to the event it fits best; return their numbers, event by event, in the order first told.

    A telling is compared with the last 24 of its type, and fits an event as it fits those of them on average.
    """
    events: list[list[int]] = []
    event_of: dict[int, int] = {}
    of_type: dict[str, list[int]] = {}
    for number, telling in enumerate(profiles):
        before = of_type.setdefault(telling.type, [])
        fits: dict[int, list[float]] = {}
        for between, other in enumerate(reversed(before[-LOOK_BACK:])):
            fits.setdefault(event_of[other], []).append(score(profiles[other], telling, between))
        best, event = max(((sum(found) / len(found), -event) for event, found in fits.items()), default=(0.0, 0))
        if best > 0:
            events[-event].append(number)
        else:
            events.append([number])
        event_of[number] = -event if best > 0 else len(events) - 1
        before.append(number)
    return events


def score(one: Profile, two: Profile, between: int) -> float:
    """Score how likely two tellings of one type are of one happening: above 0, rather yes."""
    shared, own = _weights()
    return float(own[two.type] + sum(map(mul, shared, features(one, two, between))))


@cache
def _weights() -> tuple[list[float], dict[str, float]]:
    """Load the weights of the features, and one for each type."""
    rows = dict(line.split("\t") for line in _TABLE.read_text("utf-8").splitlines()[1:])
    return [float(rows[name]) for name in FEATURES], {kind: float(rows[kind]) for kind in TYPES}
