"""Code the events of an article: who did what to whom, where and when (PLOVER's sixteen types).

One look-up a token finds the words that may say an event; only sentences that hold one are read closer. The lexicon
(`resources/events/`) says for every such word its type and who stands where in its clause. Precision comes first: a
trigger without its participants is left out.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from pipelines.core.article import Article, Span
from pipelines.core.entities.mention import DateMention, Entity, Mention, Office
from pipelines.core.events.consolidate import Draft, merge_drafts, to_event
from pipelines.core.events.event import Event, Participant
from pipelines.core.events.flags import find_flags, find_governor
from pipelines.core.events.guards import is_out_of_place, is_play
from pipelines.core.events.lexicon import event_words
from pipelines.core.events.phrases import Phrase
from pipelines.core.events.roles import Cast, cast_roles, is_admitted
from pipelines.core.events.scene import Scene, Trigger, find_triggers, read_scene
from pipelines.core.events.setting import find_dateline, find_day, find_place, happens_at_dateline
from pipelines.core.text.document import Document, Sentence

_LONGEST_EVIDENCE = 400
_Spanned = TypeVar("_Spanned", Mention, Office)


def code_events(
    article: Article,
    documents: Sequence[Document],
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
    offices: Sequence[Office],
) -> list[Event]:
    """Return the distinct events that an article reports, in the order it tells them.

    `documents` are its title and body as read; `mentions`, `dates` and `offices` are found in them.
    """
    dateline = find_dateline(article, list(mentions))
    play = is_play(article, documents)
    drafts: list[Draft] = []
    order = 0
    for document in documents:
        own = sorted((one for one in mentions if one.span.field == document.field), key=_start)
        held = sorted((one for one in offices if one.span.field == document.field), key=_start)
        days = [one for one in dates if one.span.field == document.field]
        reading = _Reading(document, own, held, days, play, article.published_at.date())
        for sentence in document.sentences:
            drafts.extend(reading.read(sentence, order))
            order += 1
    merged = [_at_dateline(draft, dateline) for draft in merge_drafts(drafts)]
    events = [to_event(draft, article.article_id, article.published_at.date()) for draft in merged]
    return list({event.event_id: event for event in reversed(events)}.values())[::-1]


def _start(one: Mention | Office) -> int:
    return one.span.start


def _inside(found: Sequence[_Spanned], sentence: Sentence) -> Sequence[_Spanned]:
    """Return what begins in a sentence, of what a document names in order."""
    first = bisect_left(found, sentence.start, key=_start)
    return found[first : bisect_left(found, sentence.end, first, key=_start)]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A title or body being read; `play` says that the article is about sport or the arts."""

    document: Document
    mentions: Sequence[Mention]
    offices: Sequence[Office]
    dates: Sequence[DateMention]
    play: bool
    published: date

    def read(self, sentence: Sentence, order: int) -> Iterator[Draft]:
        """Yield the events of one sentence."""
        table = event_words()
        if not any(token[2] in table for token in self.document.tokens[sentence.first : sentence.last]):
            return
        mentions = _inside(self.mentions, sentence)
        scene = read_scene(self.document, sentence, mentions, _inside(self.offices, sentence), self.dates)
        found = find_triggers(scene)
        certainty = {one.span.start: one.confidence for one in mentions}
        for trigger in found:
            if not is_out_of_place(scene, trigger, self.play):
                draft = self._draft(scene, trigger, found, certainty)
                if draft:
                    yield replace(draft, order=order)

    def _draft(
        self, scene: Scene, trigger: Trigger, others: list[Trigger], certainty: dict[int, float]
    ) -> Draft | None:
        cast = _cast(scene, trigger, others)
        place = find_place(scene, trigger, cast)
        if not is_admitted(trigger.form, cast, place is not None):
            return None
        day = find_day(scene, trigger)
        actors, recipients = _participants(cast.actors, ()), _participants(cast.recipients, cast.actors)
        known = [certainty.get(one.span.start, 0.8) for one in (*actors, *recipients)]
        return Draft(
            order=0,
            type=trigger.form.entry.type,
            mode=trigger.form.entry.mode,
            actors=actors,
            recipients=recipients,
            place=place,
            day=day,
            flags=find_flags(scene, trigger, others, day, self.published),
            trigger=_quote_trigger(scene, trigger),
            evidence=_quote_evidence(scene, trigger),
            certainty=sum(known) / len(known) if known else 0.5,
        )


def _cast(scene: Scene, trigger: Trigger, others: list[Trigger]) -> Cast:
    """Cast the roles; who threatens is who would act, and so is who is asked to act."""
    cast = cast_roles(scene, trigger)
    governor = None if cast.actors else find_governor(scene, trigger, others)
    if governor is None:
        return cast
    kind, source = governor.form.entry.type, cast_roles(scene, governor)
    if kind == "REQUEST":
        return cast._replace(actors=source.recipients)
    direct = kind == "AGREE" or (kind == "THREATEN" and trigger.form.shape.proclitic == "ب")
    return cast._replace(actors=source.actors) if direct else cast


def _participants(phrases: Sequence[Phrase], besides: Sequence[Phrase]) -> tuple[Participant, ...]:
    """Keep one participant an entity, and nobody on both sides."""
    found = {one.participant.entity.entity_id: one.participant for one in reversed(phrases)}
    for one in besides:
        found.pop(one.participant.entity.entity_id, None)
    return tuple(reversed(found.values()))


def _quote_trigger(scene: Scene, trigger: Trigger) -> Span:
    inside = any(one.first <= trigger.cue < one.last for one in scene.phrases)
    last = trigger.cue if trigger.cue - trigger.at <= 2 and not inside else trigger.at
    return scene.document.span(scene.tokens[trigger.at].start, scene.tokens[last].end)


def _quote_evidence(scene: Scene, trigger: Trigger) -> Span:
    """Quote the sentence, or of a long one the words around the trigger, cut between tokens."""
    sentence, tokens = scene.sentence, scene.tokens
    if sentence.end - sentence.start <= _LONGEST_EVIDENCE:
        return scene.document.span(sentence.start, sentence.end)
    middle = tokens[trigger.at].start
    start = max(sentence.start, min(middle - _LONGEST_EVIDENCE // 3, sentence.end - _LONGEST_EVIDENCE))
    inside = [token for token in tokens[sentence.first : sentence.last] if token.start >= start]
    ends = [token.end for token in inside if token.end <= inside[0].start + _LONGEST_EVIDENCE]
    return scene.document.span(inside[0].start, ends[-1])


def _at_dateline(draft: Draft, dateline: Entity | None) -> Draft:
    """Place a plain event of the title or lead, of a kind that happens where it is filed, at the dateline's city."""
    plain = not (draft.flags.future or draft.flags.historical or draft.flags.hypothetical)
    if draft.place is None and draft.order <= 1 and plain and happens_at_dateline(draft.type):
        return replace(draft, place=dateline)
    return draft
