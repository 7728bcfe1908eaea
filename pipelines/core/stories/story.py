"""A story: the articles that tell of one happening, and what they have in common."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from pipelines.core.packed import Value
from pipelines.core.stories.telling import Copied, numbers

MOST_KEYS = 128
"""So many features are kept of what the articles of a story have in common."""
_LARGEST = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Placed(Value):
    """An article has its place in a story, for good.

    `keys` are the hashes of its features (4 bytes each), and `vector` what they weighed when it came (2 bytes, in parts
    of `WHOLE`, of length 1 together); `facts` are packed.
    """

    story_id: str
    published: int
    article_id: str
    revision: int
    source: str
    keys: bytes
    vector: bytes
    facts: bytes


@dataclass(frozen=True, slots=True)
class Followed(Value):
    """A copy is in the story of its original."""

    story_id: str
    copy: Copied


@dataclass(frozen=True, slots=True)
class Merged(Value):
    """A story turned out to be an older one."""

    story_id: str
    into_id: str


@dataclass(eq=False, slots=True)
class Story:
    """A story as it grows; `into` is the older one that it turned out to be.

    Its `articles` are in the order in which they came. `keys` and `sums` are the sum of their vectors, cut to the
    heaviest; `length` is that of the sum.
    """

    story_id: str
    first: int
    last: int
    articles: tuple[Placed, ...] = ()
    copies: tuple[Copied, ...] = ()
    absorbed: tuple[str, ...] = ()
    into: "Story | None" = None
    told: int = 0
    keys: bytes = b""
    sums: bytes = b""
    length: float = 0.0

    @property
    def newest(self) -> "Story":
        """Return the story that this one is today."""
        return self.into.newest if self.into else self

    @property
    def outlets(self) -> set[str]:
        """Return the outlets that tell it."""
        return {one.source for one in self.articles} | {one.source for one in self.copies}

    @property
    def founder(self) -> tuple[int, str]:
        """Return the order in which its first article came."""
        return self.articles[0].published, self.articles[0].article_id

    def article(self, article_id: str) -> Placed | None:
        """Return one of its articles."""
        return next((one for one in self.articles if one.article_id == article_id), None)

    def place(self, placed: Placed) -> None:
        """Take in an article, or its correction."""
        known = self.article(placed.article_id)
        if known is None:
            self.articles += (placed,)
            self.copies = tuple(copy for copy in self.copies if copy.article_id != placed.article_id)
            self._sum_up([(self.keys, "I", self.sums), (placed.keys, "H", placed.vector)])
        else:
            self.articles = tuple(placed if one is known else one for one in self.articles)
        self._reach(placed.published, placed.published)

    def follow(self, copy: Copied) -> None:
        """Take in a copy."""
        self.copies += (copy,)
        self._reach(copy.published, copy.published)

    def absorb(self, other: "Story") -> None:
        """Take in all of a younger story, which stays as it was, and says so."""
        self._sum_up([(self.keys, "I", self.sums), (other.keys, "I", other.sums)])
        self.articles += other.articles
        self.copies += other.copies
        self.absorbed += (other.story_id, *other.absorbed)
        self._reach(other.first, other.last)
        self.told += other.told
        other.into, other.told = self, other.told + 1

    def _reach(self, first: int, last: int) -> None:
        self.first, self.last, self.told = min(self.first, first), max(self.last, last), self.told + 1

    def _sum_up(self, vectors: Sequence[tuple[bytes, str, bytes]]) -> None:
        sums: dict[int, int] = {}
        for keys, kind, weights in vectors:
            for key, weight in zip(numbers("I", keys), numbers(kind, weights), strict=True):
                sums[key] = sums.get(key, 0) + weight
        heaviest = sorted(sums, key=lambda key: (-sums[key], key))[:MOST_KEYS]
        packed = array("I", heaviest).tobytes()
        self.keys = next((keys for keys, _, _ in vectors if keys == packed), packed)
        self.sums = array("I", [min(sums[key], _LARGEST) for key in heaviest]).tobytes()
        self.length = sqrt(sum(sums[key] ** 2 for key in heaviest))
