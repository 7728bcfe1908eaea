"""Say what a name alone stands for, without an article around it."""

from functools import lru_cache
from typing import NamedTuple

from pipelines.core.entities.gazetteer import kind_of, names
from pipelines.core.entities.lexicon import ANNOUNCED, name_parts, triggers
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.places.beside import of_kind
from pipelines.core.entities.spelling import is_arabic_name, is_compound, is_foreign
from pipelines.core.entities.tables import Known, name_id
from pipelines.core.entities.variants import find_variant

_KINDS = ("LOC", "nisba", "PER", "ORG")
_TYPES = ("PER", "ORG", "LOC")
_SURE, _OF_SEVERAL, _GUESSED = 0.95, 0.7, 0.2
_LESS = 0.9
_OFFICIAL = frozenset(("الاتحاديه", "الاسلاميه", "الشقيقه", "الصديقه"))
_HEADS = {
    "LOC": frozenset(
        (
            "مدينه",
            "محافظه",
            "ولايه",
            "منطقه",
            "جمهوريه",
            "دوله",
            "مملكه",
            "اقليم",
            "سلطنه",
            "اماره",
            "مقاطعه",
            "بلده",
            "قريه",
        )
    ),
    "ORG": frozenset(
        ("نادي", "شركه", "منظمه", "وكاله", "صحيفه", "قناه", "بنك", "حركه", "جماعه", "تنظيم", "مجموعه", "حزب")
    ),
}


class Identity(NamedTuple):
    """An entity, and how sure it is that the name means it, between 0 and 1."""

    entity: Entity
    confidence: float


@lru_cache(maxsize=1 << 16)
def identify(name: str) -> Identity | None:
    """Return what a name stands for: what is known by it, else an entity of its own; None where nothing is named.

    >>> [identify(name).entity.qid for name in ("نتانياهو", "الناتو", "ڤلاديمير بوتن", "نادي مانشيستر سيتي")]
    ['Q43723', 'Q7184', 'Q7747', 'Q50602']
    >>> identify("غريغوري هندرسن").entity.entity_id == identify("جريجوري هندرسون").entity.entity_id
    True
    """
    parts = fold_name(name).split()
    arabic = [part for part in parts if not part.isascii() or part.isdigit()]
    if not parts:
        return None
    if arabic and len(arabic) < len(parts):  # "أنجيلا ميركل (Angela Merkel)"
        return _known(parts) or identify(" ".join(arabic))
    return _known(parts) or _sounding(parts) or _without_head(parts) or _without_nation(parts) or _unknown(name, parts)


def _known(parts: list[str]) -> Identity | None:
    key = "".join(parts)
    found = names().get(key)
    if not found:
        return None
    kind = kind_of(key)
    bearers = found[kind if kind in found else "LOC"]
    several = len(bearers) > 1 or len(found) > 1
    return Identity(bearers[0].entity, _OF_SEVERAL if several else _SURE)


def _sounding(parts: list[str]) -> Identity | None:
    name = " ".join(parts)
    found = next(filter(None, (find_variant(kind, name) for kind in _TYPES)), None)
    return Identity(found.known.entity, found.confidence) if found else None


def _without_head(parts: list[str]) -> Identity | None:
    """Know "شركة فولكسفاغن" by its name, where that is a body's or a place's; "محافظة درعا" is not the town."""
    kind = next((kind for kind, heads in _HEADS.items() if parts[0] in heads), None)
    bearers = _bearers(kind, parts[1:]) if kind and len(parts) > 1 else ()
    return Identity(of_kind({parts[0]}, bearers)[0].entity, _SURE * _LESS) if bearers else None


def _without_nation(parts: list[str]) -> Identity | None:
    """Know "نيجيريا الاتحادية", and "بايرن ميونيخ الألماني" where its country is the one that the adjective says."""
    if (
        parts[-1] in _OFFICIAL
        and (country := _of_type("LOC", parts[:-1]))
        and kind_of("".join(parts[:-1])) == "country"
    ):
        return Identity(country, _SURE * _LESS)
    nations = names().get(parts[-1], {}).get("nisba", ()) if len(parts) > 1 else ()
    for kind in ("ORG", "LOC") if nations else ():
        rest = _of_type(kind, parts[:-1], nations[0].entity.country)
        if rest:
            return Identity(rest, _SURE * _LESS)
    return None


def _of_type(kind: str, parts: list[str], country: str | None = None) -> Entity | None:
    return next((known.entity for known in _bearers(kind, parts) if country in (None, known.entity.country)), None)


def _bearers(kind: str, parts: list[str]) -> tuple[Known, ...]:
    bearers: tuple[Known, ...] = names().get("".join(parts), {}).get(kind, ())
    variant = None if bearers else find_variant(kind, " ".join(parts))
    return (variant.known,) if variant else bearers


def _unknown(name: str, parts: list[str]) -> Identity:
    kind = guess_type(parts)
    return Identity(Entity(name_id(kind, name), kind, " ".join(name.split())), _GUESSED)


def guess_type(parts: list[str]) -> str:
    """Guess from its folded words what sort of thing an unknown name names.

    >>> [guess_type(parts.split()) for parts in ("حركه الغد", "وادي النخيل", "سالم الحمداني", "بوريس هيكتر", "ميثاق")]
    ['ORG', 'LOC', 'PER', 'PER', 'MISC']
    """
    announced = ANNOUNCED.get(triggers().get(parts[0], ""))
    if announced:
        return announced
    bears = any(is_arabic_name(part) or is_compound(part) or name_parts().get(part, 0) > 1 for part in parts)
    return "PER" if bears or (len(parts) > 1 and (is_foreign(parts) or not parts[0].startswith("ال"))) else "MISC"
