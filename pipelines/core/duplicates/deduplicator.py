"""Judge articles by all that came before them, one after the other: the whole of deduplication as one index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.core.arrival import Kept, Signed
from pipelines.core.duplicates.clusters import ClusterIndex, Copy, Linked, Member
from pipelines.core.duplicates.index import DuplicateIndex, LookUp, look_up
from pipelines.core.duplicates.verdict import judge

Judged = Kept | Linked
Remembered = LookUp | Member


@dataclass
class Deduplicator:
    """What is remembered of the articles of `horizon` milliseconds of event time, and of the clusters they form.

    Where several come together they are judged in the order of `Sighting.order`, so that a bounded run gives the same
    verdicts in whatever order its messages were read.
    """

    horizon: int
    _articles: DuplicateIndex = field(init=False)
    _clusters: ClusterIndex = field(init=False)

    def __post_init__(self) -> None:
        self._articles, self._clusters = DuplicateIndex(self.horizon), ClusterIndex(self.horizon)

    def add(self, batch: Sequence[Signed]) -> tuple[list[tuple[int, Judged]], list[Remembered]]:
        """Judge a batch; return articles kept and copies linked, with their event times, and the entries to keep.

        An article that is kept though it copies another is both.
        """
        judged: list[tuple[int, Judged]] = []
        kept: list[Remembered] = []
        for signed in sorted(batch, key=lambda signed: signed.sighting.order):
            found, remembered = self._judge(signed)
            judged += [(signed.sighting.published, one) for one in found]
            kept += remembered
        return judged, kept

    def load(self, entries: Iterable[Remembered]) -> None:
        """Take back entries that `add` gave to keep."""
        for entry in entries:
            if isinstance(entry, Member):
                self._clusters.load([entry])
            else:
                self._articles.load([entry])

    def expire(self, before: int) -> list[Remembered]:
        """Forget what is older than `before` less the horizon (milliseconds); return what stays."""
        return [*self._articles.expire(before), *self._clusters.expire(before)]

    def _judge(self, signed: Signed) -> tuple[list[Judged], list[Remembered]]:
        sighting = signed.sighting
        [(_, answer)], looked_up = self._articles.add([look_up(sighting)])
        verdict = judge(answer)
        found: list[Judged] = []
        members: list[Member] = []
        if not verdict.is_dropped:
            found.append(Kept(sighting.origin, signed.article, verdict.revision))
        if verdict.matches:
            copy = Copy(sighting, verdict.revision, verdict.matches, verdict.is_dropped)
            linked, members = self._clusters.add([copy])
            found += [one for _, one in linked]
        return found, [*looked_up, *members]
