"""Find the known people all of whose long foreign name sounds like another spelling of it."""

from collections.abc import Iterator, Sequence
from functools import cache

from pipelines.core.entities.name_units import units
from pipelines.core.entities.name_words import is_foreign, is_foreign_word, short_names
from pipelines.core.entities.slips import name_fame
from pipelines.core.entities.sounds import coarse_key, sound_distance
from pipelines.core.entities.spelling import reduce_word
from pipelines.core.entities.tables import Known, named

_MANY_SOUNDS, _FARTHEST, _VOWELS = 8, 1.0, frozenset("اويه")
_KNOWN = 20
_HIS_AND_HERS = ({"ا", "و"}, {"ه", "و"})


def alike_in_all(names: Sequence[str]) -> Iterator[Known]:
    """Yield the known people whose long foreign name has the sounds of these words, s or z, in this order.

    Vowels may be others, but each word ends in one or does not: "ألكسندرا" is not "ألكسندر".

    >>> [known.entity.qid for known in alike_in_all(["جوزي", "مانويل", "باروزو"])]
    ['Q15849']
    """
    ours = list(map(_lisped, names))
    key = tuple(map(coarse_key, ours))
    for known, theirs, spelt in _by_sounds().get(key if sum(map(len, key)) >= _MANY_SOUNDS else (), ()):
        ends = [(one[-1] in _VOWELS) == (other[-1] in _VOWELS) for one, other in zip(ours, theirs, strict=True)]
        near = all(ends) and sum(map(sound_distance, ours, theirs)) <= _FARTHEST
        if near and not are_two_given(names[0], spelt[0]) and not are_his_and_hers(names[0], spelt[0]):
            yield known


def are_two_given(one: str, other: str) -> bool:
    """Tell whether two foreign words are well-known names that sound otherwise: "ماريو" is not "ماريا".

    >>> are_two_given("ماريو", "ماريا"), are_two_given("مارتن", "مارتين"), are_two_given("مايك", "مايكل")
    (True, False, False)
    """
    if one == other or other in short_names().get(one, ()) or reduce_word(one) == reduce_word(other):
        return False
    return min(name_fame(one), name_fame(other)) >= _KNOWN


def are_his_and_hers(one: str, other: str) -> bool:
    """Tell whether of two foreign given names one ends as a man's and one as a woman's.

    >>> are_his_and_hers("انطونيا", "انطونيو"), are_his_and_hers("انطونيو", "انتونيو")
    (True, False)
    """
    return {one[-1], other[-1]} in _HIS_AND_HERS and is_foreign_word(one) and is_foreign_word(other)


def _lisped(word: str) -> str:
    return word.replace("ز", "س")


@cache
def _by_sounds() -> dict[tuple[str, ...], list[tuple[Known, list[str], list[str]]]]:
    """Collect the people of several foreign words by the sounds of each."""
    table: dict[tuple[str, ...], list[tuple[Known, list[str], list[str]]]] = {}
    for name, known in named().items():
        if known.kind == "PER" and " " in name and is_foreign(name.split()):
            spelt = units(name.split())
            words = list(map(_lisped, spelt))
            table.setdefault(tuple(map(coarse_key, words)), []).append((known, words, spelt))
    return table
