"""Find the earlier article that a newcomer copies: the sequential reference, which one process can also run alone.

Every article is remembered for the horizon, copies too, for a copy of a copy may have drifted away from the original.
What is named as the original is an article that was itself new, wherever one is near enough.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipelines.core.duplicates.index import MOST_HOLDERS
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.signature import Signature, keys, pack, packed_keys, unpack
from pipelines.core.duplicates.similarity import Similarity, compare_all
from pipelines.core.duplicates.verdict import MOST_COMPARED, Match, choose
from pipelines.core.ids import digest
from pipelines.core.units import HOUR


@dataclass(slots=True)
class Known:
    """An article remembered: its packed signature, its cluster, and whether it was new when it came."""

    sighting: Sighting
    packed: bytes
    cluster_id: str = ""
    is_original: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A newcomer's cluster, and what it copies, if anything."""

    cluster_id: str
    match: Match | None


@dataclass
class NearIndex:
    """What is remembered of `horizon` milliseconds of event time. Who comes first is the original of who comes later.

    Where several come together, add them in the order of `Sighting.order`: then clusters and originals do not depend
    on the order of arrival. An article that comes later than its copy, though published before, is the copy.
    """

    horizon: int
    _holders: dict[int, tuple[Known, ...]] = field(default_factory=dict)
    _hours: dict[int, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, batch: Iterable[tuple[Sighting, Signature]]) -> list[tuple[Sighting, Placed]]:
        """Find what articles copy, and remember them, in their total order, which is also that of the answer.

        An article's own earlier versions (same `article_id`) do not count.
        """
        ordered = sorted(batch, key=lambda pair: pair[0].order)
        known = [Known(sighting, pack(signature)) for sighting, signature in ordered]
        candidates = [self._meet(one, signature) for one, (_, signature) in zip(known, ordered, strict=True)]
        pairs = [
            (signature, unpack(one.packed))
            for (_, signature), found in zip(ordered, candidates, strict=True)
            for one in found
        ]
        similarities = iter(compare_all(pairs))
        return [(one.sighting, _place(one, found, similarities)) for one, found in zip(known, candidates, strict=True)]

    def expire(self, before: int) -> None:
        """Forget what was published more than the horizon before that time (milliseconds)."""
        limit = (before - self.horizon) // HOUR
        for hour in [hour for hour in self._hours if hour < limit]:
            for known in self._hours.pop(hour):
                self._forget(known)

    def __len__(self) -> int:
        return sum(map(len, self._hours.values()))

    def _meet(self, newcomer: Known, signature: Signature) -> list[Known]:
        """Return the remembered articles within the horizon that share a key with a newcomer, and remember it too."""
        sighting, shared, found = newcomer.sighting, Counter[int](), dict[int, Known]()
        for key in keys(signature):
            holders = self._holders.get(key, ())
            for known in holders:
                shared[id(known)] += 1
                found[id(known)] = known
            if len(holders) < MOST_HOLDERS:
                self._holders[key] = (*holders, newcomer)
        self._hours[sighting.published // HOUR].append(newcomer)
        near = [
            known
            for known in found.values()
            if abs(known.sighting.published - sighting.published) <= self.horizon
            and known.sighting.article_id != sighting.article_id
        ]
        if len(near) > MOST_COMPARED:
            near.sort(key=lambda known: (-shared[id(known)], known.sighting.order))
        return near[:MOST_COMPARED]

    def _forget(self, known: Known) -> None:
        for key in packed_keys(known.packed):
            left = tuple(one for one in self._holders.get(key, ()) if one is not known)
            if left:
                self._holders[key] = left
            else:
                self._holders.pop(key, None)


def _place(newcomer: Known, candidates: Sequence[Known], similarities: Iterator[Similarity]) -> Placed:
    known = {one.sighting.origin: one for one in candidates}
    matches = [
        Match(one.sighting, kind, found.similarity, found.containment, found.direction, found.rest)
        for one, found in zip(candidates, islice(similarities, len(candidates)), strict=True)
        if (kind := found.kind) is not None
    ]
    if not matches:
        newcomer.cluster_id = cluster_of(newcomer.sighting.article_id)
        return Placed(newcomer.cluster_id, None)
    match = choose(
        matches,
        cluster=lambda original: known[original.origin].cluster_id,
        is_copy=lambda original: not known[original.origin].is_original,
    )
    newcomer.is_original, newcomer.cluster_id = False, known[match.original.origin].cluster_id
    return Placed(newcomer.cluster_id, match)


def cluster_of(article_id: str) -> str:
    """Return the id of the cluster that an original begins."""
    return digest("cluster", article_id)
