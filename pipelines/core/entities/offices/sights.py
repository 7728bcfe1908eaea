"""See where a text names an office, and whose name stands beside it."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.core.article import Span
from pipelines.core.entities.mention import Entity, Mention
from pipelines.core.entities.offices.phrase import Named, Phrase
from pipelines.core.entities.offices.reader import SHORTEST, read_office
from pipelines.core.entities.offices.words import heads, nations, small_words
from pipelines.core.text.document import Document, Token
from pipelines.core.text.fold import fold_text

_COMMAS = frozenset((",", "،"))
_SIGNS = frozenset(',،"(')
_MOST_BESIDE = 4


class Sight(NamedTuple):
    """An office in a text, and the person whose name stands beside it."""

    span: Span
    phrase: Phrase
    holder: Entity | None


def see_offices(document: Document, mentions: Sequence[Mention]) -> Iterator[Sight]:
    """Yield the phrases of a document that may be an office, in order; mere heads ("الرئيس") are among them."""
    table, tokens = heads(), document.tokens
    places = [at for at, token in enumerate(tokens) if token[2] in table]
    if not places:
        return
    named, inner = _locate(document, mentions)
    covered = 0
    for at in places:
        if at < covered or at in inner:
            continue
        sentence = document.sentences[bisect_right(document.sentences, at, key=lambda one: one.first) - 1]
        phrase = read_office(tokens, named, at, sentence.last, table[tokens[at].folded])
        if phrase is None or (phrase.bare and not phrase.country and _goes_on(tokens, named, phrase.last)):
            continue
        holder, covered = _holder_behind(tokens, named, phrase, sentence.last)
        holder = holder or _holder_before(tokens, named, phrase, sentence.first)
        yield from _one_by_one(document, named, phrase, holder)


def _goes_on(tokens: Sequence[Token], named: Mapping[int, Named], at: int) -> bool:
    """Say whether a word of kind follows that we do not know: then a mere head is not all ("الرئيس المالي")."""
    word = tokens[at].folded if at < len(tokens) and at not in named else ""
    kind = word.startswith("ال") and word.endswith(("ي", "يه")) and len(word) >= SHORTEST
    return kind and word not in small_words("stop")


def _one_by_one(
    document: Document, named: Mapping[int, Named], phrase: Phrase, holder: Entity | None
) -> Iterator[Sight]:
    """Give an office in the dual or plural once for each country ("الرئيسان التونسي والجزائري")."""
    several = list(_more_countries(document.tokens, named, phrase)) if phrase.head.many and phrase.country else []
    if phrase.head.many and phrase.bare and not several:
        return
    yield Sight(_span(document, phrase, phrase.head.skip), phrase, holder if not phrase.head.many else None)
    for other in several:
        yield Sight(_span(document, other, 1), other, None)


def _more_countries(tokens: Sequence[Token], named: Mapping[int, Named], phrase: Phrase) -> Iterator[Phrase]:
    at = phrase.last
    while at < len(tokens) and tokens[at].folded.startswith("و"):
        found, country = named.get(at), None
        nation = nations().get(tokens[at].folded[1:])
        if nation and nation.type == "LOC":
            country, last = nation.country, at + 1
        elif found and found.prefix == "و" and found.mention.entity.type == "LOC":
            country, last = found.mention.entity.country, found.last
        if country is None:
            return
        yield phrase._replace(first=at, last=last, country=country)
        at = last


def _holder_behind(
    tokens: Sequence[Token], named: Mapping[int, Named], phrase: Phrase, stop: int
) -> tuple[Entity | None, int]:
    """Return who is named right behind an office, a title between, and where the reading goes on."""
    at = phrase.last
    signs = frozenset() if phrase.bare else _SIGNS
    while at < min(stop, phrase.last + _MOST_BESIDE) and (
        tokens[at].folded in signs or tokens[at].folded in small_words("beside")
    ):
        at += 1
    person = named.get(at) if at < stop else None
    if person is None or person.prefix or phrase.head.many or not _may_hold(person.mention, phrase):
        return None, phrase.last
    return person.mention.entity, person.last


def _holder_before(tokens: Sequence[Token], named: Mapping[int, Named], phrase: Phrase, start: int) -> Entity | None:
    """Return who is named right before an office: between commas, or where the name is no verb's subject or object.

    "استقبل فلان وزير الخارجية" names two people, "قال فلان وزير الخارجية" one.
    """
    if (phrase.bare and phrase.country is None) or phrase.head.skip or phrase.head.many:
        return None
    apart = tokens[phrase.first - 1].folded in _COMMAS if phrase.first > start else False
    end = phrase.first - apart
    at = next((at for at in range(end - 1, max(start, end - 6) - 1, -1) if at in named and named[at].last == end), None)
    if at is None or not _may_hold(named[at].mention, phrase):
        return None
    after = tokens[phrase.last].folded if phrase.last < len(tokens) else "."
    told = at == start or named[at].prefix in ("ل", "ب") or tokens[at - 1].folded in small_words("before")
    return named[at].mention.entity if (after in _COMMAS or after == "." if apart else told) else None


def _may_hold(mention: Mention, phrase: Phrase) -> bool:
    entity = mention.entity
    clashes = entity.country and phrase.country and entity.country != phrase.country
    return mention.type == entity.type == "PER" and not clashes


def _locate(document: Document, mentions: Sequence[Mention]) -> tuple[dict[int, Named], set[int]]:
    """Map the first token of every mention to it; the tokens inside names, where no office begins, come second."""
    found: dict[int, Named] = {}
    inner: set[int] = set()
    tokens = document.tokens
    starts = [token[0] for token in tokens]
    for mention in mentions:
        span = mention.span
        if span.field != document.field:
            continue
        at = bisect_right(starts, span.start) - 1
        last = bisect_right(starts, span.end - 1, at)
        prefix = fold_text(document.text[starts[at] : span.start]) if starts[at] < span.start else ""
        found[at] = Named(mention, last, prefix)
        inner.update(range(at if mention.type == "PER" else at + 1, last))
    return found, inner


def _span(document: Document, phrase: Phrase, skip: int) -> Span:
    first, last = document.tokens[phrase.first], document.tokens[phrase.last - 1]
    return document.span(document.start_behind(first, skip), last.end)
