"""Say of a trend which story explains it: the one that most of the articles of its peak are in."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipelines.core.stories.story import Story
from pipelines.core.trends.trend import Key, Trend

LEAST = 2
"""A story that explains a trend has so many of its articles."""
OUTLETS = 2
"""A story is told when so many outlets tell it."""

Explained = list[tuple[int, Trend]]


@dataclass
class Unexplained:
    """Trends that wait for the stories of their articles: of each thing and day the newest version.

    What becomes of a story before they are explained is noted: a story may be forgotten by then.
    """

    _trends: dict[tuple[Key, int], Trend] = field(default_factory=dict)
    _left: dict[str, str] = field(default_factory=dict)

    def take(self, trends: Iterable[Trend]) -> None:
        """Take in trends."""
        for trend in trends:
            known = self._trends.get((trend.key, trend.day), trend)
            self._trends[trend.key, trend.day] = max(known, trend, key=lambda one: one.version)

    def __iter__(self) -> Iterator[Trend]:
        return iter(self._trends.values())

    def note(self, leaving: Iterable[Story]) -> None:
        """Note which of their articles are in stories that are about to be forgotten."""
        wanted = {article_id for trend in self for article_id in trend.articles}
        for story in leaving if wanted else ():
            inside = {one.article_id for one in story.articles} | {one.article_id for one in story.copies}
            if name := told_id(story):
                self._left |= dict.fromkeys(inside & wanted, name)

    def explain(self, story_of: Callable[[str], Story | None]) -> Explained:
        """Return all of them with their stories, each with its event time, and wait for none any more."""
        told = [(trend.ended - 1, replace(trend, story_id=self._story_id(trend, story_of))) for trend in self]
        self.clear()
        return sorted(told, key=lambda pair: (pair[1].day, pair[1].key))

    def clear(self) -> None:
        """Wait for none any more."""
        self._trends.clear()
        self._left.clear()

    def _story_id(self, trend: Trend, story_of: Callable[[str], Story | None]) -> str | None:
        names = (self._left.get(one) or told_id(story_of(one)) for one in trend.articles)
        counts = Counter(name for name in names if name)
        most = min(counts, key=lambda name: (-counts[name], name), default=None)
        return most if most and counts[most] >= LEAST else None


def told_id(story: Story | None) -> str | None:
    """Return the id under which a story is told today; None where too few outlets tell it."""
    newest = story.newest if story else None
    return newest.story_id if newest and len(newest.outlets) >= OUTLETS else None
