"""Find the stories that an article is most like, however many there are: by an inverted index with short lists."""

from array import array
from collections.abc import Container
from dataclasses import dataclass, field
from itertools import islice
from math import sqrt
from typing import NamedTuple

from pipelines.core.stories.features import rarity
from pipelines.core.stories.story import Placed, Story
from pipelines.core.stories.telling import UNIT, WHOLE, Telling, numbers
from pipelines.core.units import DAY

LOOKED_UP, MOST_LISTED, MOST_COMPARED = 16, 48, 8
"""The features of an article that it is looked up by; the stories a feature lists; those that are compared."""
SLOTS = 1 << 20
"""Features are counted and listed in so many slots: 12 MB, however many there are."""
OLDEST = 7 * DAY
"""After so long a story is told: what comes then begins another."""
FADING = 0.08
"""So much less alike is an article for each day since the last."""


class Match(NamedTuple):
    """A story and how like it an article is, 0 to 1."""

    likeness: float
    story: Story


@dataclass
class Nearest:
    """How many articles have each feature, and which stories lately had it among their articles' heaviest."""

    horizon: int
    _articles: int = 0
    _having: "array[int]" = field(default_factory=lambda: array("I", bytes(4 * SLOTS)))
    _listed: list[tuple[Story, ...]] = field(default_factory=lambda: [()] * SLOTS)

    def weigh(self, telling: Telling) -> dict[int, int]:
        """Return what each feature of an article weighs now, the heaviest first, in parts of `WHOLE`."""
        weights, commons = numbers("H", telling.weights), numbers("H", telling.common)
        rows = zip(numbers("I", telling.keys), weights, commons, strict=True)
        articles, having = self._articles, self._having
        heavy = [
            (weight / UNIT * rarity(articles, having[key % SLOTS], common / WHOLE), key) for key, weight, common in rows
        ]
        length = sqrt(sum(weight * weight for weight, _ in heavy)) or 1.0
        heavy.sort(key=lambda one: (-one[0], one[1]))
        return {key: whole for weight, key in heavy if (whole := round(weight / length * WHOLE))}

    def find(self, vector: dict[int, int], published: int) -> list[Match]:
        """Return the stories most like an article, the most like first."""
        listed: dict[Story, int] = {}
        for key, weight in islice(vector.items(), LOOKED_UP):
            for story in self._listed[key % SLOTS]:
                listed[story] = listed.get(story, 0) + weight
        reached: dict[Story, int] = {}
        for story, weight in listed.items():
            reached[story.newest] = reached.get(story.newest, 0) + weight
        nearest = sorted(reached, key=lambda story: (-reached[story], story.story_id))
        open_ones = (story for story in nearest if self._is_open(story, published))
        found = [Match(_likeness(vector, story, published), story) for story in islice(open_ones, MOST_COMPARED)]
        return sorted(found, key=lambda match: (-match.likeness, match.story.story_id))

    def note(self, placed: Placed, story: Story) -> None:
        """Remember an article's features, and list its story under the heaviest."""
        self._articles += 1
        keys = numbers("I", placed.keys)
        for key in keys:
            self._having[key % SLOTS] += 1
        for key in keys[:LOOKED_UP]:
            listed = self._listed[key % SLOTS]
            if story in listed:
                listed = tuple(other for other in listed if other is not story)
            self._listed[key % SLOTS] = (*listed[1 - MOST_LISTED :], story)

    def forget(self, placed: Placed, gone: Container[str]) -> None:
        """Forget an article of one of the stories that are gone."""
        self._articles -= 1
        keys = numbers("I", placed.keys)
        for key in keys:
            self._having[key % SLOTS] -= 1
        for key in keys[:LOOKED_UP]:
            listed = self._listed[key % SLOTS]
            self._listed[key % SLOTS] = tuple(other for other in listed if other.story_id not in gone)

    def _is_open(self, story: Story, published: int) -> bool:
        return story.last >= published - self.horizon and story.first >= published - OLDEST


def pack_vector(vector: dict[int, int]) -> tuple[bytes, bytes]:
    """Return the keys and the weights of a vector as they are kept."""
    return array("I", vector).tobytes(), array("H", vector.values()).tobytes()


def _likeness(vector: dict[int, int], story: Story, published: int) -> float:
    """Return the cosine of an article and a story, less for the time between."""
    shared = sum(
        vector[key] * weight
        for key, weight in zip(numbers("I", story.keys), numbers("I", story.sums), strict=True)
        if key in vector
    )
    return shared / (WHOLE * story.length) - FADING * max(0, published - story.last) / DAY


def alike(one: Story, other: Story) -> float:
    """Return the cosine of two stories."""
    sums = dict(zip(numbers("I", one.keys), numbers("I", one.sums), strict=True))
    pairs = zip(numbers("I", other.keys), numbers("I", other.sums), strict=True)
    return sum(sums.get(key, 0) * weight for key, weight in pairs) / (one.length * other.length)
