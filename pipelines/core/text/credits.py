"""Recognise the words that credits are made of: agencies, outlets, dateline cities, days, reporters' titles."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.core.text.alphabet import MARKS
from pipelines.core.text.fold import fold_text

_WORD = re.compile(rf"[\w{MARKS}]+")
MARK = "\u064e"
"""What stands for any mark above or below a letter: one character is searched far faster than a class."""
_LONGEST = 7
_CODE_POINTS = 0x110000
_AGENCY_KINDS = {"1": "agency", "0": "vague"}
NAMING_KINDS = frozenset({"agency", "vague", "outlet"})


class Credit(NamedTuple):
    """A run of words in a credit and what it is, at positions in the text that was read.

    `kind` is agency, vague (an agency whose name is also a common word), outlet, city, country, date, credit (متابعات),
    link (مع), source (المصدر), verb (a word that no credit holds) or other (perhaps a reporter's name).
    """

    kind: str
    name: str
    start: int
    end: int
    words: int


def fold_in_place(text: str) -> str:
    """Fold letters and digits but move nothing: `text[i]` stays at `i`, and each mark becomes `MARK`.

    >>> fold_in_place("القاهرة - أَ ش أ")
    'القاهره - اَ ش ا'
    """
    codes = _table()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)]
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def read_credits(folded: str, start: int, end: int) -> list[Credit]:
    """Read `folded[start:end]`, the work of `fold_in_place`, as a chain of credits, the longest phrases first.

    >>> [(part.kind, part.name) for part in read_credits("القاهره ا ش ا", 0, 13)]
    [('city', 'القاهرة'), ('agency', 'أ ش أ')]
    """
    words = [(_bare(found.group()), found.start(), found.end()) for found in _WORD.finditer(folded, start, end)]
    parts: list[Credit] = []
    index = 0
    while index < len(words):
        kind, name, size = _longest_phrase([word for word, _, _ in words[index : index + _LONGEST]])
        last = parts[-1] if parts else None
        if kind == "other" and last is not None and last.kind == "other":
            parts[-1] = last._replace(end=words[index][2], words=last.words + 1)
        else:
            parts.append(Credit(kind, name, words[index][1], words[index + size - 1][2], size))
        index += size
    return parts


def may_end_credit(folded: str) -> bool:
    """Tell cheaply whether the last word of `folded` could end the name of an agency or outlet."""
    return (
        bool(words := _WORD.findall(folded, max(0, len(folded) - 30))) and _bare(words[-1]).lstrip("و") in _last_words()
    )


@cache
def _last_words() -> frozenset[str]:
    return frozenset(
        phrase.rsplit(" ", 1)[-1].lstrip("و") for phrase, (kind, _) in _phrases().items() if kind in NAMING_KINDS
    )


def _longest_phrase(words: list[str]) -> tuple[str, str, int]:
    if words[0] == "في" and len(words) > 1 and words[1].isdecimal():
        return "date", "", 2
    phrases = _phrases()
    for size in range(len(words), 0, -1):
        key = " ".join(words[:size])
        known = phrases.get(key)
        if known is None and key.startswith("و"):  # and: "رويترز وفرانس برس"
            known = phrases.get(key[1:])
            known = known if known and known[0] in NAMING_KINDS else None
        if known is not None:
            return *known, size
    return ("date" if words[0].isdecimal() else "other"), "", 1


@cache
def _table() -> NDArray[np.uint32]:
    table = np.arange(_CODE_POINTS, dtype=np.uint32)
    for code in (*range(0x41, 0x5B), *range(0xC0, 0xDF), *range(0x600, 0x700)):
        folded = fold_text(chr(code))
        table[code] = ord(folded) if len(folded) == 1 else code
    for low, high in re.findall("(.)(?:-(.))?", MARKS):
        table[ord(low) : ord(high or low) + 1] = ord(MARK)
    return table


@cache
def _phrases() -> dict[str, tuple[str, str]]:
    """Map each folded phrase to its kind and name; where two kinds share a phrase the earlier in this order has it."""
    words = [row.split("\t") for row in _rows("dateline_words.tsv")]
    phrases = {_key(phrase): (kind, phrase) for kind, phrase in words if kind == "verb"}
    for name, latin, clear, variants in (row.split("\t") for row in _rows("agencies.tsv")):
        for spelling in filter(None, (name, latin, *variants.split("|"))):
            for key in _spellings(_key(spelling)):
                phrases.setdefault(key, (_AGENCY_KINDS[clear], name))
    for kind, phrase in words:
        phrases.setdefault(_key(phrase), (kind, phrase))
    for key, name, *_, aliases in (row.split("\t") for row in _rows("outlets.tsv")):
        for spelling in filter(None, (key, name, *aliases.split("|"))):
            phrases.setdefault(_key(spelling), ("outlet", name))
    return phrases


def _spellings(key: str) -> Iterator[str]:
    """Join the letters of an acronym in every way: ا ف ب, اف ب, ا فب, افب."""
    letters = key.split(" ")
    if max(map(len, letters)) > 1:
        yield key
        return
    for choice in range(1 << (len(letters) - 1)):
        yield "".join(letter + " " * (choice >> place & 1) for place, letter in enumerate(letters)).strip()


def _key(phrase: str) -> str:
    return " ".join(map(_bare, _WORD.findall(fold_in_place(phrase))))


def _bare(word: str) -> str:
    return word if word.isalnum() else word.replace(MARK, "")


def _rows(table: str) -> list[str]:
    return files("pipelines").joinpath("resources", table).read_text("utf-8").splitlines()[1:]
