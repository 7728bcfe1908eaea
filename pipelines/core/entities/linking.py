"""Say which entity each name in an article stands for."""

from collections import Counter
from collections.abc import Sequence

from pipelines.core.entities.article_names import ArticleNames
from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.mention import Entity, Mention
from pipelines.core.entities.tables import Known, countries

_RATIO = 10
_AMMAN = ("عَ", "مّ")
_OMAN = "عُ"
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
    support = count_countries(candidates, country)
    entities = [known_entity(candidate, support) for candidate in candidates]
    article = ArticleNames(zip(candidates, entities, strict=True))
    return [
        Mention(candidate.span, article.resolve(candidate, entity), candidate.confidence, candidate.type)
        for candidate, entity in zip(candidates, entities, strict=True)
    ]


def count_countries(candidates: Sequence[Candidate], country: str | None) -> Counter[str]:
    """Count the countries that the article's unambiguous names speak for; the outlet's own weighs half a name."""
    support: Counter[str] = Counter()
    for candidate in candidates:
        bearers = names().get(candidate.key, {})
        spoken = {known.entity.country for kind in ("LOC", "nisba") for known in bearers.get(kind, ())}
        if len(spoken) == 1:
            support[spoken.pop() or ""] += 2
    if country:
        support[country] += 1
    return support


def choose(bearers: Sequence[Known], support: Counter[str], text: str) -> Entity:
    """Choose among the places of one name: a country first, then where the article is, else the most prominent.

    A much smaller place never wins over a great one, whatever the article is about. The vowel marks of عَمّان and عُمان
    decide where they are written.
    """
    top = bearers[0]
    if top.kind == "country":
        capital = next((known for known in bearers if known.kind == "capital"), top)
        more = support[capital.entity.country or ""] - support[top.entity.country or ""]
        is_amman = any(mark in text for mark in _AMMAN) or (more > 0 and _OMAN not in text)
        return capital.entity if is_amman and capital.entity.country != top.entity.country else top.entity
    great = [known for known in bearers if known.population * _RATIO >= top.population]
    return max(great, key=lambda known: support[known.entity.country or ""]).entity


def known_entity(candidate: Candidate, support: Counter[str]) -> Entity | None:
    """Look a name up, among names of its own type first; a place, country or nation as any type."""
    if candidate.key == "المملكه":
        return countries()[max(_KINGDOMS, key=lambda country: support[country])]
    found = names().get(candidate.key, {})
    for kind in _ORDER[candidate.type]:
        bearers = found.get(kind, ())
        if bearers and (kind != "LOC" or _may_be_place(candidate, bearers[0])):
            return choose(bearers, support, candidate.span.text) if kind == "LOC" else bearers[0].entity
    return None


def _may_be_place(candidate: Candidate, bearer: Known) -> bool:
    """Believe the gazetteer against the tagger's type for prominent places and names of several words."""
    return candidate.type == "LOC" or bearer.kind in _SHARED or len(candidate.words) > 1
