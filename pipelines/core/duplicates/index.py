"""Remember which articles, contents and pieces of text were seen, and answer what came before a newcomer.

An article is looked up by its URL, by its content, and by the keys of its signature.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal
from zlib import crc32

from pipelines.core.article import Origin
from pipelines.core.duplicates.holders import Holders
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.signature import keys, unpack
from pipelines.core.packed import Value

Question = Literal["url", "content", "near"]
Key = tuple[Question, str | int]

QUESTIONS: tuple[Question, ...] = ("url", "content", "near")

MOST_HOLDERS = 64
"""A key of text that so many articles within the horizon have is a phrase of the trade: no more are listed under it."""


@dataclass(frozen=True, slots=True)
class LookUp(Value):
    """What the index is asked about a newcomer, and keeps of it: an article, and the keys that lead to it."""

    sighting: Sighting
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was seen before a newcomer, oldest first: other texts under its URL, other articles by its other keys."""

    sighting: Sighting
    earlier: tuple[tuple[Question, Sighting], ...]


def look_up(sighting: Sighting) -> LookUp:
    """Return what is asked about a newcomer."""
    near = keys(unpack(sighting.signature)) if sighting.signature else []
    exact: tuple[Key, Key] = ("url", sighting.article_id), ("content", sighting.content_id)
    return LookUp(sighting, (*exact, *(("near", key) for key in near)))


@dataclass
class DuplicateIndex:
    """What is remembered; `horizon` is in milliseconds of event time.

    Where several questions arrive together they are answered in the order of `Sighting.order`, so that a bounded run
    gives the same answers in whatever order its messages were read.
    """

    horizon: int
    _sightings: list[Sighting] = field(default_factory=list)
    _holders: dict[Question, Holders] = field(default_factory=lambda: {question: Holders() for question in QUESTIONS})

    def add(self, batch: Sequence[LookUp]) -> tuple[list[tuple[int, Answer]], list[LookUp]]:
        """Answer a batch; return the answers with their event times, and the entries to keep."""
        answers, kept = [], []
        for asked in sorted(batch, key=lambda asked: asked.sighting.order):
            sighting = asked.sighting
            found: dict[tuple[Question, Origin], Sighting] = {}
            new = tuple(key for key in asked.keys if self._meet(key, sighting, found))
            earlier = tuple((question, one) for (question, _), one in found.items())
            answers.append((sighting.published, Answer(sighting, earlier)))
            if new:
                kept.append(LookUp(sighting, new))
                self.load(kept[-1:])
        return answers, kept

    def load(self, entries: Iterable[LookUp]) -> None:
        """Take back entries that `add` gave to keep."""
        for entry in entries:
            for question, key in entry.keys:
                self._holders[question].add(_number(key), len(self._sightings))
            self._sightings.append(entry.sighting)

    def expire(self, before: int) -> list[LookUp]:
        """Forget what is older than `before` less the horizon (milliseconds); return what stays, as it arrived."""
        limit = before - self.horizon
        keys: dict[int, list[Key]] = defaultdict(list)
        for question, holders in self._holders.items():
            for key, number in holders:
                if (one := self._sightings[number]).published >= limit:
                    keys[number].append((question, key if question == "near" else _asked(question, one)))
            holders.clear()
        stay = [LookUp(self._sightings[number], tuple(keys[number])) for number in sorted(keys)]
        self._sightings.clear()
        self.load(stay)
        return stay

    def _meet(self, key: Key, newcomer: Sighting, found: dict[tuple[Question, Origin], Sighting]) -> bool:
        """Add to `found` who was seen under a key within the horizon; return whether the newcomer is to be, too."""
        question = key[0]
        known = [one for one in self._under(*key) if abs(newcomer.published - one.published) <= self.horizon]
        others = [one for one in known if question != "near" or one.article_id != newcomer.article_id]
        found.update({(question, one.origin): one for one in others})
        is_full = question == "near" and len(known) >= MOST_HOLDERS
        return not is_full and all(_adds(question, one, newcomer) for one in known)

    def _under(self, question: Question, key: str | int) -> list[Sighting]:
        """Return who was seen under a key, in the order in which they came."""
        listed = [self._sightings[number] for number in self._holders[question].under(_number(key))]
        return [one for one in listed if _asked(question, one) == key] if listed and question != "near" else listed


def _number(key: str | int) -> int:
    """Return 32 bits of a key: two that share them are told apart by what was seen under them."""
    return key if isinstance(key, int) else crc32(key.encode())


def _asked(question: Question, sighting: Sighting) -> str:
    return sighting.article_id if question == "url" else sighting.content_id


def _adds(question: Question, known: Sighting, newcomer: Sighting) -> bool:
    """Say whether a newcomer has something to remember that one known under the same key has not."""
    same_article, same_text = known.article_id == newcomer.article_id, known.content_id == newcomer.content_id
    if question == "near":
        return not (same_article and same_text)
    return not (same_text if question == "url" else same_article)
