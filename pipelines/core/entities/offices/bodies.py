"""Tell whether the name of a body that an office is of is one, or a country's own words for it."""

from collections.abc import Sequence

from pipelines.core.entities.gazetteer import article, names
from pipelines.core.entities.offices.phrase import Named
from pipelines.core.entities.offices.role_names import bare_noun
from pipelines.core.entities.offices.words import adjectives, asides, nations, nouns
from pipelines.core.text.document import Token

_PARTIES = frozenset(("حزب", "حركه", "تيار", "جبهه"))
"""What begins so is a name of its own, however plain its words."""


def is_spelt_out(tokens: Sequence[Token], at: int, named: Named) -> bool:
    """Say whether the words of a body's name, from token `at` on, can be read one by one, for all are common ones."""
    body, last = named.mention.entity, named.last
    words = [token.folded for token in tokens[at:last]]
    follows = tokens[last].folded if last < len(tokens) else ""
    if bare_noun(words[0][len(named.prefix) :]) in _PARTIES:
        return False
    plain = words[:-1] if words[-1] in nations() else words
    alone = "".join((article(plain[0], len(named.prefix)), *plain[1:])) if plain != words else ""
    if any(one.entity == body for one in names().get(alone, {}).get("ORG", ())):
        return False  # "الحرس الثوري" is it without its country too
    ends = follows not in nations() and not (follows.startswith("ال") and follows[2:] in adjectives())
    if plain == words and (body.qid or body.country) and ends:
        return False
    return all(word in asides() or (bare := bare_noun(word)) in nouns() or bare in adjectives() for word in plain)
