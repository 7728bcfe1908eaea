"""What an article brings to a story, reduced to what is remembered of it."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.core.arrival import Analyzed
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.entities.mention import Entity
from pipelines.core.packed import Packing, Value
from pipelines.core.stories.features import find_features
from pipelines.core.stories.reported import Reported, plain, report, restore
from pipelines.core.units import milliseconds

WHOLE, UNIT = 65_535, 4_096
"""What 1 is written as where numbers are kept in two bytes: shares, and weights, which are below 16."""
_MOST_NAMES = 8
_PACKING = Packing(
    (
        "وزير الخارجية يبحث مع رئيس الوزراء في القاهرة التعاون بين البلدين بعد مقتل عدد من قوات الأمن في هجوم على",
        "https://www.masdar.example/news/article/2026/3/10/",
        "EG",
        None,
        (
            (
                "0123456789abcdef0123",
                (
                    *(0, "CONSULT", ("n0123456789abcdefabcd",), ("Q79",), ("خارج", "وزير"), ("حكوم",), "g360630"),
                    *("2026-03-10", "علن", False, (False, False, False, False)),
                ),
                None,
                ("EG", None, 30.06263, 31.24967, False),
                ("EG",),
            ),
        ),
        (
            ("n0123456789abcdefabcd", "PER", "عبد الرحمن محمد", None, None, None),
            ("n456789abcdef01234567", "ORG", "وزارة الخارجية", "SA", None, None),
            ("Q79", "LOC", "مصر", "EG", 27.0, 30.0),
        ),
    )
)


class Named(NamedTuple):
    """Somebody, somewhere or something that an article names."""

    entity_id: str
    type: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None


class Facts(NamedTuple):
    """What a story's record says of an article."""

    title: str
    url: str | None
    country: str | None
    agency: str | None
    events: tuple[Reported, ...]
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Telling(Value):
    """An article that is no copy. `published` is in milliseconds, UTC; `facts` are packed `Facts`; `tell` makes one.

    `keys` are the hashes of its features (4 bytes each), `weights` what they weigh in it (2 bytes, in parts of `UNIT`),
    and `common` the share of other years' news that they stood in (2 bytes, in parts of `WHOLE`).
    """

    published: int
    article_id: str
    revision: int
    source: str
    keys: bytes
    weights: bytes
    common: bytes
    facts: bytes


@dataclass(frozen=True, slots=True)
class Copied(Value):
    """An article that was not read, for it copies `original_id`: its outlet tells the same."""

    published: int
    article_id: str
    revision: int
    source: str
    original_id: str
    url: str | None
    country: str | None
    agency: str | None


def tell(analyzed: Analyzed) -> Telling:
    """Return what an article brings to a story."""
    article, found = analyzed.article, find_features(analyzed.article, analyzed.analysis)
    return Telling(
        milliseconds(article.published_at),
        article.article_id,
        analyzed.revision,
        article.source,
        array("I", [one.key for one in found]).tobytes(),
        array("H", [round(min(one.weight, 15.0) * UNIT) for one in found]).tobytes(),
        array("H", [round(one.common * WHOLE) for one in found]).tobytes(),
        pack_facts(_facts(analyzed)),
    )


def tell_copy(linked: Linked) -> Iterator[Copied]:
    """Yield that an article which is nothing but a copy tells what its original does; none, where that is itself."""
    sighting = linked.copy.sighting
    if linked.copy.is_dropped and linked.root_id != sighting.article_id:
        yield Copied(
            sighting.published,
            sighting.article_id,
            linked.copy.revision,
            sighting.source,
            linked.root_id,
            sighting.url,
            sighting.country,
            sighting.agency,
        )


def pack_facts(facts: Facts) -> bytes:
    """Return what is kept of facts: plain tuples, which take less."""
    return _PACKING.pack((*facts[:-2], tuple(map(plain, facts.events)), tuple(map(tuple, facts.named))))


def facts_of(packed: bytes) -> Facts:
    """Return what a story's record says of an article."""
    facts = Facts._make(_PACKING.unpack(packed))
    events = tuple(restore(one) for one in facts.events)
    return facts._replace(events=events, named=tuple(map(Named._make, facts.named)))


def numbers(kind: str, packed: bytes) -> Sequence[int]:
    """Return numbers that were packed with the same type code of `array`."""
    return memoryview(packed).cast(kind)  # type: ignore[call-overload, no-any-return]


def _facts(analyzed: Analyzed) -> Facts:
    article, analysis = analyzed.article, analyzed.analysis
    entities = {one.entity.entity_id: one.entity for one in analysis.mentions if one.entity.type != "MISC"}
    often = Counter(one.entity.entity_id for one in analysis.mentions if one.entity.entity_id in entities)
    most = sorted(entities.values(), key=lambda one: (-often[one.entity_id], one.entity_id))[:_MOST_NAMES]
    return Facts(
        article.title,
        article.url,
        article.country,
        article.byline.agency if article.byline else None,
        tuple(map(report, analysis.events)),
        tuple(map(_named, most)),
    )


def _named(entity: Entity) -> Named:
    return Named(entity.entity_id, entity.type, entity.name, entity.country, entity.latitude, entity.longitude)
