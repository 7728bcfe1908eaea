"""Read an office that stands alone, without an article around it."""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.gazetteer import scan
from pipelines.core.entities.mention import Entity, Mention
from pipelines.core.entities.name_words import is_given
from pipelines.core.entities.nations import countries, nisbas
from pipelines.core.entities.offices.find import office_entity
from pipelines.core.entities.offices.phrase import Named, Phrase
from pipelines.core.entities.offices.reader import read_office
from pipelines.core.entities.offices.role_names import bare_noun
from pipelines.core.entities.offices.wordings import less_said, usual_name, usual_wording
from pipelines.core.entities.offices.words import Head, heads, held_role, nouns
from pipelines.core.text.document import Document, read_document

_TYPES = {"PER": "PER", "ORG": "ORG", "nisba": "MISC"}


class OfficeAlone(NamedTuple):
    """An office: its entity, its usual role, how many words name it, and the body that only its name tells."""

    entity: Entity
    role: str
    size: int
    organisation: Entity | None = None


def read_alone(words: Sequence[str]) -> OfficeAlone | None:
    """Return the office that folded words begin with, None where they name none.

    >>> same = ("وزير الخارجيه الاردني", "وزير خارجيه الاردن", "وزير الخارجيه في الاردن", "لوزيره الخارجيه الاردنيه")
    >>> {read_alone(name.split()).entity.name for name in same}
    {'وزير الخارجية (الأردن)'}
    >>> read_alone("عادل الجبير".split()) is None
    True
    """
    given, words = words, usual_name(words)
    head = heads().get(words[0])
    if head is None or not head.lemma:
        return None
    found = _read(usual_wording(words, head.lemma), head, words)
    for less in less_said(words) if found is None or found.size < len(words) else ():
        said = _read(usual_wording(less, head.lemma), head, less)
        if said and said.size == len(less):
            return said._replace(size=len(given))
    whole = found is not None and found.size == len(words)
    if not whole and (nation := _nation_within(words)):  # "قائد القيادة الأمريكية الوسطى"
        said = read_alone([*words[:nation], *words[nation + 1 :], words[nation]])
        found = said if said and said.size == len(words) else found
    return found._replace(size=len(given)) if found and found.size == len(words) else found


def _nation_within(words: Sequence[str]) -> int:
    """Return where the only adjective of nation of an office stands before others that say more of it, 0 where none."""
    at = [at for at, word in enumerate(words) if word.startswith("ال") and word in nisbas()]
    return at[0] if len(at) == 1 and 1 < at[0] < len(words) - 1 else 0


def _read(words: Sequence[str], head: Head, given: Sequence[str]) -> OfficeAlone | None:
    document = read_document("body", " ".join(words))
    tokens = document.tokens
    named = _named(document, [token.folded for token in tokens])
    phrase = read_office(tokens, named, 0, len(tokens), head)
    if phrase is None:
        return None
    phrase = _placed(phrase, named, [token.folded for token in tokens])
    allowed = phrase.head.countries
    bare = phrase.bare and not (phrase.country and ("*" in allowed or phrase.country in allowed))
    unclaimed = phrase.country is None and phrase.organisation is None and is_given(given[0])  # "سلطان الكعبي"
    if bare or phrase.head.many or unclaimed:
        return None
    changed = list(words) != list(given)
    if changed and phrase.last < len(tokens):
        return None
    size = len(given) if changed else phrase.last
    role = held_role(phrase.role, phrase.country)
    return OfficeAlone(office_entity(role, phrase.country, phrase.organisation), role, size, phrase.organisation)


def _placed(phrase: Phrase, named: dict[int, Named], words: Sequence[str]) -> Phrase:
    """Read a country behind "في", where an office has none yet."""
    at = phrase.last
    if words[at : at + 1] != ["في"] or at + 1 not in named:
        return phrase
    place = named[at + 1]
    entity = place.mention.entity
    if not entity.country or entity.entity_id != countries()[entity.country].entity_id:
        return phrase
    if phrase.country not in (None, entity.country):
        return phrase
    return phrase._replace(last=place.last, country=entity.country)


def _named(document: Document, words: Sequence[str]) -> dict[int, Named]:
    """Find the known names behind the head, as the tagger would."""
    found: dict[int, Named] = {}
    tokens = document.tokens
    for hit in scan(words, list(map(proclitics, words))):
        plain = (
            hit.last - hit.first == 1
            and bare_noun(words[hit.first]) in nouns()
            and hit.kind not in ("country", "capital")
        )
        if hit.first == 0 or hit.kind == "PER" or plain:
            continue
        span = document.span(document.start_behind(tokens[hit.first], hit.skip), tokens[hit.last - 1].end)
        kind = _TYPES.get(hit.kind, "LOC")
        mention = Mention(span, hit.bearers[0].entity, 1.0, kind)
        found[hit.first] = Named(mention, hit.last, words[hit.first][: hit.skip])
    return found
