"""Say what names that stand together stand for: each tells something of the others, as in an article."""

from collections.abc import Sequence

from pipelines.core.article import Span
from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.identity import identify
from pipelines.core.entities.identity_arabic import GUESSED, SURE, Identity
from pipelines.core.entities.linking import link
from pipelines.core.entities.names import fold_name


def identify_together(names: Sequence[str]) -> list[Identity | None]:
    """Return what each name stands for (`identify`); the others tell which place, and a fuller name.

    >>> [found.entity.country for found in identify_together(["طرابلس", "زحلة"]) if found]
    ['LB', 'LB']
    >>> full, short = identify_together(["طارق بن فهد الزروالي", "الزروالي"])
    >>> full.entity == short.entity
    True
    """
    alone = [identify(name) for name in names]
    candidates = {at: made for at, found in enumerate(alone) if found and (made := _candidate(at, found))}
    linked = dict(zip(candidates, link(list(candidates.values()), None), strict=True))
    return [
        found._replace(entity=linked[at].entity) if found and at in linked and _is_open(found) else found
        for at, found in enumerate(alone)
    ]


def _candidate(at: int, found: Identity) -> Candidate | None:
    """Write a name as one that an article names at its own place; None for an office, or a name in Latin letters."""
    words = tuple(fold_name(found.entity.name).split())
    if found.role or "".join(words).isascii():
        return None
    return Candidate(Span("body", at, at + 1, found.entity.name), found.entity.type, words, found.confidence)


def _is_open(found: Identity) -> bool:
    """Return whether context may say otherwise: of a place that shares its name, and of who or what no table has."""
    if found.entity.type == "LOC":
        return GUESSED < found.confidence < SURE
    return found.confidence == GUESSED and found.entity.type in ("PER", "ORG")
