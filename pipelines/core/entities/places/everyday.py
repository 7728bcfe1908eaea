"""Tell a place from the everyday word, or the people, that it is called like."""

from collections.abc import Sequence

from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.places.setting import league, survey
from pipelines.core.entities.slips import times_named
from pipelines.core.entities.tables import BY_HAND, Known

_EVERYDAY = {"سيول": ("KR", "KP")}
"""Words that name a place in the news of some countries alone: elsewhere floods sweep through a town, and not Seoul."""

_CITY, _VILLAGE = 100_000, 10_000
_MANY, _OFTEN = 20, 40


def is_rather_somebodys(word: str, place: Known) -> bool:
    """Tell whether a folded word alone is sooner somebody's name than a small town's abroad, or a village's.

    >>> from pipelines.core.entities.tables import places
    >>> [is_rather_somebodys(word, places()[word][0]) for word in ("ستيوارت", "داريا", "نيس")]
    [True, False, False]
    """
    if place.kind != "city" or place.population in (0, BY_HAND) or place.population >= _CITY:
        return False
    ours = place.entity.country in league()
    called = times_named(word)
    return called >= _OFTEN and place.population < _VILLAGE if ours else called >= _MANY


def without_everyday(candidates: Sequence[Candidate], country: str | None) -> list[Candidate]:
    """Leave out the names of an article that are everyday words where nothing else in it speaks for their country.

    >>> from pipelines.core.article import Span
    >>> floods = Candidate(Span("body", 0, 4, "سيول"), "LOC", ("سيول",), 1.0)
    >>> jeddah, busan = (Candidate(Span("body", 9, 12, name), "LOC", (name,), 1.0) for name in ("جده", "بوسان"))
    >>> [len(without_everyday([floods, other], "SA")) for other in (jeddah, busan)]
    [1, 2]
    """
    certain = [one for one in candidates if one.key not in _EVERYDAY]
    if len(certain) == len(candidates):
        return certain
    support = survey(certain, country).countries
    return [one for one in candidates if one.key not in _EVERYDAY or any(support[home] for home in _EVERYDAY[one.key])]
