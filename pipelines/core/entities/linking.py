"""Say which entity each name in an article stands for."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipelines.core.entities.apposed import without_apposed
from pipelines.core.entities.article_names import ArticleNames
from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.latin_titles import arabic_title
from pipelines.core.entities.mention import Entity, Mention
from pipelines.core.entities.names import name_key
from pipelines.core.entities.nations import countries, inflect
from pipelines.core.entities.places.setting import survey
from pipelines.core.entities.places.toponyms import settle
from pipelines.core.entities.tables import Known, namesakes, rows
from pipelines.core.entities.variants import find_variant

_ORDER = {
    "PER": ("PER", "LOC", "ORG"),
    "ORG": ("ORG", "PER", "LOC", "nisba"),
    "LOC": ("LOC", "nisba", "ORG", "PER"),
    "MISC": ("nisba", "LOC", "ORG", "PER"),
}
_SHARED = frozenset(("country", "capital", "region", "metonym"))
_KINGDOMS = ("SA", "JO", "MA", "BH")


def link(candidates: Sequence[Candidate], country: str | None) -> list[Mention]:
    """Give each candidate of one article its entity, in the order given.

    `country` is the outlet's. A part of a person's or a body's name goes to the full name that the article gives.

    >>> from pipelines.core.article import Span
    >>> full = Candidate(Span("body", 0, 10, "سالم الدوري"), "PER", ("سالم", "الدوري"), 1.0)
    >>> part = Candidate(Span("body", 20, 26, "الدوري"), "PER", ("الدوري",), 1.0)
    >>> len({mention.entity for mention in link([full, part], None)})
    1
    """
    setting = survey(candidates, country)
    entities = [settle(candidate, known_entity(candidate, setting.countries), setting) for candidate in candidates]
    article = ArticleNames(zip(candidates, entities, strict=True))
    return [
        Mention(candidate.span, article.resolve(candidate, entity), candidate.confidence, candidate.type)
        for candidate, entity in zip(candidates, entities, strict=True)
    ]


def known_entity(candidate: Candidate, support: Counter[str]) -> Entity | None:
    """Look a name up, among names of its own type first; a place, country or nation as any type.

    Of bodies of one name, that of the country most spoken of is meant. A spelling in no table may lead to one that is.
    """
    if candidate.key == "المملكه":
        return countries()[max(_KINGDOMS, key=lambda country: support[country])]
    name = " ".join(candidate.words)
    name = (arabic_title(name) if name.isascii() else None) or name
    key = name_key(name)
    found = names().get(key, {})
    for kind in _ORDER[candidate.type]:
        bearers = found.get(kind, ())
        if bearers and kind in ("PER", "ORG"):
            return max(
                namesakes().get((kind, key), bearers), key=lambda known: support[known.entity.country or ""]
            ).entity
        if bearers and (kind != "LOC" or _may_be_place(candidate, bearers[0])):
            return bearers[0].entity
    variant = find_variant(candidate.type, name)
    if variant:
        return variant.known.entity
    if candidate.type == "MISC":
        return adjectives().get(name)
    return without_apposed(candidate.words) if candidate.type in ("ORG", "LOC") and len(candidate.words) > 1 else None


@cache
def adjectives() -> dict[str, Entity]:
    """Load the folded adjectives of regions and bodies with what they speak of (`nisba_names.tsv`).

    >>> adjectives()["الاوروبيين"].name
    'أوروبا'
    """
    known = ((row["base"], names()[name_key(row["name"])]) for row in rows("nisba_names.tsv"))
    return {form: next(iter(found.values()))[0].entity for base, found in known for form in inflect(base)}


def _may_be_place(candidate: Candidate, bearer: Known) -> bool:
    """Believe the gazetteer against the tagger's type for prominent places and names of several words."""
    return candidate.type == "LOC" or bearer.kind in _SHARED or len(candidate.words) > 1
