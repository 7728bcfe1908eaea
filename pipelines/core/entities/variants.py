"""Find the known name behind a spelling that no table has."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from pipelines.core.entities.names import fold_name
from pipelines.core.entities.spelling import FEWEST_SOUNDS, family_last, is_foreign, is_slip, skeleton
from pipelines.core.entities.tables import Known, named, places

_LETTERS_A_CHANGE = 4
_CITY = 100_000
_BY_ORDER, _BY_SOUND, _BY_SLIP = 0.85, 0.75, 0.6


class Variant(NamedTuple):
    """A known entity, and how surely another spelling means it."""

    known: Known
    confidence: float


@lru_cache(maxsize=1 << 16)
def find_variant(kind: str, name: str) -> Variant | None:
    """Find the entity of a type that another order of the words, their sound or one slip of the pen leads to.

    >>> [find_variant("PER", name).known.entity.qid for name in ("ڤلاديمير بوتن", "أنجيلا مركل", "إيمانويل ماركون")]
    ['Q7747', 'Q567', 'Q3052772']
    >>> find_variant("PER", "حسين روحاني") is None
    True
    """
    parts = fold_name(name).split()
    if kind == "PER" and (known := named().get(" ".join(family_last(parts)))) and known.kind == kind:
        return Variant(known, _BY_ORDER)
    if known := _sounding(kind, parts):
        return Variant(known, _BY_SOUND)
    slipped = _slipped(parts) if kind == "PER" and len(parts) > 1 else None
    return Variant(slipped, _BY_SLIP) if slipped else None


def _sounding(kind: str, parts: Sequence[str]) -> Known | None:
    """Find the only entity whose foreign name sounds so; a name of one word must be written much the same too."""
    bare = _bare(kind, parts)
    if not is_foreign(bare):
        return None
    sound = skeleton(bare)
    found = _by_sound().get((kind, sound), [])
    if len({known.entity.entity_id for _, known in found}) != 1:
        return None
    letters = "".join(bare)
    limit = len(letters) // _LETTERS_A_CHANGE
    near = len(bare) > 1 or any(OSA.distance(letters, name, score_cutoff=limit) <= limit for name, _ in found)
    return found[0][1] if near and len(sound) >= FEWEST_SOUNDS + (len(bare) == 1) else None


def _slipped(parts: Sequence[str]) -> Known | None:
    """Find the only person whose name differs in one word, and that by a slip."""
    near = {
        known.entity.entity_id: known
        for at, part in enumerate(parts)
        for word, known in _by_rest().get((at, *parts[:at], *parts[at + 1 :]), ())
        if is_slip(part, word)
    }
    return near.popitem()[1] if len(near) == 1 else None


def _bare(kind: str, parts: Sequence[str]) -> Sequence[str]:
    """Take the article off a foreign name, where it is no person's ("الدنمارك")."""
    if kind != "PER" and parts and parts[0].startswith("ال") and len(parts[0]) > 5:
        return [parts[0][2:], *parts[1:]]
    return parts


@cache
def _by_sound() -> dict[tuple[str, str], list[tuple[str, Known]]]:
    """Collect the foreign names, written as one word, by type and sound."""
    table: dict[tuple[str, str], list[tuple[str, Known]]] = {}
    for name, known in _prominent():
        bare = _bare(known.entity.type, name.split(" "))
        if is_foreign(bare):
            table.setdefault((known.entity.type, skeleton(bare)), []).append(("".join(bare), known))
    return table


def _prominent() -> Iterator[tuple[str, Known]]:
    yield from named().items()
    for name, bearers in places().items():
        if bearers[0].kind in ("country", "capital") or bearers[0].population >= _CITY:
            yield name, bearers[0]


@cache
def _by_rest() -> dict[tuple[int | str, ...], list[tuple[str, Known]]]:
    """Collect the words of people's names by where they stand and what stands beside them."""
    table: dict[tuple[int | str, ...], list[tuple[str, Known]]] = {}
    for name, known in named().items():
        parts = name.split(" ")
        if known.kind == "PER" and len(parts) > 1:
            for at, part in enumerate(parts):
                table.setdefault((at, *parts[:at], *parts[at + 1 :]), []).append((part, known))
    return table
