"""Read the scores of a net as tellings of events: a trigger, its type, its flags, and who and what has a part in it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

import numpy as np

from pipelines.core.entities.tagging.roles import ROLES
from pipelines.core.entities.tagging.stretches import Stretch
from pipelines.core.entities.tagging.trust import Trust
from pipelines.core.entities.tagging.voting import (
    Chances,
    Trigger,
    Voter,
    flag_chances,
    role_chances,
    same_scores,
    trigger_chances,
)
from pipelines.core.events.event import TYPES

_LIKELY, _MAY, _AT_ALL = 0.5, 0.2, 0.05

Filler = tuple[int, int, float]


class Part(NamedTuple):
    """Words `[first, last)` of the article that fill a role, and how likely (0 to 1)."""

    role: str
    first: int
    last: int
    confidence: float


class Telling(NamedTuple):
    """Words `[first, last)` of the article that tell an event in its sentence.

    `confidence` is how likely the event is right, `flags` says how likely each is. `same` scores whether it and each of
    the tellings of its type before it are of one event, the nearest first: above 0, rather yes.
    """

    sentence: int
    first: int
    last: int
    type: str
    confidence: float
    flags: tuple[float, ...]
    parts: tuple[Part, ...]
    same: tuple[float, ...] = ()


def find_triggers(chances: Chances, lengths: Sequence[int], least: float) -> list[Trigger]:
    """Read the triggers of sentences of `lengths` words from the words' chances (words, 1 + types).

    A word names an event where it is at least `least` likely to name one of a type; words of one type side by side name
    it together.
    """
    words = np.flatnonzero(chances[:, 1:].max(axis=1) >= least)
    kinds = chances[words, 1:].argmax(axis=1)
    sentences = np.searchsorted(np.cumsum(lengths), words, side="right")
    found: list[Trigger] = []
    likely = chances[words, kinds + 1].tolist()
    for word, kind, sentence, sure in zip(words.tolist(), kinds.tolist(), sentences.tolist(), likely, strict=True):
        before = found[-1] if found else None
        if before and (before.sentence, before.last, before.kind) == (sentence, word, kind):
            found[-1] = before._replace(last=word + 1, confidence=max(before.confidence, sure))
        else:
            found.append(Trigger(sentence, word, word + 1, kind, sure))
    return found


def read_tellings(
    voters: Sequence[Voter], lengths: Sequence[int], stretches: Iterable[Stretch], least: float, trust: Trust
) -> list[Telling]:
    """Read what an article's sentences of `lengths` words tell, in order, as the nets together see it.

    `least` is how likely a trigger must be, `trust` turns that into how likely its event is right.
    """
    if not sum(lengths):
        return []
    triggers = find_triggers(trigger_chances(voters), lengths, least)
    shared = share_out(triggers, stretches)
    told = (telling for stretch, own in shared for telling in _with_parts(voters, stretch, own))
    return [
        telling._replace(confidence=trust.confidence(telling.confidence), same=same)
        for telling, same in zip(told, same_scores(voters, triggers), strict=True)
    ]


def share_out(triggers: Sequence[Trigger], stretches: Iterable[Stretch]) -> Iterator[tuple[Stretch, list[Trigger]]]:
    """Give each stretch that has triggers with them."""
    at = 0
    for stretch in stretches:
        end = bisect_left(triggers, stretch.words[-1] + 1, at, key=attrgetter("first"))
        if end > at:
            yield stretch, list(triggers[at:end])
        at = end


def _with_parts(voters: Sequence[Voter], stretch: Stretch, triggers: Sequence[Trigger]) -> Iterator[Telling]:
    flags = flag_chances(voters, [trigger.first for trigger in triggers]).round(6).tolist()
    chances = role_chances(voters, stretch, triggers).transpose(0, 2, 1, 3)
    spans = _spans(stretch, chances)
    for number, trigger in enumerate(triggers):
        sentence, first, last, kind, sure = trigger
        parts: list[Part] = []
        for role in range(len(ROLES)):
            found = spans.get((number, role)) or _weak(stretch, 1 - chances[number, role, :, 0])
            parts += _choose(stretch, sentence, role, found)
        yield Telling(sentence, first, last, TYPES[kind], sure, tuple(flags[number]), tuple(parts))


def _choose(stretch: Stretch, sentence: int, role: int, spans: Sequence[Filler]) -> Iterator[Part]:
    """Choose who fills a role: those named in the sentence, or else the likeliest named elsewhere."""
    here = [span for span in spans if stretch.sentences[span[0]] == sentence]
    if spans and (not here or ROLES[role] in ("place", "date")):
        here = [max(here or spans, key=itemgetter(2))]
    for first, last, sure in here:
        yield Part(ROLES[role], stretch.words[first], stretch.words[last - 1] + 1, sure)


def _spans(stretch: Stretch, chances: Chances) -> dict[tuple[int, int], list[Filler]]:
    """Read chances (triggers, roles, words, 3) as spans of words that fill a role, by trigger and role.

    A span holds a word that rather fills the role, and the words around it that may.
    """
    inside = 1 - chances[..., 0]
    found: dict[tuple[int, int], list[Filler]] = {}
    where = np.nonzero(inside >= _MAY)
    begins = (chances[..., 1] > np.maximum(chances[..., 2], _LIKELY))[where].tolist()
    columns = (*map(np.ndarray.tolist, where), inside[where].tolist(), begins)
    sentences = stretch.sentences
    for trigger, role, word, sure, begin in zip(*columns, strict=True):
        spans = found.setdefault((trigger, role), [])
        if spans and not begin and spans[-1][1] == word and sentences[word] == sentences[word - 1]:
            first, _, most = spans[-1]
            spans[-1] = (first, word + 1, max(most, sure))
        else:
            spans.append((word, word + 1, sure))
    return {key: likely for key, spans in found.items() if (likely := [one for one in spans if one[2] >= _LIKELY])}


def _weak(stretch: Stretch, inside: Chances) -> list[Filler]:
    """Return the likeliest filler of a role that no word rather fills, if it is at all likely."""
    peak = int(inside.argmax())
    sure = float(inside[peak])
    if sure < _AT_ALL:
        return []
    first, last, sentences = peak, peak + 1, stretch.sentences
    while first and sentences[first - 1] == sentences[peak] and inside[first - 1] >= sure / 2:
        first -= 1
    while last < len(inside) and sentences[last] == sentences[peak] and inside[last] >= sure / 2:
        last += 1
    return [(first, last, sure)]
