"""What tellings of an event are compared by."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.clitics import proclitics
from pipelines.core.events.event import EventDate, Participant
from pipelines.core.text.fold import fold_text

_EXACT = ("day", "month", "year")
SHORT, _AFFIXES = 3, ("ات", "ون", "ين", "ان", "ها", "هم", "ته", "ه", "ا")


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
    return frozenset(key for word in fold_text(text).split() if len(key := stem(word)) >= SHORT)


@lru_cache(maxsize=NAMES)
def stem(word: str) -> str:
    """Strip a folded word of what sticks to it.

    >>> stem("والهجمات"), stem("هجمه")
    ('هجم', 'هجم')
    """
    bare = word[proclitics(word) :]
    bare = bare[2:] if bare.startswith(("ال", "لل")) and len(bare) > 4 else bare
    for affix in _AFFIXES:
        if bare.endswith(affix) and len(bare) - len(affix) >= SHORT:
            return bare[: -len(affix)]
    return bare
