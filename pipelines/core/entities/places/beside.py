"""Read what stands beside a place's name: its country, its kind."""

from collections.abc import Sequence

from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.gazetteer import article, names
from pipelines.core.entities.places.setting import is_dominant
from pipelines.core.entities.tables import Known

_DIVISIONS = frozenset(("محافظه", "ولايه", "اماره", "مقاطعه", "منطقه", "اقليم", "محافظتي", "ولايتي"))
_TOWNS = frozenset(("مدينه", "المدينه", "بلده", "البلده", "قريه", "مدينتي", "ميناء", "مطار", "بلديه"))
_STATES = frozenset(("دوله", "جمهوريه", "مملكه", "سلطنه"))
_SEATS = frozenset(("العاصمه", "عاصمه"))
_BETWEEN = frozenset(
    ("في", "(", "شمال", "جنوب", "شرق", "غرب", "وسط", "شمالي", "جنوبي", "شرقي", "غربي", "ريف", "دوله", "محافظه")
) | frozenset(("بمحافظه", "ولايه", "بولايه", "بشمال", "بجنوب", "بشرق", "بغرب", "بريف", "منطقه", "بمنطقه", "اقليم"))
_KINDS = (
    (_SEATS, ("capital",)),
    (_DIVISIONS, ("admin1", "region")),
    (_TOWNS, ("city", "capital", "region")),
    (_STATES, ("country",)),
)


def of_said_kind(candidate: Candidate, bearers: Sequence[Known]) -> Sequence[Known]:
    """Leave the bearers of the kind that the words beside the name tell (محافظة, مدينة, العاصمة)."""
    said = {stem(word) for word in candidate.before[-1:]} | ({*candidate.after[:1]} & _SEATS)
    if nation(candidate.before[-1:]):
        said |= {stem(word) for word in candidate.before[-2:-1]}
    return of_kind(said, bearers)


def of_kind(said: set[str], bearers: Sequence[Known]) -> Sequence[Known]:
    """Leave the bearers of the kind that one of the folded words `said` tells, or all where none does.

    >>> [known.kind for known in of_kind({"محافظه"}, names()["درعا"]["LOC"])]
    ['admin1']
    """
    for signs, kinds in _KINDS:
        if said & signs:
            fitting = [known for kind in kinds for known in bearers if known.kind == kind]
            best = [known for known in fitting if known.kind == fitting[0].kind]
            return (best if signs is _DIVISIONS else fitting) or bearers
    return bearers


def said_countries(candidate: Candidate) -> set[str]:
    """Collect the countries that words beside a name put it in ("طرابلس اللبنانية", "صور في جنوب لبنان").

    >>> from pipelines.core.article import Span
    >>> said_countries(Candidate(Span("body", 0, 3, "صور"), "LOC", ("صور",), 1.0, after=("في", "جنوب", "لبنان")))
    {'LB'}
    """
    before, after = candidate.before, candidate.after
    longer = names().get(candidate.key + after[0], {}).get("LOC") if after else None
    if longer:
        return {known.entity.country for known in longer if known.entity.country}
    adjective = nation(after[:1]) or (nation(before[-1:]) if len(before) > 1 else None)
    if adjective:
        return {adjective}
    first = next((at for at, word in enumerate(after) if word not in _BETWEEN), len(after))
    if first == len(after) or not after[first]:
        return set()
    word, skip = after[first], proclitics(after[first])
    if skip and word[:skip] != "ب":
        return set()
    keys = "".join((word[skip:], *after[first + 1 : first + 2])), word[skip:]
    located = next(filter(None, (names().get(key, {}).get("LOC") for key in keys)), ())
    located = located[:1] if is_dominant(located) else located
    told = located if first or skip else [known for known in located if known.kind == "country"]
    return {known.entity.country for known in told if known.entity.country and candidate.key not in keys}


def nation(words: Sequence[str]) -> str | None:
    """Return the country of an adjective of nation with its article, or None.

    >>> nation(["الليبيه"])
    'LY'
    """
    found = names().get(words[0], {}).get("nisba") if words and words[0].startswith("ال") else None
    return found[0].entity.country if found else None


def stem(word: str) -> str:
    """Take the proclitics off a folded word."""
    return article(word, proclitics(word))
