"""Stories as an index that a pipeline asks: what comes, what changes, what is remembered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.core.stories.explaining import OUTLETS, Unexplained
from pipelines.core.stories.gathering import Entry, Gathering
from pipelines.core.stories.story import Followed, Placed
from pipelines.core.stories.telling import Copied, Telling
from pipelines.core.stories.version import StoryVersion, describe
from pipelines.core.trends.counter import Tick
from pipelines.core.trends.trend import Trend
from pipelines.core.units import DAY, HOUR

LONGEST_HORIZON = 7 * DAY
_FORGET_EVERY = 6 * HOUR

ENDED = Tick(None)
Heard = Telling | Copied | Tick | Trend
Remembered = Telling | Copied | Tick | Trend | Entry
Told = list[tuple[int, StoryVersion]]
Answers = list[tuple[int, StoryVersion | Trend]]
Text = tuple[str, int]
"""An article and its revision."""


@dataclass
class StoryIndex:
    """The stories of `horizon` milliseconds. What comes together finds its place in the order of publication.

    Where it `waits`, for the input will end, everything does so then: the same stories, in whatever order it came.
    Elsewhere an article finds its place among what came before it, and keeps it. A trend goes through here for the
    story that explains it: at once, or where it `waits`, with the stories.
    """

    horizon: int
    waits: bool
    _gathering: Gathering = field(init=False)
    _unexplained: Unexplained = field(default_factory=Unexplained)
    _waiting: dict[Text, Telling] = field(default_factory=dict)
    _copies: dict[str, dict[Text, Copied]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self.horizon = min(self.horizon, LONGEST_HORIZON)
        self._gathering = Gathering(self.horizon)

    def add(self, batch: Sequence[Heard]) -> tuple[Answers, list[Remembered]]:
        """Take in what came; return each story that it changed, as it is now, and trends; and the entries to keep."""
        came: list[Telling | Copied] = [one for one in batch if isinstance(one, Telling | Copied)]
        trends = [one for one in batch if isinstance(one, Trend)]
        began_with = list(self._unexplained)
        self._unexplained.take(trends)
        if self.waits:
            self.load(came)
            if ENDED not in batch:
                return [], [*came, *trends]
        # What waits where nothing is to wait is what a run that was to end was stopped before.
        heard = [*self._waiting.values(), *(self._unplaced() if self.waits else came)]
        self._waiting.clear()
        if self.waits:
            self._copies.clear()
        told, kept = self._gather(heard)
        explained = self._unexplained.explain(self._gathering.story_of)
        return [*told, *explained], [*(came if self.waits else ()), *kept, *([ENDED] if began_with else ())]

    def load(self, entries: Iterable[Remembered]) -> None:
        """Take back entries that `add` gave to keep."""
        for entry in entries:
            if isinstance(entry, Telling):
                text = entry.article_id, entry.revision  # a message that comes twice may be read twice
                self._waiting[text] = min(entry, self._waiting.get(text, entry), key=_order)
            elif isinstance(entry, Copied):
                self._copies[entry.original_id][entry.article_id, entry.revision] = entry
            elif isinstance(entry, Trend):
                self._unexplained.take([entry])
            elif isinstance(entry, Tick):
                self._unexplained.clear()
            else:
                self._do(entry)

    def expire(self, before: int) -> list[Remembered]:
        """Forget stories without an article since `before` less the horizon; return what stays."""
        limit = before - self.horizon
        self._gathering.forget(limit)
        copies = [copy for copy in self._unplaced() if self.waits or copy.published >= limit]
        self._copies.clear()
        self.load(copies)
        return [*self._gathering.log, *self._waiting.values(), *copies, *self._unexplained]

    def _unplaced(self) -> list[Copied]:
        return [copy for copies in self._copies.values() for copy in copies.values()]

    def _gather(self, heard: Sequence[Telling | Copied]) -> tuple[Told, list[Remembered]]:
        """Let each find its place; what the horizon passes on the way through a whole input is told as it leaves."""
        changed: set[str] = set()
        told: Told = []
        kept: list[Remembered] = []
        forgotten = min((one.published for one in heard), default=0)
        for one in sorted(heard, key=_order):
            if self.waits and one.published >= forgotten + _FORGET_EVERY:
                forgotten = one.published
                leaving = self._gathering.passed(forgotten - self.horizon)
                told += self._tell(changed & leaving)
                changed -= leaving
                self._unexplained.note(self._gathering.stories[name] for name in leaving)
                self._gathering.forget(forgotten - self.horizon)
            for entry in self._hear(one):
                kept.append(entry)
                changed |= self._do(entry)
        return told + self._tell(changed), kept

    def _hear(self, one: Telling | Copied) -> Iterator[Remembered]:
        """Yield what becomes of an article, and of the copies that waited for it."""
        if isinstance(one, Copied):
            yield from self._follow(one)
            return
        yield from self._gathering.place(one)
        for copy in sorted(self._copies.get(one.article_id, {}).values(), key=_order):
            yield from self._follow(copy)

    def _follow(self, copy: Copied) -> Iterator[Remembered]:
        """Yield that a copy is in the story of its original, or waits for it; nothing, where it has its place."""
        story = self._gathering.story_of(copy.original_id)
        if self._gathering.story_of(copy.article_id) is None:
            yield copy if story is None else Followed(story.story_id, copy)

    def _do(self, entry: Remembered) -> set[str]:
        if isinstance(entry, Telling | Copied | Tick | Trend):
            self.load([entry])
            return set()
        if isinstance(entry, Followed):
            self._copies.get(entry.copy.original_id, {}).pop((entry.copy.article_id, entry.copy.revision), None)
        elif isinstance(entry, Placed):
            self._waiting.pop((entry.article_id, entry.revision), None)
        return self._gathering.do(entry)

    def _tell(self, changed: set[str]) -> Told:
        stories = [self._gathering.stories[name] for name in sorted(changed)]
        return [(story.last, describe(story)) for story in stories if len(story.outlets) >= OUTLETS]


def _order(one: Telling | Copied) -> tuple[int, str, int, bool]:
    """Return the total order in which what is there together finds its place."""
    return one.published, one.article_id, one.revision, isinstance(one, Copied)
