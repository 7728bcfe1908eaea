"""Say what an article counts for."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from pipelines.core.analysis import Analysis
from pipelines.core.article import Article
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.nations import countries
from pipelines.core.events.event import Event
from pipelines.core.trends.trend import Key


class Counted(NamedTuple):
    """One article speaks of one thing."""

    article_id: str
    source: str
    name: str
    type: str


def count_article(article: Article, analysis: Analysis) -> Iterator[tuple[Key, Counted]]:
    """Yield what an article speaks of, each thing once.

    These are people, places and bodies; kinds of events, and each with the country it was in; and two of whom one did
    something to the other, where a register knows both: of others there are too many, and most are told once.
    """
    entities = {mention.entity.entity_id: mention.entity for mention in analysis.mentions}
    for entity_id, entity in entities.items():
        if entity.type != "MISC":
            yield ("entity", entity_id), Counted(article.article_id, article.source, entity.name, entity.type)
    events = [event for event in analysis.events if not event.flags.historical]
    for kind in sorted({event.type for event in events}):
        yield ("event_type", kind), Counted(article.article_id, article.source, kind, "EVENT")
    for where in sorted({f"{one.type} {one.place.country}" for one in events if one.place and one.place.country}):
        yield ("event_type_in", where), Counted(article.article_id, article.source, where, "EVENT")
    for key, name in sorted({key: name for event in events for key, name in _pairs(event)}.items()):
        yield ("pair", key), Counted(article.article_id, article.source, name, "PAIR")


def _pairs(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the ids, and the names, of an actor and a recipient, the smaller id first."""
    for sides in product(event.actors, event.recipients):
        one, other = sorted((_party(side.entity) for side in sides), key=lambda entity: entity.entity_id)
        if one.qid and other.qid and one.qid != other.qid:
            yield f"{one.entity_id} {other.entity_id}", f"{one.name} - {other.name}"


def _party(entity: Entity) -> Entity:
    """Return the country of a place: what Washington does is done by the United States."""
    return countries().get(entity.country or "", entity) if entity.type == "LOC" else entity
