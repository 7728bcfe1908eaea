"""Find the known person in whose name one letter is amiss."""

from collections.abc import Iterator, Sequence
from functools import cache

from rapidfuzz.distance import OSA

from pipelines.core.entities.name_units import units
from pipelines.core.entities.name_words import bare, is_given
from pipelines.core.entities.slips import is_near, name_fame
from pipelines.core.entities.tables import Known, named

_SHORTEST_NAME, _SHORTEST_WORD = 8, 3
_FAR_LESS, _SOME = 20, 3
_G = str.maketrans("قكغ", "ggg")
_END, _SLIPS = 3, (-1, 0, 1)


def find_by_slip(parts: Sequence[str]) -> Known | None:
    """Return the only known person whose name is a slip of the pen away from folded words.

    A word that people are called by is another's name and no slip, unless its letters are only swapped and far more are
    called by the known one.

    >>> find_by_slip("ماركو ربيو".split()).entity.qid, find_by_slip("حسين روحاني".split())
    ('Q324546', None)
    """
    letters = "".join(parts)
    if len(letters) < _SHORTEST_NAME or len(parts) < 2:
        return None
    near = (pair for key in _ends_of(letters, _SLIPS) for pair in _by_end().get(key, ()))
    close = (pair for pair in near if OSA.distance(letters, pair[0], score_cutoff=1) <= 1)
    found = {known.entity.entity_id: known for _, known, other in close if _is_slip(parts, other)}
    found = found or {known.entity.entity_id: known for known in _by_hard_g().get(_hard_g(units(parts)), ())}
    return found.popitem()[1] if len(found) == 1 else None


def _hard_g(words: Sequence[str]) -> tuple[str, ...]:
    """Write each g of a family name as one letter: countries hear it as ق, ك or غ ("الرقراقي", "الركراكي")."""
    return (*words[:1], *(word.translate(_G) for word in words[1:]))


@cache
def _by_hard_g() -> dict[tuple[str, ...], list[Known]]:
    table: dict[tuple[str, ...], list[Known]] = {}
    for name, known in named().items():
        words = units(name.split(" ")) if known.kind == "PER" else []
        if len(words) > 1 and len(words[-1]) > _SHORTEST_WORD and words[-1].translate(_G) != words[-1]:
            table.setdefault(_hard_g(words), []).append(known)
    return table


def _is_slip(words: Sequence[str], known: Sequence[str]) -> bool:
    if len(words) != len(known):
        words, known = units(words), units(known)
    odd = [(one, other) for one, other in zip(words, known, strict=False) if one != other]
    if len(odd) != 1 or len(words) != len(known):
        return False
    one, other = odd[0]
    longer, shorter = sorted(odd[0], key=len, reverse=True)
    heard = longer.count("ع") > shorter.count("ع") and len(longer) > len(shorter)  # "القروعي" is not "القروي"
    ending = longer[:-1] == shorter and longer[-1] != longer[-2]  # "سلمى" is not "سلم"
    if _are_two_given(one, other) or _is_nisba(bare(one)):
        return False
    fame = name_fame(bare(one))
    rival = fame * _FAR_LESS >= max(name_fame(bare(other)), 1) or (fame >= _SOME and sorted(one) != sorted(other))
    return min(map(len, odd[0])) >= _SHORTEST_WORD and is_near(one, other) and not (heard or ending or rival)


def _are_two_given(one: str, other: str) -> bool:
    """Tell whether both are given names, or a father's behind بن: "زايد" is no slip of "زياد"."""
    return all(is_given(word) or is_given(word.removeprefix("بن")) for word in (one, other))


def _is_nisba(word: str) -> bool:
    """Tell whether a family is called after somebody that people are called: "عابدي" is no slip of "عبادي"."""
    return word.endswith("ي") and len(word) > _END + 1 and name_fame(word[:-1]) >= _SOME


def _ends_of(letters: str, changes: Sequence[int]) -> Iterator[tuple[str, str, int]]:
    """Give the first and the last letters, with how many there are: one slip leaves either as they are."""
    for change in changes:
        yield letters[:_END], "", len(letters) + change
        yield "", letters[-_END:], len(letters) + change


@cache
def _by_end() -> dict[tuple[str, str, int], list[tuple[str, Known, list[str]]]]:
    """Collect the people of several words by the first and by the last letters of their names."""
    table: dict[tuple[str, str, int], list[tuple[str, Known, list[str]]]] = {}
    for name, known in named().items():
        words = name.split(" ") if known.kind == "PER" else []
        letters = "".join(words)
        if len(words) > 1 and len(letters) >= _SHORTEST_NAME - 1:
            for key in _ends_of(letters, (0,)):
                table.setdefault(key, []).append((letters, known, words))
    return table
