"""Gather articles into stories one after the other: each joins the story that it is most like, or begins one."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.core.ids import digest
from pipelines.core.stories.nearest import Nearest, alike, pack_vector
from pipelines.core.stories.story import Followed, Merged, Placed, Story
from pipelines.core.stories.telling import Telling

JOIN, MERGE = 0.38, 0.52
"""From this likeness on an article belongs to a story, and a story to an older one."""

Entry = Placed | Followed | Merged


@dataclass
class Gathering:
    """The stories there are; `log` is all that they rest on, in order."""

    horizon: int
    stories: dict[str, Story] = field(default_factory=dict)
    log: list[Entry] = field(default_factory=list)
    _story_of: dict[str, Story] = field(default_factory=dict)
    _nearest: Nearest = field(init=False)

    def __post_init__(self) -> None:
        self._nearest = Nearest(self.horizon)

    def story_of(self, article_id: str) -> Story | None:
        """Return the story that an article belongs to today."""
        story = self._story_of.get(article_id)
        return story.newest if story else None

    def place(self, telling: Telling) -> Iterator[Entry]:
        """Yield what becomes of an article, and of stories that it shows to be one; `do` does it."""
        story = self.story_of(telling.article_id)
        known = story.article(telling.article_id) if story else None
        if known is not None:
            yield from _correct(known, telling)
            return
        vector = self._nearest.weigh(telling)
        if story is not None:  # what was a mere copy has a text of its own now
            yield _placed(story.story_id, telling, vector)
            return
        matches = self._nearest.find(vector, telling.published)
        near = [match.story for match in matches if match.likeness >= JOIN]
        name = near[0].story_id if near else digest("story", telling.article_id)
        yield _placed(name, telling, vector)
        for other in near[1:]:
            if alike(near[0], other) >= MERGE:
                older, younger = sorted((near[0], other), key=lambda story: story.founder)
                yield Merged(younger.story_id, older.story_id)
                return

    def do(self, entry: Entry) -> set[str]:
        """Do what an entry says, now or when it is taken back; return the stories that it changes."""
        self.log.append(entry)
        if isinstance(entry, Placed):
            return self._do_place(entry)
        story = self.stories[entry.story_id].newest
        if isinstance(entry, Followed):
            self._story_of.setdefault(entry.copy.article_id, story)
            story.follow(entry.copy)
            return {story.story_id}
        self.stories[entry.into_id].newest.absorb(story)
        return {entry.story_id, entry.into_id}

    def passed(self, limit: int) -> set[str]:
        """Return the stories without an article since `limit`, in milliseconds."""
        return {name for name, story in self.stories.items() if story.newest.last < limit}

    def forget(self, limit: int) -> None:
        """Forget those."""
        gone = self.passed(limit)
        if gone:
            for placed in (one for name in sorted(gone) for one in self.stories[name].articles):
                if self._story_of.pop(placed.article_id, None) is not None:
                    self._nearest.forget(placed, gone)
            self.log = [entry for entry in self.log if entry.story_id not in gone]
            self.stories = {name: story for name, story in self.stories.items() if name not in gone}
            self._story_of = {name: story for name, story in self._story_of.items() if story.story_id not in gone}

    def _do_place(self, placed: Placed) -> set[str]:
        story = self.stories.get(placed.story_id)
        if story is None:
            story = Story(placed.story_id, placed.published, placed.published)
            self.stories[placed.story_id] = story
        story = story.newest
        if story.article(placed.article_id) is None:
            self._nearest.note(placed, story)
            self._story_of[placed.article_id] = story
        story.place(placed)
        return {story.story_id}


def _placed(name: str, telling: Telling, vector: dict[int, int]) -> Placed:
    told = telling.published, telling.article_id, telling.revision, telling.source
    return Placed(name, *told, *pack_vector(vector), telling.facts)


def _correct(known: Placed, telling: Telling) -> Iterator[Placed]:
    """Yield an article's correction: it stays where it is, with what it says now."""
    if telling.revision > known.revision:
        told = known.published, known.article_id, telling.revision, known.source
        yield Placed(known.story_id, *told, known.keys, known.vector, telling.facts)
