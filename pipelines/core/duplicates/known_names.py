"""Know names by the hash of a word, so that a whole text is looked up at once.

Two reports that say the same of another country or king are two stories, and so are two that tell of other people and
towns in the same words: `similarity.py` compares these. Bodies are left out, for half of them are agencies and papers,
and a copy may well name another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.core.duplicates.hashing import Hashes, Indices, Numbers, hash_words
from pipelines.core.entities.lexicon import UNKNOWN, name_parts, words
from pipelines.core.entities.name_words import given_names
from pipelines.core.entities.nations import nisbas
from pipelines.core.entities.tables import named, places
from pipelines.core.text.fold import fold_text

_KINDS = frozenset({"country", "capital", "metonym"})
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_COMMON_PROCLITICS = ("", "و", "ب", "ل")
_SHORTEST = 3
_FEWEST_BEARERS, _OFTEN_A_NAME, _SELDOM, _TOWN, _EVERYDAY = 2, 10, 400, 3000, 16
"""Uses in news: of a word that many people bear, by their number; of one that few do; of a town's name; of a word."""
_RARE, _LONG = 300, 6
_BITS = 19
_REST = np.uint64(64 - _BITS)


class NameTable(NamedTuple):
    """Hashes of all forms of names in order, each one's number (one for all forms), and which first bits there are."""

    forms: Hashes
    numbers: Numbers
    maybe: "NDArray[np.bool_]"

    def look_up(self, hashes: Hashes) -> tuple[Indices, Numbers]:
        """Return which hashed words are names, and the number of each."""
        found = np.flatnonzero(self.maybe[hashes >> _REST])
        forms_there = np.minimum(np.searchsorted(self.forms, hashes[found]), len(self.forms) - 1)
        known = self.forms[forms_there] == hashes[found]
        return found[known], self.numbers[forms_there[known]]


@cache
def known_names() -> NameTable:
    """Return the table of nations, capitals and people known by one word; written alike, the first is meant."""
    return _make_table((form, entity_id) for name, entity_id in _single_words() for form in _with_proclitics(name))


@cache
def name_words() -> NameTable:
    """Return the table of words that people and places are called by, and that news seldom uses for anything else.

    A form that is an everyday word itself ("بدر", but not "وليد") is no name behind a proclitic.
    """
    called = _called()
    return _make_table(
        (form, name.removeprefix("ال"))  # "الحسيني" and "حسيني" are one
        for name in sorted({*called, *(f"ال{name}" for name in called if _uses(f"ال{name}") < _SELDOM)})
        for form in _with_proclitics(name, _COMMON_PROCLITICS)
        if form == name or words().get(form, UNKNOWN).uses < _EVERYDAY
    )


@cache
def telling_words() -> NameTable:
    """Return the table of what else two short reports of one template differ in: whose minister, which house, how many.

    >>> len(telling_words().look_up(hash_words("توجه وزير الزراعه وثلاثه خبراء"))[0])
    3
    """
    rows = files("pipelines").joinpath("resources/text/telling_words.tsv").read_text("utf-8").splitlines()
    listed = [row.split("\t")[1] for row in rows if "\t" in row and not row.startswith("kind")]
    return _make_table(
        (form, word)
        for words_of_a_kind in listed
        for word in fold_text(words_of_a_kind).split("|")
        for name in (word, f"ال{word}")
        for form in _with_proclitics(name, _COMMON_PROCLITICS)
    )


def _called() -> set[str]:
    people = {
        word
        for word, bearers in name_parts().items()
        if bearers >= _FEWEST_BEARERS and _uses(word) < max(_SELDOM, _OFTEN_A_NAME * bearers)
    }
    families = {word for word, known in words().items() if _is_family_name(word) and known.uses < _RARE}
    return people | given_names() | families | {name for name in places() if " " not in name and _uses(name) < _TOWN}


def _is_family_name(word: str) -> bool:
    """Tell a family name ("الدوخي") from an adjective: without its article no word is left of it."""
    return word.startswith("ال") and word.endswith("ي") and len(word) >= _LONG and word[2:] not in words()


def _uses(word: str) -> int:
    return words().get(word, UNKNOWN).uses


def _make_table(meant: Iterable[tuple[str, str]]) -> NameTable:
    first: Mapping[str, str] = dict(reversed(list(meant)))
    numbers = {name: _number(name) for name in set(first.values())}
    forms, order = np.unique(hash_words(" ".join(first)), return_index=True)
    maybe = np.zeros(1 << _BITS, np.bool_)
    maybe[forms >> _REST] = True
    return NameTable(forms, np.array([numbers[name] for name in first.values()], np.uint32)[order], maybe)


def _single_words() -> Iterator[tuple[str, str]]:
    for name, bearers in places().items():
        if bearers[0].kind in _KINDS and name.isalnum():
            yield name, bearers[0].entity.entity_id
    for table in (nisbas(), {name: known.entity for name, known in named().items() if known.kind == "PER"}):
        for name, entity in table.items():
            if name.isalnum():
                yield name, entity.entity_id


def _with_proclitics(name: str, proclitics: Sequence[str] = _PROCLITICS) -> Iterator[str]:
    if len(name) < _SHORTEST:
        return
    for proclitic in proclitics:
        yield proclitic + name
        if proclitic.endswith("ل") and name.startswith("ال"):
            yield proclitic + name[1:]


def _number(entity_id: str) -> int:
    return int.from_bytes(blake2b(entity_id.encode(), digest_size=4).digest(), "little")
