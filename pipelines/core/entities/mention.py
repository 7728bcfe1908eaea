"""What a name in a text turned out to be."""

from dataclasses import dataclass

from pipelines.core.article import Span
from pipelines.core.packed import Value


@dataclass(frozen=True, slots=True)
class Entity(Value):
    """Somebody, somewhere or something with one id, however it is spelt.

    `type` is PER, LOC, ORG or MISC. `entity_id` is "Q..." where Wikidata's id is known, else "g..." (GeoNames),
    else "n..." made from the folded canonical name. `country` is ISO 3166-1 alpha-2; coordinates are WGS 84 degrees.
    """

    entity_id: str
    type: str
    name: str
    qid: str | None = None
    geonames_id: int | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Mention(Value):
    """One place in the text where an entity is named; `confidence` is between 0 and 1.

    `type` is PER, LOC, ORG or MISC: what stands there, which need not be what it means. "التونسي" is MISC, and means a
    country.
    """

    span: Span
    entity: Entity
    confidence: float
    type: str


@dataclass(frozen=True, slots=True)
class Office(Value):
    """One place in the text where an office is named, with or without the name of its holder.

    `span` is the office alone ("وزير الخارجية التونسي"), proclitics outside; names in it are mentions of their own.
    `role` is its usual name, masculine singular, without country ("وزير الخارجية"); "نائب" and "السابق" make another.
    `country` is ISO 3166-1 alpha-2. `entity` is its holder where the article names one, else the office itself.
    """

    span: Span
    role: str
    country: str | None
    organisation: Entity | None
    entity: Entity


@dataclass(frozen=True, slots=True)
class DateMention(Value):
    """A date the text names.

    `value` is ISO 8601 (2022-07-18, 2022-W29, 2022-07, 2022, start/end, or 199X); `granularity` is day, week, month,
    year, decade or span; `resolution` is stated, relative or publication.
    """

    span: Span
    value: str
    granularity: str
    resolution: str
