"""Name for every copy its original and its cluster: one story, however many papers print it.

Only copies come here, without their text. A cluster begins with an article that copies nothing; a copy joins the
cluster of what it copies, and what comes after may copy the copy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.core.article import Origin
from pipelines.core.duplicates.near import cluster_of
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.verdict import Match, choose
from pipelines.core.packed import Value


@dataclass(frozen=True, slots=True)
class Copy(Value):
    """An article that copies earlier ones; `is_dropped` says that nothing else is written of it."""

    sighting: Sighting
    revision: int
    matches: tuple[Match, ...]
    is_dropped: bool


@dataclass(frozen=True, slots=True)
class Linked(Value):
    """A copy, the one article it is said to copy, and the first article of its cluster (`root_id`)."""

    copy: Copy
    match: Match
    cluster_id: str
    root_id: str

    @property
    def is_echo(self) -> bool:
        """Return whether another article says again all that its original says, and nothing else is written of it.

        Not a short text within a longer one, which tells only some of it; and not the same article sent twice.
        """
        return self.copy.is_dropped and self.match.kind != "contained" and self.root_id != self.copy.sighting.article_id

    @property
    def origin(self) -> Origin:
        """Return where the copy's message came from."""
        return self.copy.sighting.origin


@dataclass(frozen=True, slots=True)
class Member(Value):
    """A copy remembered: the first article of its cluster."""

    article_id: str
    root_id: str
    published: int


@dataclass
class ClusterIndex:
    """Which cluster each copy of the last `horizon` milliseconds belongs to; what is no copy begins its own."""

    horizon: int
    _members: dict[str, Member] = field(default_factory=dict)

    def add(self, batch: Sequence[Copy]) -> tuple[list[tuple[int, Linked]], list[Member]]:
        """Link copies, in their total order; return them with their event times, and the entries to keep."""
        linked, members = [], []
        for copy in sorted(batch, key=lambda copy: copy.sighting.order):
            match = choose(
                copy.matches,
                cluster=lambda original: self._root(original.article_id),
                is_copy=lambda original: original.article_id in self._members,
            )
            root_id = self._root(match.original.article_id)
            linked.append((copy.sighting.published, Linked(copy, match, cluster_of(root_id), root_id)))
            if copy.sighting.article_id != root_id:
                members.append(Member(copy.sighting.article_id, root_id, copy.sighting.published))
                self.load(members[-1:])
        return linked, members

    def load(self, entries: Iterable[Member]) -> None:
        """Take back entries that `add` gave to keep."""
        for member in entries:
            self._members.setdefault(member.article_id, member)

    def expire(self, before: int) -> list[Member]:
        """Forget copies that nothing after `before` can copy in turn; return the others."""
        limit = before - self.horizon
        self._members = {name: one for name, one in self._members.items() if one.published >= limit}
        return list(self._members.values())

    def _root(self, article_id: str) -> str:
        member = self._members.get(article_id)
        return member.root_id if member else article_id
