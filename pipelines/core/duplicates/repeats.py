"""Tell of each article whether it repeats an earlier one: exactly, nearly, or as a part of it."""

from dataclasses import dataclass, field
from typing import Literal

from pipelines.core.duplicates.index import DuplicateIndex, LookUp
from pipelines.core.duplicates.near import NearIndex, cluster_of
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.signature import Signature, keys

FEWEST_EXACT = 2
"""Exact repeats have so many word sequences: a title such as "كاريكاتير" over no text repeats nothing."""
HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Repeat:
    """What an article repeats, and how much of it: both measures are from 0 to 1."""

    kind: Literal["exact", "near", "contained"]
    original: Sighting
    similarity: float
    containment: float
    cluster_id: str


@dataclass
class Repeats:
    """Judge articles one after the other, in the order of `Sighting.order`; `horizon` is in milliseconds."""

    horizon: int
    _exact: DuplicateIndex = field(init=False)
    _near: NearIndex = field(init=False)
    _expired: int = 0

    def __post_init__(self) -> None:
        self._exact, self._near = DuplicateIndex(self.horizon), NearIndex(self.horizon)

    def add(self, sighting: Sighting, signature: Signature) -> Repeat | None:
        """Return what the article repeats, or `None`; other versions of itself (same `article_id`) do not count."""
        self._expire(sighting.published)
        placed = self._near.add(sighting, signature)
        original = self._same_content(sighting) if signature.shingles.size >= FEWEST_EXACT else None
        if original is not None:
            cluster_id = placed.cluster_id if keys(signature) else cluster_of(original.article_id)
            return Repeat("exact", original, 1.0, 1.0, cluster_id)
        match = placed.match
        if match is None:
            return None
        found = match.similarity
        return Repeat(match.kind, match.known.sighting, found.similarity, found.containment, placed.cluster_id)

    def _same_content(self, sighting: Sighting) -> Sighting | None:
        [(_, answer)], _ = self._exact.add([LookUp(0, sighting, (("content", sighting.content_id),))])
        return next((one for _, one in answer.earlier if one.article_id != sighting.article_id), None)

    def _expire(self, now: int) -> None:
        """Forget once every tenth of the horizon, for each time costs a pass over what is remembered."""
        if now - self._expired >= max(HOUR, self.horizon // 10):
            self._exact.expire(now)
            self._near.expire(now)
            self._expired = now
