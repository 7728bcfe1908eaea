"""Know nations, capitals and people by the hash of a word, so that a whole text is looked up at once.

Two reports that say the same of another country or king are two stories: `similarity.py` compares these. Bodies are
left out, for half of them are agencies and papers, and a copy may well name another.
"""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from pipelines.core.duplicates.hashing import Hashes, Numbers, Places, hash_words
from pipelines.core.entities.nations import nisbas
from pipelines.core.entities.tables import named, places

_KINDS = frozenset({"country", "capital", "metonym"})
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_SHORTEST = 3
_BITS = 19
_REST = np.uint64(64 - _BITS)


def look_up_names(words: Hashes) -> tuple[Places, Numbers]:
    """Return which hashed words are known names, and a number for each, the same for all forms of a name."""
    forms, entities, maybe = _table()
    found = np.flatnonzero(maybe[words >> _REST])
    forms_there = np.minimum(np.searchsorted(forms, words[found]), len(forms) - 1)
    known = forms[forms_there] == words[found]
    return found[known], entities[forms_there[known]]


@cache
def _table() -> tuple[Hashes, Numbers, "NDArray[np.bool_]"]:
    """Return the hashes of all forms in order, whom each names, and which first bits of a hash there are.

    Where two are written alike, the first is meant.
    """
    meant: dict[str, str] = {}
    for name, entity_id in _single_words():
        for form in _with_proclitics(name):
            meant.setdefault(form, entity_id)
    forms, order = np.unique(hash_words(" ".join(meant)), return_index=True)
    entities = np.array([_number(entity_id) for entity_id in meant.values()], np.uint32)
    maybe = np.zeros(1 << _BITS, np.bool_)
    maybe[forms >> _REST] = True
    return forms, entities[order], maybe


def _single_words() -> Iterator[tuple[str, str]]:
    for name, bearers in places().items():
        if bearers[0].kind in _KINDS and name.isalnum():
            yield name, bearers[0].entity.entity_id
    for table in (nisbas(), {name: known.entity for name, known in named().items() if known.kind == "PER"}):
        for name, entity in table.items():
            if name.isalnum():
                yield name, entity.entity_id


def _with_proclitics(name: str) -> Iterator[str]:
    if len(name) < _SHORTEST:
        return
    for proclitic in _PROCLITICS:
        yield proclitic + name
        if proclitic.endswith("ل") and name.startswith("ال"):
            yield proclitic + name[1:]


def _number(entity_id: str) -> int:
    return int.from_bytes(blake2b(entity_id.encode(), digest_size=4).digest(), "little")
