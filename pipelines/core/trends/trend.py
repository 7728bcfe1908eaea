"""What is counted of the news, and what is found in the counts."""

from dataclasses import dataclass

from pipelines.core.ids import digest
from pipelines.core.packed import Value

CLOCK = "clock"
"""The kind of a cell without articles: it tells a shard that there was news then, of things of other shards."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell(Value):
    """The articles of one small fixed window that speak of one thing.

    `key` is (kind, id); `start` is in milliseconds; `articles` maps article ids to outlets; a later cell with the same
    key and start replaces this one when it has more articles.
    """

    key: Key
    name: str
    type: str
    start: int
    articles: tuple[tuple[str, str], ...]

    @property
    def shard_key(self) -> str:
        """Return a hexadecimal id of the thing counted, to choose a shard by."""
        return digest("trend", *self.key)


@dataclass(frozen=True, slots=True)
class Trend(Value):
    """One thing on one day (UTC, its number since 1970): its unusual windows and their peak.

    It `began` with the cell of the first article in the first of them, and `ended` with the last of them.

    `story_id` is the story that explains it, where `core/stories/explaining.py` has looked for one.

    Count, outlets, mean of the day before and score are those of the peak, `start` to `end`. Where no window is unusual
    any more, for more is known, it is `retracted`. `version` grows with all that is known of the day.
    """

    key: Key
    day: int
    name: str
    type: str
    began: int
    ended: int
    start: int
    end: int
    articles: tuple[str, ...]
    outlets: int
    baseline_mean: float
    baseline_windows: int
    score: float
    version: int
    retracted: bool = False
    story_id: str | None = None
