"""Know a name by less or more than it says: "شركة غوغل", "يوفنتوس الإيطالي", "الجمهورية اللبنانية"."""

from collections.abc import Sequence
from functools import cache

from pipelines.core.entities.body_keys import places_apart
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.lexicon import triggers
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.places.beside import of_kind
from pipelines.core.entities.tables import DEGREE, Known, lie_near, named
from pipelines.core.entities.variants import find_variant

_OFFICIAL = frozenset(
    (
        "الاتحاديه",
        "الفيدراليه",
        "الفدراليه",
        "الاسلاميه",
        "الشقيقه",
        "الصديقه",
        "المحتله",
        "العربيه",
        "المقدسه",
        "المكرمه",
        "المنوره",
        "الاشرف",
    )
)
_COMPANIES = frozenset(("شركه", "مجموعه", "عملاق"))
_TRADES = frozenset(
    [
        "للالكترونيات",
        "الكترونيكس",
        "اليكترونكس",
        "موتورز",
        "موتور",
        "للسيارات",
        "القابضه",
        "غروب",
        "جروب",
        "كوربوريشن",
        "انترناشونال",
        "للاتصالات",
        "للطيران",
        "للادويه",
        "للتكنولوجيا",
        "تكنولوجيز",
        "العالميه",
        "المحدوده",
    ]
)
_DIVISIONS = frozenset(("محافظه", "ولايه", "اماره", "مقاطعه", "اقليم"))
_OF_WILAYATS = frozenset(("OM",))
"""Where a ولاية is a town and no more."""
_UNIONS = frozenset(("RU", "CH"))
_STATES = frozenset(("الجمهوريه", "المملكه", "الدوله", "السلطنه", "الاتحاد", "الاماره"))
_BESIDE = frozenset(("في", "شمال", "جنوب", "شرق", "غرب", "وسط", "قرب", "شمالي", "جنوبي", "شرقي", "غربي"))
_OF_NATIONS = "منظمه هييه"
_HEADS = (
    ("LOC", "مدينه محافظه ولايه منطقه جمهوريه دوله مملكه اقليم سلطنه اماره مقاطعه بلده قريه عاصمه العاصمه جزر جزيره"),
    ("LOC", "قضاء ناحيه معتمديه"),
    ("ORG", "نادي فريق النادي"),
    ("ORG", "شركه مجموعه بنك مجمع موسسه"),
    ("ORG", _OF_NATIONS),
    ("ORG", "وكاله"),
    ("ORG", "صحيفه جريده"),
    ("ORG", "قناه فضاييه تلفزيون"),
    ("ORG", "حركه جماعه تنظيم حزب ميليشيا تيار فصيل"),
)


def without_apposed(parts: Sequence[str]) -> Entity | None:
    """Return the known entity that folded words name with what it is before it, or its nation behind.

    >>> [without_apposed(name.split()).qid for name in ("شركه غوغل", "يوفنتوس الايطالي", "الجمهوريه اللبنانيه")]
    ['Q95', 'Q1422', 'Q822']
    >>> without_apposed("نادي النهضه".split()) is None
    True
    """
    if len(parts) > 2 and parts[0] == "العاصمه" and "nisba" in names().get(parts[1], {}):
        parts = [parts[0], *parts[2:]]
    parts = _without_trade(parts)
    found = _without_head(parts) or _without_nation(parts) or _of_state(parts) or _without_setting(parts)
    if found is None and len(parts) > 2 and (nation := names().get(parts[-1], {}).get("nisba")):
        place = _without_head(parts[:-1])  # "مدينة غوما الكونغولية"
        return place if place and place.country == nation[0].entity.country else None
    if found is None and len(parts) == 1:
        return _of_type("ORG", parts)
    return found


def _without_trade(parts: Sequence[str]) -> Sequence[str]:
    """Leave out what a known company of one word deals in: "سامسونغ للإلكترونيات"."""
    company = parts[1:] if parts[0] in _COMPANIES else parts
    return parts[:-1] if len(company) == 2 and company[1] in _TRADES and _bearers("ORG", company[:1]) else parts


