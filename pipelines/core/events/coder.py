"""Code the events of an article: who did what to whom, where and when (PLOVER's sixteen types).

The model says which words tell an event, of what type, and who and what has a part in it. What they name is said here,
and which tellings are of one happening.
"""

import re
from collections.abc import Sequence

from pipelines.core.article import Article, Span
from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.mention import DateMention, Mention, Office
from pipelines.core.entities.tagging.roles import ROLES
from pipelines.core.entities.tagging.tellings import Part, Telling
from pipelines.core.events.consolidate import consolidate
from pipelines.core.events.denial import FARTHEST, is_denied
from pipelines.core.events.draft import Draft, Filled
from pipelines.core.events.event import Event, Participant
from pipelines.core.events.modes import find_mode
from pipelines.core.events.participants import find_participant
from pipelines.core.events.phrases import whole_phrases
from pipelines.core.events.setting import find_day, find_place
from pipelines.core.events.words import Words
from pipelines.core.text.document import Document

_LONGEST_EVIDENCE, _MODE_REACH = 400, 6
_PASSIVE, _VOWELLED = re.compile("[وف]?(?:اغتيل|استشهد|اصيب)ت?$"), re.compile("[وف]?[^\\Wيتنم]\u064f\\w")


def code_events(
    article: Article,
    documents: Sequence[Document],
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
    offices: Sequence[Office],
    tellings: Sequence[Telling],
) -> list[Event]:
    """Return the distinct events that an article reports, in the order it tells them.

    `documents` are its title and body as read; the rest was found in them.
    """
    if not tellings:
        return []
    read = Words(documents).place(mentions, offices, dates)
    drafts = [draft(read, telling) for telling in tellings]
    return consolidate(drafts, article.article_id, article.published_at.date())


def draft(read: Words, telling: Telling) -> Draft:
    """Say who and what the parts of a telling name."""
    parts: dict[str, list[Part]] = {role: [] for role in ROLES}
    passive = _is_passive(read, telling)
    for part in telling.parts:
        victim = passive and part.role == "actor" and part.first == telling.last
        parts["recipient" if victim else part.role].append(part)
    days = ((find_day(read, part.first, part.last), part.confidence) for part in parts["date"])
    return Draft(
        order=telling.sentence,
        type=telling.type,
        mode=find_mode(telling.type, _words_from(read, telling), telling.last - telling.first),
        actors=_participants(read, parts["actor"]),
        recipients=_participants(read, parts["recipient"]),
        places=tuple(Filled(find_place(read, part.first, part.last), part.confidence) for part in parts["place"]),
        days=tuple(Filled(day, sure) for day, sure in days if day),
        flags=(1.0, *telling.flags[1:]) if _is_denied(read, telling) else telling.flags,
        trigger=_trigger(read, telling),
        lemma=read.folded(telling.first),
        evidence=_evidence(read, telling),
        confidence=telling.confidence,
        same=telling.same,
    )


def _is_passive(read: Words, telling: Telling) -> bool:
    """Return whether the trigger is a verb that nobody does: who stands right behind it is whom it was done to."""
    token = read.tokens[telling.first]
    written = read.document_of(telling.first).text[token.start : token.end]
    return _PASSIVE.match(token.folded) is not None or (_VOWELLED.match(written) is not None)


def _participants(read: Words, parts: Sequence[Part]) -> tuple[Filled[Participant], ...]:
    spans = whole_phrases(read, [(part.first, part.last, part.confidence) for part in parts])
    return tuple(Filled(find_participant(read, first, last), sure) for first, last, sure in spans)


def _words_from(read: Words, telling: Telling) -> list[str]:
    """Return the folded words of the sentence from the trigger on."""
    _, sentence, place = read.sentences[telling.sentence]
    last = min(place + sentence.last, telling.last + _MODE_REACH)
    return [token.folded for token in read.tokens[telling.first : last]]


def _is_denied(read: Words, telling: Telling) -> bool:
    _, sentence, place = read.sentences[telling.sentence]
    first = max(place + sentence.first, telling.first - FARTHEST)
    return is_denied([token.folded for token in read.tokens[first : telling.first]], telling.type)


def _trigger(read: Words, telling: Telling) -> Span:
    """Quote the trigger, without a joined و or ف."""
    word = read.folded(telling.first)
    skip = int(word[0] in "وف" and proclitics(word) > 0)
    return read.quote(telling.first, telling.last, skip)


def _evidence(read: Words, telling: Telling) -> Span:
    """Quote the sentence, or of a long one the words around the trigger, cut between tokens."""
    document, sentence, place = read.sentences[telling.sentence]
    if sentence.end - sentence.start <= _LONGEST_EVIDENCE:
        return document.span(sentence.start, sentence.end)
    tokens, trigger = document.tokens, telling.first - place
    start = max(sentence.start, min(tokens[trigger].start - _LONGEST_EVIDENCE // 3, sentence.end - _LONGEST_EVIDENCE))
    first = last = trigger
    while first > sentence.first and tokens[first - 1].start >= start:
        first -= 1
    while last + 1 < sentence.last and tokens[last + 1].end <= tokens[first].start + _LONGEST_EVIDENCE:
        last += 1
    return document.span(tokens[first].start, tokens[last].end)
