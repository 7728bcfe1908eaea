"""Say what an article counts for."""

from collections.abc import Iterator
from typing import NamedTuple

from pipelines.core.analysis import Analysis
from pipelines.core.article import Article
from pipelines.core.trends.trend import Key


class Counted(NamedTuple):
    """One article speaks of one thing."""

    article_id: str
    source: str
    name: str
    type: str


def count_article(article: Article, analysis: Analysis) -> Iterator[tuple[Key, Counted]]:
    """Yield what an article speaks of, each thing once: named people, places and bodies, and kinds of events."""
    entities = {mention.entity.entity_id: mention.entity for mention in analysis.mentions}
    for entity_id, entity in entities.items():
        if entity.type != "MISC":
            yield ("entity", entity_id), Counted(article.article_id, article.source, entity.name, entity.type)
    for kind in sorted({event.type for event in analysis.events if not event.flags.historical}):
        yield ("event_type", kind), Counted(article.article_id, article.source, kind, "EVENT")