def _without_head(parts: Sequence[str]) -> Entity | None:
    """Know "شركة فولكسفاغن" by its name, where that is a body's or a place's; "محافظة درعا" is not the town."""
    kind, heads = next(((kind, heads) for kind, heads in _HEADS if parts[0] in heads.split()), ("", ""))
    bearers = _bearers(kind, parts[1:]) if kind and len(parts) > 1 else ()
    if not bearers:
        return None
    known = of_kind({parts[0]}, bearers)[0]
    if bearers[0].kind == "region" and known.entity.country != bearers[0].entity.country:
        known = bearers[0]  # "مدينة بيت لحم" is no namesake abroad
    town = parts[0] == "ولايه" and known.entity.country in _OF_WILAYATS
    if parts[0] in _DIVISIONS and not town and not _is_division(known, parts, bearers):
        return None
    told = _heads_of().get(known.entity.entity_id, frozenset()) if kind == "ORG" else ()
    nations = heads == _OF_NATIONS and known.entity.country is None  # "منظمة إيكواس"
    return None if told and heads not in told and not nations else known.entity


def _is_division(known: Known, parts: Sequence[str], bearers: Sequence[Known]) -> bool:
    """Tell a division from a town or an island that has its name, or its id by a slip of the register."""
    town = any(one.entity.entity_id == known.entity.entity_id for one in bearers if one.kind == "city")
    island = parts[0] == "محافظه" and any(
        one.entity.entity_id == known.entity.entity_id for one in _bearers("LOC", ["جزيره", *parts[1:]])
    )
    return known.kind in ("admin1", "region") and not town and not island


@cache
def _heads_of() -> dict[str, frozenset[str]]:
    """Collect the classes of heads that the names of each body begin with, or the word for what else it is."""
    table: dict[str, frozenset[str]] = {}
    for name, known in named().items():
        first, _, rest = name.removeprefix("ال").partition(" ")
        told = frozenset(heads for kind, heads in _HEADS if kind == known.kind and first in heads.split())
        if not told and rest and triggers().get(first) == "body":
            told = frozenset((first,))
        table[known.entity.entity_id] = table.get(known.entity.entity_id, frozenset()) | told
    return table


def _without_nation(parts: Sequence[str]) -> Entity | None:
    """Know "نيجيريا الاتحادية", and "بايرن ميونيخ الألماني" where its country is the one that the adjective says."""
    if parts[-1] in _OFFICIAL and (place := _of_type("LOC", parts[:-1])):
        return place
    if parts[-1] == "العاصمه" and (seats := _bearers("LOC", parts[:-1])):
        return next((known.entity for known in seats if known.kind == "capital"), None)
    last = names().get(parts[-1], {}) if len(parts) > 1 else {}
    nations = last.get("nisba", ()) or [known for known in last.get("LOC", ()) if known.kind in ("country", "capital")]
    for kind in ("ORG", "LOC") if nations else ():
        rest = _of_type(kind, parts[:-1], nations[0].entity.country)
        if rest:
            return rest
    return None


def _without_setting(parts: Sequence[str]) -> Entity | None:
    """Know "حي الميدان في دمشق" and "مخيم جباليا شمال غزة" by the place's own name, where it lies there."""
    apart = [*parts[:1], *places_apart(parts[1:])]
    at = next((at for at, part in enumerate(apart) if at > 1 and part in _BESIDE), 0)
    around = _bearers("LOC", apart[at + 1 :]) if at else ()
    if around and around[0].kind == "country" and (body := _of_type("ORG", apart[:at], around[0].entity.country)):
        return body  # "المجلس الأعلى للإعلام في مصر"
    found = _of_type("LOC", apart[:at], around[0].entity.country) if around and around[0].entity.country else None
    if found is None or around[0].kind == "country":
        return found
    return found if lie_near(found, around[0].entity, DEGREE, unknown=True) else None  # "حي الميدان في حلب"


def _of_state(parts: Sequence[str]) -> Entity | None:
    """Know "الجمهورية الجزائرية" and "الاتحاد الروسي" as the country; "الاتحاد السعودي" is a body."""
    told = len(parts) > 1 and parts[0] in _STATES and all(part in _OFFICIAL for part in parts[1:-1])
    nation = names().get(parts[-1], {}).get("nisba") if told else None
    return nation[0].entity if nation and (parts[0] != "الاتحاد" or nation[0].entity.country in _UNIONS) else None


def _of_type(kind: str, parts: Sequence[str], country: str | None = None) -> Entity | None:
    return next((known.entity for known in _bearers(kind, parts) if country in (None, known.entity.country)), None)


def _bearers(kind: str, parts: Sequence[str]) -> tuple[Known, ...]:
    bearers: tuple[Known, ...] = names().get("".join(parts), {}).get(kind, ())
    variant = None if bearers or not parts else find_variant(kind, " ".join(parts))
    return (variant.known,) if variant else bearers
