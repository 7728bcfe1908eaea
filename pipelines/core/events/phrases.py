"""Find who can take part in an event: names, and roles or groups in the text's own words."""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.core.entities.mention import Entity, Office
from pipelines.core.events.event import Participant
from pipelines.core.events.lexicon import Group, groups, triggers, words
from pipelines.core.events.located import Held, Named
from pipelines.core.events.nisba import agrees, is_nisba
from pipelines.core.ids import digest
from pipelines.core.text.document import Document, Sentence

_PLURAL = ("ون", "ين", "ان")
_LONGEST = 6


class Phrase(NamedTuple):
    """A participant and the tokens `[first, last)` it takes; `prefix` letters before it are proclitics.

    `kind` is PER, LOC, ORG, MISC for a name, nisba for an adjective of nation, else the group's kind.
    """

    first: int
    last: int
    prefix: str
    kind: str
    participant: Participant
    plural: bool = False
    quantified: bool = False

    @property
    def preposition(self) -> str:
        """Return the one-letter preposition that stands before it, or an empty string."""
        return self.prefix[-1] if self.prefix and self.prefix[-1] in "بلك" else ""

    @property
    def joined(self) -> bool:
        """Say whether it is joined to what stands before with و alone."""
        return self.prefix == "و"


def find_phrases(document: Document, sentence: Sentence, named: Named, held: Held) -> list[Phrase]:
    """Return the phrases of a sentence in order; a role with its holder's name is the holder.

    `held` are the offices found; only a role that is none of them is read in the text's own words.
    """
    found: list[Phrase] = []
    at = sentence.first
    table = groups()
    while at < sentence.last:
        phrase = None
        if at in held:
            phrase = _office(document, sentence, named, held[at], at)
            after = phrase.last
        elif at in named:
            phrase = _name(document, named, at)
            after = named[at][1]
        elif (group := table.get(document.tokens[at].folded)) is not None:
            phrase = _role(document, sentence, named, at, group)
            after = phrase.last if phrase else at + 1
        else:
            after = at + 1
        if phrase:
            found.append(phrase)
        at = after
    return found


def _name(document: Document, named: Named, at: int) -> Phrase:
    mention, last, prefix = named[at]
    kind = mention.entity.type
    folded = document.tokens[last - 1].folded
    before = document.tokens[at - 1].folded if at else ""
    if kind == "LOC" and (is_nisba(mention) or (agrees(mention) and before.startswith("ال") and not prefix)):
        kind = "MISC"
    plural = kind == "MISC" and folded.endswith(_PLURAL) and len(folded) > 5
    if kind == "MISC" and not plural:
        kind = "nisba"
    return Phrase(at, last, prefix, kind, Participant(mention.entity, mention.span), plural)


def _office(document: Document, sentence: Sentence, named: Named, found: tuple[Office, int, str], at: int) -> Phrase:
    """Read an office, and the name that follows if it is its holder's."""
    office, last, prefix = found
    behind = last
    while behind < sentence.last and document.tokens[behind].folded in words("titles"):
        behind += 1
    holder = _holder(document, sentence, named, behind, "office")
    if holder is not None and named[holder][0].entity == office.entity:
        mention, last, _ = named[holder]
        return Phrase(at, last, prefix, mention.entity.type, Participant(mention.entity, mention.span))
    return Phrase(at, last, prefix, "office", Participant(office.entity, office.span))


def _role(document: Document, sentence: Sentence, named: Named, at: int, group: Group) -> Phrase | None:
    """Read a role from its head on: what belongs to it, and the name of its holder if that follows."""
    last, holder, country = _extend(document, sentence, named, at, group)
    if holder is not None:
        mention, last, _ = named[holder]
        return Phrase(at, last, group.prefix, mention.entity.type, Participant(mention.entity, mention.span))
    if group.kind == "office" and last == at + 1 and not group.definite:
        return None
    tokens = document.tokens
    start = _skip_letters(document.text, tokens[at].start, len(group.prefix))
    span = document.span(start, tokens[last - 1].end)
    rest = [token.folded for token in tokens[at + 1 : last]]
    entity = Entity("n" + digest("ROLE", " ".join([group.lemma, *rest])), group.type, span.text, country=country)
    plural = group.kind == "crowd" or tokens[at].folded.endswith(_PLURAL)
    return Phrase(at, last, group.prefix, group.kind, Participant(entity, span), plural, _is_counted(tokens, at))


def _is_counted(tokens: Sequence[tuple[int, int, str]], at: int) -> bool:
    before = tokens[at - 1][2] if at else ""
    return before[:1].isdigit() or before in words("counts")


def _skip_letters(text: str, start: int, count: int) -> int:
    """Step over `count` letters, diacritics not counted."""
    while count:
        start += 1
        if text[start].isalpha() and text[start] != "ـ":
            count -= 1
    return start


def _extend(
    document: Document, sentence: Sentence, named: Named, at: int, group: Group
) -> tuple[int, int | None, str | None]:
    """Return the end of a role phrase, the token where its holder's name starts, and its country."""
    country = None
    definite = group.definite or not _may_own(document.tokens[at].folded[len(group.prefix) :], group)
    last = at + 1
    while last < min(sentence.last, at + _LONGEST):
        folded = document.tokens[last].folded
        if last in named:
            mention, end, prefix = named[last]
            kind = mention.entity.type
            if prefix or kind == "PER" or (kind in ("LOC", "ORG") and definite and not agrees(mention)):
                break
            country = country or mention.entity.country
            definite, last = True, end
        elif folded in words("titles"):
            last += 1
        elif _belongs(folded, definite, group):
            definite = definite or folded.startswith("ال")
            last += 1
        else:
            break
    if document.tokens[at].folded[len(group.prefix) :] in words("members"):
        last = _with_body(document, named, last)
    return last, _holder(document, sentence, named, last, group.kind), country


def _may_own(head: str, group: Group) -> bool:
    """Say whether a noun may follow an indefinite head as its owner ("قوات الأمن", but not "مسلحون الطريق")."""
    return group.kind in ("office", "body") or group.type == "ORG" or head in words("construct")


def _with_body(document: Document, named: Named, last: int) -> int:
    """Take in the organisation a member belongs to ("عنصر من تنظيم ...")."""
    body = named.get(last + 1)
    if body and body[0].entity.type == "ORG" and not body[2] and document.tokens[last].folded in ("من", "في"):
        return body[1]
    return last


def _belongs(folded: str, definite: bool, group: Group) -> bool:
    if folded.startswith("ال") and len(folded) > 4:
        fits = not definite or (group.definite and folded.endswith(("ي", "يه")))
        return (fits or folded in words("adjectives")) and (not definite or folded not in triggers())
    if definite:
        return folded in words("adjectives") and not group.definite
    inner = groups().get(folded)
    return (inner is not None and not inner.prefix) or (folded in words("chained") or folded in words("adjectives"))


def _holder(document: Document, sentence: Sentence, named: Named, last: int, kind: str) -> int | None:
    """Find the name right behind a role, perhaps after a comma: the holder of an office, a person of a trade."""
    if kind not in ("office", "people", "crowd", "force") or last >= sentence.last:
        return None
    at = last
    if document.tokens[at].folded in (",", "،", '"', "(") and kind == "office":
        at += 1
    if at in named and named[at][0].entity.type == "PER" and not named[at][2]:
        return at
    return None
