"""Tell of each article whether it repeats an earlier one: exactly, nearly, or as a part of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipelines.core.duplicates.near import NearIndex, Placed, cluster_of
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.signature import Signature, unpack
from pipelines.core.units import HOUR

FEWEST_EXACT = 2
"""Exact repeats have so many word sequences: a title such as "كاريكاتير" over no text repeats nothing."""
JUDGED = 200


@dataclass(frozen=True, slots=True)
class Repeat:
    """What an article repeats (exact, near or contained), and how much of it: both measures are from 0 to 1."""

    kind: str
    original: Sighting
    similarity: float
    containment: float
    cluster_id: str


@dataclass
class Repeats:
    """Judge articles in the order of `Sighting.order`, batch after batch; `horizon` is in milliseconds."""

    horizon: int
    _near: NearIndex = field(init=False)
    _contents: dict[str, list[Sighting]] = field(default_factory=dict)
    _expired: int = 0

    def __post_init__(self) -> None:
        self._near = NearIndex(self.horizon)

    def add(self, batch: Sequence[tuple[Sighting, Signature]]) -> list[tuple[Sighting, Repeat]]:
        """Return the articles that repeat earlier ones; other versions of itself (same `article_id`) do not count."""
        if not batch:
            return []
        self._expire(min(sighting.published for sighting, _ in batch))
        signatures = {sighting.origin: signature for sighting, signature in batch}
        found = ((one, self._judge(one, signatures[one.origin], placed)) for one, placed in self._near.add(batch))
        return [(sighting, repeat) for sighting, repeat in found if repeat is not None]

    def _judge(self, sighting: Sighting, signature: Signature, placed: Placed) -> Repeat | None:
        original = self._same_content(sighting) if signature.shingles.size >= FEWEST_EXACT else None
        if original is not None:
            cluster_id = placed.cluster_id if signature.key_bytes else cluster_of(original.article_id)
            return Repeat("exact", original, 1.0, 1.0, cluster_id)
        match = placed.match
        if match is None:
            return None
        return Repeat(match.kind, match.original, match.similarity, match.containment, placed.cluster_id)

    def _same_content(self, newcomer: Sighting) -> Sighting | None:
        seen = self._contents.setdefault(newcomer.content_id, [])
        known = [one for one in seen if abs(newcomer.published - one.published) <= self.horizon]
        if all(one.article_id != newcomer.article_id for one in known):
            seen.append(newcomer)
        return next((one for one in known if one.article_id != newcomer.article_id), None)

    def _expire(self, now: int) -> None:
        """Forget once every tenth of the horizon, for each time costs a pass over what is remembered."""
        if now - self._expired < max(HOUR, self.horizon // 10):
            return
        limit = now - self.horizon
        kept = ((name, [one for one in seen if one.published >= limit]) for name, seen in self._contents.items())
        self._contents = {name: seen for name, seen in kept if seen}
        self._near.expire(now)
        self._expired = now


def find_repeats(signed: Iterable[tuple[Sighting, bytes]], horizon: int) -> Iterator[tuple[Sighting, Repeat]]:
    """Yield each article that repeats an earlier one within `horizon` milliseconds, in the order of publication.

    The bytes are an article's packed signature; the order in which they come makes no difference.
    """
    repeats = Repeats(horizon)
    waiting = iter(sorted(signed, key=lambda pair: pair[0].order))
    for batch in iter(lambda: [(sighting, unpack(packed)) for sighting, packed in islice(waiting, JUDGED)], []):
        yield from repeats.add(batch)
