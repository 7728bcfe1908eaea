"""Find the known person whose name sounds like one that was written in another script."""

import re
from collections.abc import Sequence
from functools import cache

from pipelines.core.entities.known_by_sounds import are_his_and_hers
from pipelines.core.entities.known_people import Found
from pipelines.core.entities.latin_spelling import spelling_cost
from pipelines.core.entities.name_units import units
from pipelines.core.entities.name_words import is_family, is_foreign_word, is_given, short_names
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.slips import name_fame
from pipelines.core.entities.sounds import coarse_key, sound_distance
from pipelines.core.entities.spelling import reduce_word
from pipelines.core.entities.tables import Known, named

_BY_EAR = 0.7
_FARTHEST_BY_EAR, _FAR = 0.7, 0.35
_TELLING, _FARTHEST_IF_TELLING = 5, 1.0
_TURNED, _ANOTHER, _SOME = 0.7, 1.0, 5
_FAR_WORSE, _WORSE, _KNOWN = 2.5, 1.0, 20
_VOWELLED = re.compile("[اويهءع]|(?<=ت)ش")
"""What is left out to compare the consonants."""
_TWICE = re.compile(r"(.)\1")
_VOWELS = frozenset("اويه")
_HARDLY = -1.0


def find_by_ear(name: str, latin: Sequence[str] = ()) -> Found | None:
    """Find the only known person whose name sounds like one that was written in another script.

    `latin` are its words in plain Latin letters: whose names they hardly spell is somebody else.

    >>> find_by_ear("موامر غادافي").known.entity.qid, find_by_ear("محمد عباس", ["mohammed", "abbas"])
    ('Q19878', None)
    """
    told = units(fold_name(name).split())
    if len(told) < 2:
        return None
    heard = sorted(told)
    near: dict[str, tuple[float, Known]] = {}
    keys = tuple(sorted(map(coarse_key, heard)))
    farthest = _FARTHEST_IF_TELLING if sum(map(len, keys)) >= _TELLING else _FARTHEST_BY_EAR
    for known, words in _by_coarse().get(keys, ()):
        distance = _distance(heard, sorted(words)) + _TURNED * _is_turned(told, words)
        distance += _ANOTHER * _is_somebody_else(latin, told, words)
        if distance <= farthest:
            near[known.entity.entity_id] = min(near.get(known.entity.entity_id, (9.0, known)), (distance, known))
    ranked = sorted(near.values(), key=lambda pair: pair[0])
    sure = ranked and (len(ranked) == 1 or ranked[1][0] - ranked[0][0] >= _FAR)
    return Found(ranked[0][1], _BY_EAR) if sure else None


def _is_turned(told: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether the first word told sounds more like another than the first: "Khamis Riyami" is no "راما الخامس"."""
    return min(words, key=lambda other: sound_distance(told[0], other)) != words[0]


def _distance(heard: Sequence[str], words: Sequence[str]) -> float:
    """Return the largest distance of two words that sound alike; both are in the order of their letters."""
    left = list(words)
    worst = 0.0
    for one in heard:
        best = min(left, key=lambda other: sound_distance(one, other))
        left.remove(best)
        ends = is_given(one) and is_given(best) and (one[-1] in _VOWELS) != (best[-1] in _VOWELS)  # "سلمى", "سالم"
        begin = (one[0] in _VOWELS) != (best[0] in _VOWELS) and "ع" not in (one[0], best[0])  # "ويجيان", "جاين"
        named = _ANOTHER * _is_another(one, best)
        worst = max(worst, sound_distance(one, best) / max(len(one) / 4, 1.0) + ends + begin + named)
    return worst


def _is_another(one: str, other: str) -> bool:
    """Tell whether a foreign word is somebody's name with other consonants: "باركر" is no "بيرغر", "عيسي" no "سيسي"."""
    ours, theirs = (_VOWELLED.sub("", word) for word in (one, other))
    if ours != theirs and _TWICE.sub(r"\1", ours) == _TWICE.sub(r"\1", theirs):
        return True
    return ours != theirs and is_foreign_word(one) and is_foreign_word(other) and name_fame(one) >= _SOME


def _is_somebody_else(latin: Sequence[str], told: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether the given name told is another than the known one, or the family's where both have as many words."""
    if not latin:
        return False
    if _are_two(latin[0], told[0], words[0]):
        return True
    alike = len(latin) == len(told) == len(words) and told[0] != words[-1]
    return alike and (_are_two(latin[-1], told[-1], words[-1]) or _are_two_families(latin[-1], told[-1], words[-1]))


def _are_two(latin: str, one: str, other: str) -> bool:
    """Tell whether a word spells one name far better than another: "Mohammed" no "محمود", "Ron" no "ريان"."""
    if one.replace("ع", "") == other.replace("ع", "") or other in short_names().get(one, ()):
        return False
    if are_his_and_hers(one, other):
        return True
    worse = spelling_cost(latin, other) - spelling_cost(latin, one)
    if _is_name(one) and _is_name(other) and not (is_foreign_word(one) and is_foreign_word(other)):
        return worse > _FAR_WORSE
    return worse > _WORSE and name_fame(one) >= _KNOWN and reduce_word(one) != reduce_word(other)


def _is_name(word: str) -> bool:
    return is_given(word) or is_family(word)


def _are_two_families(latin: str, one: str, other: str) -> bool:
    """Tell whether a family is of somebody or somewhere and the other is not, or both are known and the word tells."""
    if one == other:
        return False
    if (one[-1] == "ي") != (other[-1] == "ي") and latin[-1] != "e":
        return True
    if not (is_family(one) and is_family(other)):
        return False
    return spelling_cost(latin, other) - spelling_cost(latin, one) > _HARDLY


@cache
def _by_coarse() -> dict[tuple[str, ...], list[tuple[Known, Sequence[str]]]]:
    """Collect the people by the sounds of their words."""
    table: dict[tuple[str, ...], list[tuple[Known, Sequence[str]]]] = {}
    for name, known in named().items():
        words = units(name.split()) if known.kind == "PER" else []
        if len(words) > 1:
            table.setdefault(tuple(sorted(map(coarse_key, words))), []).append((known, words))
    return table
