"""Say who a party is: the entity that its words name, or a role or group in the text's own words."""

from pipelines.core.article import Span
from pipelines.core.entities.clitics import proclitics, sticking
from pipelines.core.entities.group_words import group_of
from pipelines.core.entities.groups import group_id, head_first
from pipelines.core.entities.mention import Entity, Mention
from pipelines.core.events.event import Participant
from pipelines.core.events.lexicon import words
from pipelines.core.events.words import Words


def find_participant(read: Words, first: int, last: int) -> Participant:
    """Return who is named by words `[first, last)`; a role with its holder's name behind it is the holder."""
    mentions = [read.mentions[at] for at in range(first, last) if at in read.mentions]
    span = _quote(read, first, last)
    return Participant(_named(read, first, last, mentions) or _own_words(read, first, last, mentions, span.text), span)


def _quote(read: Words, first: int, last: int) -> Span:
    """Quote a party, its proclitics left out."""
    found = read.offices.get(first) or read.mentions.get(first)
    if found:
        return read.document_of(first).span(found[0].span.start, read.tokens[last - 1].end)
    word = read.folded(first)
    group = group_of(word)
    return read.quote(first, last, len(group.prefix) if group else sticking(word))


def _named(read: Words, first: int, last: int, mentions: list[tuple[Mention, int]]) -> Entity | None:
    """Return the entity that the words name as a whole."""
    persons = [mention for mention, _ in mentions if mention.type == "PER"]
    if len({person.entity.entity_id for person in persons}) == 1 and not _is_crowd(read, first):
        return persons[0].entity
    office = read.offices.get(first)
    if office and office[1] <= last:
        return office[0].entity
    at = next((at for at in range(first, last) if at in read.mentions), last)
    if at == last:
        return None
    mention, end = read.mentions[at]
    whole = end >= last and all(_bare(read.folded(word)) in words("apposed") for word in range(first, at))
    return mention.entity if whole or (at == first and mention.type != "MISC") else None


def _is_crowd(read: Words, first: int) -> bool:
    """Return whether a group's word stands first: who is named behind it is not the group ("أنصار مرسي")."""
    group = group_of(read.folded(first))
    return group is not None and group.kind in ("force", "crowd") and first not in read.mentions


def _bare(word: str) -> str:
    return word[proclitics(word) :]


def _own_words(read: Words, first: int, last: int, mentions: list[tuple[Mention, int]], name: str) -> Entity:
    """Make an entity of a role or group, one for its words whatever their case and article."""
    said = [word for word in map(read.folded, range(first, last)) if word[0].isalpha()] or [read.folded(first)]
    group = group_of(head_first(said)[0])
    country = next((mention.entity.country for mention, _ in mentions if mention.entity.country), None)
    name = f"ا{name}" if name.startswith("ل") and read.folded(first).startswith("لل") else name  # "للنازحين"
    return Entity(group_id(said), group.type if group else "PER", name, country=country)
