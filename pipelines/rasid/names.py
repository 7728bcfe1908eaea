"""Say whom or what a name stands for."""

from dataclasses import dataclass, fields

from pipelines.core.entities import identity
from pipelines.core.entities.mention import Entity


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, somewhere or something, and how sure it is that the name means it, from 0 to 1; `role` of an office."""

    entity_id: str
    type: str
    name: str
    qid: str | None
    geonames_id: int | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    confidence: float
    role: str | None


def identify(name: str) -> Identity | None:
    """Return what a name means, however it is spelt, without an article around it; None where it names nothing.

    What is in no table has an id made from its name, the same for all its spellings, and a low confidence.

    >>> identify("جوتيريش") == identify("غوتيريش")
    True
    >>> identify("وزير خارجية الأردن").role
    'وزير الخارجية'
    """
    found = identity.identify(name)
    if found is None:
        return None
    told = {one.name: getattr(found.entity, one.name) for one in fields(Entity)}
    return Identity(**told, confidence=round(found.confidence, 3), role=found.role)
