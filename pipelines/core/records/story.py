"""Build the record of a story: one happening, told by several outlets."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pipelines.core.records.pieces import Fields, shorten
from pipelines.core.stories.happenings import gather
from pipelines.core.stories.reported import Reported
from pipelines.core.stories.story import Placed
from pipelines.core.stories.telling import Copied, Facts, Named, facts_of
from pipelines.core.stories.version import StoryVersion
from pipelines.core.units import HOUR, from_millis
from pipelines.core.version import PIPELINE_VERSION

MOST_ARTICLES, MOST_EVENTS, MOST_NAMES = 200, 200, 20
LATELY = 6
"""Speed is counted over so many hours."""


def story_record(version: StoryVersion) -> Fields:
    """Return the fields of `schemas/story` for what is known of a story."""
    facts = {one.article_id: facts_of(one.facts) for one in version.articles}
    articles = sorted(_articles(version, facts), key=lambda one: (one["published_at"], one["article_id"]))
    times = sorted(one.published for one in _all(version))
    outlets = list(dict.fromkeys(one["source"] for one in articles))
    agencies = Counter(one["agency"] for one in articles if one["agency"])
    named = list(_names(facts.values()))
    return {
        "story_id": version.story_id,
        "version": version.version,
        **_headline(version),
        "first_published_at": from_millis(times[0]),
        "last_published_at": from_millis(times[-1]),
        "article_count": len(times),
        "outlet_count": len(outlets),
        "speed": shorten(sum(time > times[-1] - LATELY * HOUR for time in times) / LATELY),
        "outlets": outlets,
        "agencies": sorted(agencies, key=lambda agency: (-agencies[agency], agency)),
        "articles": articles[:MOST_ARTICLES],
        **_events([one.events for one in facts.values()]),
        "places": [one for one in named if one["type"] == "LOC"][:MOST_NAMES],
        "participants": [one for one in named if one["type"] != "LOC"][:MOST_NAMES],
        "absorbed": sorted(version.absorbed),
        "merged_into": version.into_id,
        "pipeline_version": PIPELINE_VERSION,
    }


def _events(articles: Sequence[Sequence[Reported]]) -> Fields:
    told = list(dict.fromkeys(event.event_id for events in articles for event in events))[:MOST_EVENTS]
    first = frozenset(told)  # of a long story no more are compared than are told
    happenings = gather([event for event in events if event.event_id in first] for events in articles)
    return {"event_ids": told, "happenings": [{"event_ids": one} for one in happenings]}


def _headline(version: StoryVersion) -> Fields:
    article = next(one for one in version.articles if one.article_id == version.headline_id)
    facts = facts_of(article.facts)
    return {
        "headline": facts.title,
        "headline_article_id": article.article_id,
        "headline_source": article.source,
        "headline_url": facts.url,
    }


def _all(version: StoryVersion) -> Sequence[Placed | Copied]:
    return [*version.articles, *version.copies]


def _articles(version: StoryVersion, facts: dict[str, Facts]) -> Iterator[Fields]:
    for one in _all(version):
        told = one if isinstance(one, Copied) else facts[one.article_id]
        yield {
            "article_id": one.article_id,
            "source": one.source,
            "country": told.country,
            "url": told.url,
            "title": told.title if isinstance(told, Facts) else None,
            "published_at": from_millis(one.published),
            "copy_of": one.original_id if isinstance(one, Copied) else None,
            "agency": told.agency,
        }


def _names(facts: Iterable[Facts]) -> Iterator[Fields]:
    """Yield whom and what the articles name, what most of them do first."""
    known: dict[str, Named] = {}
    articles: Counter[str] = Counter()
    for one in facts:
        for named in one.named:
            known.setdefault(named.entity_id, named)
            articles[named.entity_id] += 1
    for name in sorted(known, key=lambda name: (-articles[name], name)):
        yield {**known[name]._asdict(), "articles": articles[name]}
