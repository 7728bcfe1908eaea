"""Know the names of known people, each with what it is found by."""

from collections.abc import Sequence
from functools import cache

from pipelines.core.entities.name_words import is_given
from pipelines.core.entities.person_keys import person_key, person_words
from pipelines.core.entities.tables import Known, named, rows

Words = tuple[str, ...]


def people() -> list[tuple[str, Known]]:
    """Return the folded names of the known people."""
    return [(name, known) for name, known in named().items() if known.kind == "PER"]


@cache
def _reduced() -> dict[str, tuple[str, Words]]:
    """Load the key and words of each known name (`people_keys.tsv.gz`), made once for they take long."""
    return {row["name"]: (row["key"], tuple(row["words"].split())) for row in rows("people_keys.tsv.gz")}


def reduce_known(name: str) -> tuple[str, Words]:
    """Return the key and the words of a folded name (`person_key`, `person_words`)."""
    return _reduced().get(name) or (person_key(name), person_words(name))


def known_words() -> list[tuple[Known, Words]]:
    """Return the known people with the words of each of their names."""
    return [(known, reduce_known(name)[1]) for name, known in people()]


def are_two_people(parts: Sequence[str]) -> bool:
    """Tell whether folded words name a known person and somebody else behind him.

    >>> [are_two_people(name.split()) for name in ("دونالد ترامب جو بايدن", "نيكولاس مادورو موروس")]
    [True, False]
    """
    return any(_is_known(parts[:at]) and _is_another(parts[at:], parts[:at]) for at in range(2, len(parts)))


def _is_another(parts: Sequence[str], known: Sequence[str]) -> bool:
    """Tell whether words are another known person's name than those, or a given name behind "and"."""
    joined = [parts[0][1:], *parts[1:]] if parts[0].startswith("و") and len(parts[0]) > 1 else parts
    if joined is not parts and is_given(joined[0]):
        return True
    others = [named()[name] for name in (" ".join(parts), " ".join(joined)) if name in named()]
    first = named()[" ".join(known)].entity.entity_id
    return any(other.kind == "PER" and other.entity.entity_id != first for other in others)


def _is_known(parts: Sequence[str]) -> bool:
    known = named().get(" ".join(parts))
    return known is not None and known.kind == "PER"
