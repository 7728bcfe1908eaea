"""Find the known name behind a spelling that no table has."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.body_keys import body_key
from pipelines.core.entities.known_people import Found, find_person
from pipelines.core.entities.name_words import is_foreign
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.places.by_slip import find_place_by_slip
from pipelines.core.entities.spelling import FEWEST_SOUNDS, skeleton
from pipelines.core.entities.tables import Known, named, places

_LETTERS_A_CHANGE = 4
_CITY = 100_000
_BUILT = frozenset(("مخيم", "مطار", "معبر", "منفذ", "ميناء", "قاعده", "نهر", "بحيره", "مضيق", "جزيره"))
_BY_SOUND, _BY_WORDS, _BY_SLIP = 0.75, 0.8, 0.6


@lru_cache(maxsize=NAMES)
def find_variant(kind: str, name: str) -> Found | None:
    """Find the entity of a type that another order of the words, their sound or one slip of the pen leads to.

    >>> [find_variant("PER", name).known.entity.qid for name in ("ڤلاديمير بوتن", "أنجيلا مركل", "إيمانويل ماركون")]
    ['Q7747', 'Q567', 'Q3052772']
    >>> find_variant("PER", "حسين روحاني") is None
    True
    """
    if kind == "PER" and (found := find_person(name)):
        return found
    if known := _sounding(kind, fold_name(name).split()):
        return Found(known, _BY_SOUND)
    known = find_place_by_slip(name) if kind == "LOC" else None
    if known:
        return Found(known, _BY_SLIP)
    if kind == "ORG":
        known = _by_words(kind).get(body_key(name))
    elif known is None and kind == "LOC" and fold_name(name).partition(" ")[0] in _BUILT:
        known = _by_words(kind).get(body_key(name)) or _by_words(kind).get(body_key(_other_end(fold_name(name))))
    return Found(known, _BY_WORDS) if known else None


def _other_end(name: str) -> str:
    """Write a folded name with the other of the letters that its last word's sound may be written in.

    >>> _other_end("مخيم جباليه")
    'مخيم جباليا'
    """
    return name[:-1] + {"ه": "ا", "ا": "ه"}.get(name[-1], name[-1])


def _sounding(kind: str, parts: Sequence[str]) -> Known | None:
    """Find the only entity whose foreign name sounds so; a name of one word must be written much the same too."""
    bare = _bare(kind, parts)
    if not is_foreign(bare) or (kind == "PER" and len(bare) > 1):
        return None
    sound = skeleton(bare)
    found = _by_sound().get((kind, sound), [])
    if len({known.entity.entity_id for _, known in found}) != 1:
        return None
    letters = "".join(bare)
    limit = len(letters) // _LETTERS_A_CHANGE
    near = len(bare) > 1 or any(OSA.distance(letters, name, score_cutoff=limit) <= limit for name, _ in found)
    return found[0][1] if near and len(sound) >= FEWEST_SOUNDS + (len(bare) == 1) else None


def _bare(kind: str, parts: Sequence[str]) -> Sequence[str]:
    """Take the article off a foreign name, where it is no person's ("الدنمارك")."""
    if kind != "PER" and parts and parts[0].startswith("ال") and len(parts[0]) > 5:
        return [parts[0][2:], *parts[1:]]
    return parts


@cache
def _by_words(kind: str) -> dict[str, Known]:
    """Collect the bodies, or the places of such a kind, by what their wordings share: "مطار القاهرة الدولي"."""
    table: dict[str, Known] = {}
    for name, known in named().items() if kind == "ORG" else ():
        if known.kind == "ORG" and " " in name:
            table.setdefault(body_key(name), known)
    for name, bearers in places().items() if kind == "LOC" else ():
        if " " in name and name.partition(" ")[0] in _BUILT:
            table.setdefault(body_key(name), bearers[0])
    return table


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
    """Yield the bodies and well-known places, and the people who are called by one word."""
    yield from ((name, known) for name, known in named().items() if known.kind != "PER" or " " not in name)
    for name, bearers in places().items():
        if bearers[0].kind in ("country", "capital") or bearers[0].population >= _CITY:
            yield name, bearers[0]
