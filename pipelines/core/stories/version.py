"""What is known of a story, as its record tells it."""

from dataclasses import dataclass

from pipelines.core.packed import Value
from pipelines.core.stories.story import Placed, Story
from pipelines.core.stories.telling import Copied, Facts, facts_of, numbers

CENTRAL = 0.8
"""So central, beside the most central article, is one whose headline stands for the story."""
_FEWEST, _MOST = 4, 18
_NO_HEADLINE = ("شاهد", "بالصور", "بالفيديو", "فيديو", "صور", "مباشر", "عاجل")


@dataclass(frozen=True, slots=True)
class StoryVersion(Value):
    """What is known of a story; `version` grows with all that changes it, and the articles are in order of publication.

    `headline_id` is the article whose title stands for it.
    """

    story_id: str
    version: int
    articles: tuple[Placed, ...]
    copies: tuple[Copied, ...]
    headline_id: str
    absorbed: tuple[str, ...]
    into_id: str | None


def describe(story: Story) -> StoryVersion:
    """Return what is known of a story now."""
    articles = sorted(story.articles, key=lambda one: (one.published, one.article_id))
    copies = sorted(story.copies, key=lambda one: (one.published, one.article_id))
    return StoryVersion(
        story.story_id,
        story.told,
        tuple(articles),
        tuple(copies),
        _headline(story, articles),
        story.absorbed,
        story.into.newest.story_id if story.into else None,
    )


def _headline(story: Story, articles: list[Placed]) -> str:
    """Choose the earliest article about as central as the most central, with a title that says what happened."""
    sums = dict(zip(numbers("I", story.keys), numbers("I", story.sums), strict=True))
    central = {one.article_id: _centrality(one, sums) for one in articles}
    least = CENTRAL * max(central.values())
    good = [one for one in articles if central[one.article_id] >= least]
    return next((one for one in good if _is_good(facts_of(one.facts))), good[0]).article_id


def _centrality(placed: Placed, sums: dict[int, int]) -> int:
    vector = zip(numbers("I", placed.keys), numbers("H", placed.vector), strict=True)
    return sum(weight * sums.get(key, 0) for key, weight in vector)


def _is_good(facts: Facts) -> bool:
    words = facts.title.split()
    return _FEWEST <= len(words) <= _MOST and not words[0].startswith(_NO_HEADLINE)
