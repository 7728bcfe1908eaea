"""Tell a place from the everyday word that it is called like."""

from collections.abc import Sequence

from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.places.setting import survey

_EVERYDAY = {"سيول": ("KR", "KP")}
"""Words that name a place in the news of some countries alone: elsewhere floods sweep through a town, and not Seoul."""


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
