"""Find the articles that repeat others."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rasid.reading import Given, raw_of

from pipelines.core.article import Article, Origin
from pipelines.core.duplicates.repeats import find_repeats
from pipelines.core.duplicates.sighting import see
from pipelines.core.duplicates.signature import pack, sign_all
from pipelines.core.normalization import normalize_article
from pipelines.core.rejection import Rejected
from pipelines.core.units import DAY


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that repeats an earlier one; `position` and `original` count the articles given, from 0.

    `kind` is exact (the same words), near, or contained (one lies within the other); measures are from 0 to 1.
    """

    position: int
    original: int
    kind: str
    similarity: float
    containment: float
    cluster_id: str


def duplicates(articles: Iterable[Given], *, days: float = 3.0) -> list[Duplicate]:
    """Return the articles that repeat others published at most `days` apart, in the order of publication.

    Articles are as `rasid.read` takes them; those without a date count as published together. A warning says how many
    could not be used.
    """
    usable = list(_usable(articles))
    signatures = sign_all([article for _, article in usable])
    signed = [
        (replace(see(article, Origin("", 0, at)), article_id=str(at)), pack(signature))
        for (at, article), signature in zip(usable, signatures, strict=True)
    ]
    return [
        Duplicate(
            int(sighting.article_id),
            int(repeat.original.article_id),
            repeat.kind,
            round(repeat.similarity, 3),
            round(repeat.containment, 3),
            repeat.cluster_id,
        )
        for sighting, repeat in find_repeats(signed, round(days * DAY))
    ]


def _usable(articles: Iterable[Given]) -> Iterator[tuple[int, Article]]:
    refused = list[str]()
    for at, article in enumerate(articles):
        try:
            yield at, normalize_article(raw_of(article)).article
        except Rejected as refusal:
            refused.append(f"{at}: {refusal.message}")
    if refused:
        warnings.warn(f"{len(refused)} articles could not be used; the first, {refused[0]}", stacklevel=3)
