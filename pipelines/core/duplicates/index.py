"""Remember which articles, contents and pieces of text were seen, and answer what came before a newcomer.

An article is looked up by its URL, by its content, and by the keys of its signature; each key belongs to one shard.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipelines.core.article import Origin
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.signature import keys, unpack
from pipelines.core.shards import shard_of

Question = Literal["url", "content", "near"]
Key = tuple[Question, str | int]

MOST_HOLDERS = 64
"""A key of text that so many articles within the horizon have is a phrase of the trade: no more are listed under it."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What one shard is asked about a newcomer; `keys` may be empty, and is answered all the same."""

    shard: int
    sighting: Sighting
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one shard saw before the newcomer, oldest first: other texts under its URL, other articles by their key."""

    shard: int
    sighting: Sighting
    earlier: tuple[tuple[Question, Sighting], ...]


def look_ups(sighting: Sighting, shards: int) -> list[LookUp]:
    """Return what each shard is asked about a newcomer, one question a shard, in the order of the shards."""
    asked: list[list[Key]] = [[] for _ in range(shards)]
    asked[shard_of(sighting.article_id, shards)].append(("url", sighting.article_id))
    asked[shard_of(sighting.content_id, shards)].append(("content", sighting.content_id))
    for key in keys(unpack(sighting.signature)) if sighting.signature else ():
        asked[key % shards].append(("near", key))
    return [LookUp(shard, sighting, tuple(wanted)) for shard, wanted in enumerate(asked)]


@dataclass
class DuplicateIndex:
    """What one shard remembers; `horizon` is in milliseconds of event time.

    Where several questions arrive together they are answered in the order of `Sighting.order`, so that a bounded run
    gives the same answers in whatever order its messages were read.
    """

    horizon: int
    _seen: dict[Key, list[Sighting]] = field(default_factory=lambda: defaultdict(list))
    _arrived: dict[Origin, None] = field(default_factory=dict)

    def add(self, batch: Sequence[LookUp]) -> tuple[list[tuple[int, Answer]], list[LookUp]]:
        """Answer a batch; return the answers with their event times, and the entries to keep."""
        answers, kept = [], []
        for look_up in sorted(batch, key=lambda look_up: look_up.sighting.order):
            sighting = look_up.sighting
            found: dict[tuple[Question, Origin], Sighting] = {}
            new = [key for key in look_up.keys if self._meet(key, sighting, found)]
            earlier = tuple((question, one) for (question, _), one in found.items())
            answers.append((sighting.published, Answer(look_up.shard, sighting, earlier)))
            if new:
                kept.append(LookUp(look_up.shard, sighting, tuple(new)))
                self._arrived[sighting.origin] = None
        return answers, kept

    def load(self, entries: Iterable[LookUp]) -> None:
        """Take back entries that `add` gave to keep."""
        for look_up in entries:
            self._arrived[look_up.sighting.origin] = None
            for key in look_up.keys:
                self._seen[key].append(look_up.sighting)

    def expire(self, before: int) -> list[LookUp]:
        """Forget what is older than `before` less the horizon (milliseconds); return what stays, as it arrived."""
        limit = before - self.horizon
        kept = {key: [one for one in seen if one.published >= limit] for key, seen in self._seen.items()}
        self._seen = defaultdict(list, {key: seen for key, seen in kept.items() if seen})
        held: dict[Origin, tuple[Sighting, list[Key]]] = {}
        for key, seen in self._seen.items():
            for one in seen:
                held.setdefault(one.origin, (one, []))[1].append(key)
        self._arrived = {origin: None for origin in self._arrived if origin in held}
        return [LookUp(0, held[origin][0], tuple(held[origin][1])) for origin in self._arrived]

    def _meet(self, key: Key, newcomer: Sighting, found: dict[tuple[Question, Origin], Sighting]) -> bool:
        """Add to `found` who was seen under a key within the horizon; remember the newcomer, if that is of use."""
        seen, question = self._seen[key], key[0]
        known = [one for one in seen if abs(newcomer.published - one.published) <= self.horizon]
        others = [one for one in known if question != "near" or one.article_id != newcomer.article_id]
        found.update({(question, one.origin): one for one in others})
        is_full = question == "near" and len(known) >= MOST_HOLDERS
        if is_full or not all(_adds(question, one, newcomer) for one in known):
            return False
        seen.append(newcomer)
        return True


def _adds(question: Question, known: Sighting, newcomer: Sighting) -> bool:
    """Say whether a newcomer has something to remember that one known under the same key has not."""
    same_article, same_text = known.article_id == newcomer.article_id, known.content_id == newcomer.content_id
    if question == "near":
        return not (same_article and same_text)
    return not (same_text if question == "url" else same_article)
