"""Keep the full names of one article so that each of its names finds those it may be a form of."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipelines.core.entities.mention import Entity
from pipelines.core.entities.person_keys import person_key
from pipelines.core.entities.slips import SHORTEST_SLIP
from pipelines.core.entities.spelling import sound_of

MOST_ALIKE = 64
"""So many full names are kept under one key: an article has no more that share a word where it counts."""
_LONGEST_SLIP = 24

Key = tuple[str, ...]


class Full(NamedTuple):
    """A name of several words, as the article gives it."""

    type: str
    words: tuple[str, ...]
    entity: Entity


class FullNames:
    """Full names by their beginnings, their ends, their sound, and each of their words with a letter left out."""

    def __init__(self) -> None:
        self._by_key: dict[Key, list[Full]] = {}

    def add(self, full: Full) -> None:
        """Take in a full name."""
        keys: Iterable[Key] = _parts(full)
        if full.type == "PER":
            keys = (*keys, *_forms(full.words), *_family(full.words[-1]))
        for key in dict.fromkeys(keys):
            held = self._by_key.setdefault(key, [])
            if len(held) < MOST_ALIKE:
                held.append(full)

    def ending(self, kind: str, words: Sequence[str]) -> list[Full]:
        """Return the names of a type that end in `words`."""
        return self._by_key.get(("ends", kind, *words), [])

    def beginning(self, kind: str, words: Sequence[str]) -> list[Full]:
        """Return the names of a type that begin with `words`."""
        return self._by_key.get(("begins", kind, *words), [])

    def like(self, words: tuple[str, ...]) -> list[Full]:
        """Return the people's names of which `words` may be a form: swapped, shortened, or with a slip."""
        swapped = (("words", *words[1:], words[0]), ("words", words[-1], *words[:-1]))
        return self._find((*_forms(words), *swapped, ("begins", "PER", *words)))

    def like_family(self, word: str) -> list[Full]:
        """Return the people whose family name may be `word` with a slip, or as another ear heard it."""
        return self._find(_family(word))

    def _find(self, keys: Iterable[Key]) -> list[Full]:
        return list(dict.fromkeys(full for key in keys for full in self._by_key.get(key, ())))


def _parts(full: Full) -> Iterator[Key]:
    for size in range(1, len(full.words) + 1):
        yield "ends", full.type, *full.words[-size:]
        yield "begins", full.type, *full.words[:size]


def _forms(words: tuple[str, ...]) -> Iterator[Key]:
    yield "sounds", person_key(" ".join(words))
    yield "words", *words
    yield "between", words[0], words[-1]
    for at, word in enumerate(words):
        for left in _one_letter_less(word):
            yield "slip", str(at), *words[:at], left, *words[at + 1 :]


def _family(word: str) -> Iterator[Key]:
    sound = sound_of(word)
    if sound is not None:
        yield "family sounds", sound
    for left in _one_letter_less(word):
        yield "family", left


def _one_letter_less(word: str) -> Iterator[str]:
    """Give a word and what is left of it without each of its letters: two words one letter apart share one of these."""
    if SHORTEST_SLIP <= len(word) <= _LONGEST_SLIP:
        yield word
        for at in range(len(word)):
            yield word[:at] + word[at + 1 :]
