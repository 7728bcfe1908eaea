"""Find the known people all of whose long foreign name sounds like another spelling of it."""

from collections.abc import Iterator, Sequence
from functools import cache

from pipelines.core.entities.name_units import units
from pipelines.core.entities.name_words import is_foreign
from pipelines.core.entities.sounds import coarse_key, sound_distance
from pipelines.core.entities.tables import Known, named

_MANY_SOUNDS, _FARTHEST, _VOWELS = 8, 1.0, frozenset("اويه")


def alike_in_all(names: Sequence[str]) -> Iterator[Known]:
    """Yield the known people whose long foreign name has the sounds of these words, s or z, in this order.

    Vowels may be others, but each word ends in one or does not: "ألكسندرا" is not "ألكسندر".

    >>> [known.entity.qid for known in alike_in_all(["جوزي", "مانويل", "باروزو"])]
    ['Q15849']
    """
    ours = list(map(_lisped, names))
    key = tuple(map(coarse_key, ours))
    for known, theirs in _by_sounds().get(key if sum(map(len, key)) >= _MANY_SOUNDS else (), ()):
        ends = [(one[-1] in _VOWELS) == (other[-1] in _VOWELS) for one, other in zip(ours, theirs, strict=True)]
        if all(ends) and sum(map(sound_distance, ours, theirs)) <= _FARTHEST:
            yield known


def _lisped(word: str) -> str:
    return word.replace("ز", "س")


@cache
def _by_sounds() -> dict[tuple[str, ...], list[tuple[Known, list[str]]]]:
    """Collect the people of several foreign words by the sounds of each."""
    table: dict[tuple[str, ...], list[tuple[Known, list[str]]]] = {}
    for name, known in named().items():
        if known.kind == "PER" and " " in name and is_foreign(name.split()):
            words = list(map(_lisped, units(name.split())))
            table.setdefault(tuple(map(coarse_key, words)), []).append((known, words))
    return table
