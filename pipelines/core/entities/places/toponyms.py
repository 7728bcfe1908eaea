"""Say which of the places of one name an article means."""

from collections.abc import Sequence
from itertools import islice

from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.places.beside import of_said_kind, said_countries
from pipelines.core.entities.places.setting import NAME, Setting, league, place_key, prominence, spoken_for
from pipelines.core.entities.tables import Known

_NEAR = 200.0
_AMMAN, _OMAN = ("عَ", "مّ"), "عُ"
# What speaks for a place, in tenfolds of population: a country of the article's, one or two places close by.
# A great power is in every article, so that a country outside the Arab League speaks less for a small town there.
_COUNTRY, _ABROAD, _CLOSE = 1.5, 1.0, (0.0, 0.7, 1.2)
_HOME = 0.6
_BEFORE_A_STATE = frozenset(("سلطنه", "دوله", "مدينه", "العاصمه"))


def settle(candidate: Candidate, entity: Entity | None, setting: Setting) -> Entity | None:
    """Choose among the places of a name that is known as a place; any other entity stays.

    >>> from pipelines.core.article import Span
    >>> tripoli = Candidate(Span("body", 0, 6, "طرابلس"), "LOC", ("طرابلس",), 1.0, after=("اللبنانيه",))
    >>> from pipelines.core.entities.places.setting import survey
    >>> libya = names()["طرابلس"]["LOC"][0].entity
    >>> settle(tripoli, libya, survey([tripoli], "LY")).country
    'LB'
    """
    bearers = names().get(place_key(candidate), {}).get("LOC", ())
    if len(bearers) < 2 or not any(known.entity is entity for known in bearers):
        return entity
    return choose_place(candidate, bearers, setting)


def choose_place(candidate: Candidate, bearers: Sequence[Known], setting: Setting) -> Entity:
    """Choose by what stands beside the name, then by the article's other places and prominence together."""
    key = place_key(candidate)
    marked = by_marks(candidate.span.text, bearers)
    if marked:
        return marked
    said = said_countries(candidate)
    left = of_said_kind(candidate, [known for known in bearers if known.entity.country in said] or bearers)
    states = {known.entity.country for known in left if known.kind == "country"}
    support = setting.countries.copy()
    support[spoken_for(key)[0] or ""] -= NAME
    most = max(1, *support.values())

    def weigh(known: Known) -> float:
        country = known.entity.country or ""
        home = country in league()
        spoken = (_COUNTRY if home else _ABROAD) * support[country] / most
        return prominence(known) + _HOME * home + spoken + _closeness(key, known, setting)

    # A capital that is called like its own state has to be called a capital or a city.
    return max(
        (known for known in left if known.kind == "country" or known.entity.country not in states), key=weigh
    ).entity


def _closeness(key: str, known: Known, setting: Setting) -> float:
    latitude, longitude = known.entity.latitude, known.entity.longitude
    if latitude is None or longitude is None or known.kind == "country":
        return 0.0
    others = (point for point in setting.within(latitude, longitude, _NEAR) if point.key != key)
    return _CLOSE[len(list(islice(others, len(_CLOSE) - 1)))]


def by_marks(text: str, bearers: Sequence[Known]) -> Entity | None:
    """Tell عَمّان from عُمان by the marks, where they are written."""
    kind = "capital" if any(mark in text for mark in _AMMAN) else "country" if _OMAN in text else None
    return next(
        (known.entity for known in bearers if known.kind == kind and {"OM", "JO"} & {known.entity.country}), None
    )


def marked_place(text: str, parts: Sequence[str]) -> Entity | None:
    """Return the place that a name alone, of these folded words, is by its marks; a body in a town is not the town.

    >>> marked_place("عَمّان", ["عمان"]).country, marked_place("غرفة تجارة عمّان", ["غرفه", "تجاره", "عمان"])
    ('JO', None)
    """
    alone = len(parts) == 1 or (len(parts) == 2 and parts[0] in _BEFORE_A_STATE)
    return by_marks(text, names().get(parts[-1], {}).get("LOC", ())) if alone else None
