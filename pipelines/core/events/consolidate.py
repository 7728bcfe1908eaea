"""Make one event of the tellings of one happening in an article, and name it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pipelines.core.article import Span
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.tagging.trust import Trust
from pipelines.core.events.draft import Draft, Filled, T, likely
from pipelines.core.events.event import Event, EventDate, Flags, Participant
from pipelines.core.events.joining import join
from pipelines.core.events.profile import Profile, profile
from pipelines.core.events.setting import is_old
from pipelines.core.ids import digest

_GENERIC = 2
_LEAST = {"actor": 0.15, "recipient": 0.15, "place": 0.4, "date": 0.5}
"""How likely a filler of a role must be where there is no better one; each chosen on the development articles."""
_DEEDS, _LEAST_OF_DEEDS = ("ASSAULT", "COERCE", "MOBILIZE", "PROTEST"), 0.25
"""Where a deed was done is nearly always told: a less likely place is good enough for it than for what was said.

Chosen on the training articles; on the development articles worth .679 to .690 right places (fast), .696 to .718, with
the nets of then.
"""
_SET = 0.5
_Nowhere = tuple[None, None, None]
ACTOR, RECIPIENT, PLACE = Trust(0.69, -0.099), Trust(0.529, -0.04), Trust(0.601, 0.545)
"""How likely a part is right, if its event is; fitted on the development articles as both models read them."""
TOLD_TOGETHER = 3
"""In days: the horizon, unless a run is told another."""


def consolidate(drafts: Sequence[Draft], article_id: str, published: date) -> list[Event]:
    """Join the tellings of one happening, and return the events in the order they are first told."""
    told = join([profile_of(draft) for draft in drafts], [draft.same for draft in drafts])
    events = [_to_event([drafts[number] for number in numbers], article_id, published) for numbers in told]
    return list({event.event_id: event for event in reversed(events)}.values())[::-1]


def profile_of(draft: Draft) -> Profile:
    """Reduce a telling to what it is compared by."""
    place = next((entity.entity_id for entity, _ in likely(draft.places)), None)
    day = next(iter(likely(draft.days)), None)
    sides = (likely(draft.actors), likely(draft.recipients))
    return profile(draft.order, draft.type, *sides, place, day, draft.lemma, draft.flags)


def _to_event(told: Sequence[Draft], article_id: str, published: date) -> Event:
    """Gather what the tellings say; the clearest is the evidence."""
    best = max(told, key=lambda draft: (draft.filled, draft.confidence))
    ordered = [best, *(draft for draft in told if draft is not best)]
    actors = _gather(_best([draft.actors for draft in ordered], _LEAST["actor"]), ACTOR)
    recipients = _gather(_best([draft.recipients for draft in ordered], _LEAST["recipient"]), RECIPIENT, actors)
    least = _LEAST_OF_DEEDS if best.type in _DEEDS else _LEAST["place"]
    place, place_span, place_confidence = _choose_place(_best([draft.places for draft in ordered], least))
    day = _choose_day(_best([draft.days for draft in ordered], _LEAST["date"]))
    return Event(
        event_id=_event_id(best.type, (actors, recipients), place, _time(day, published), article_id),
        type=best.type,
        mode=next((draft.mode for draft in ordered if draft.mode), None),
        actors=actors,
        recipients=recipients,
        place=place,
        place_span=place_span,
        place_confidence=place_confidence,
        date=day,
        flags=_vote(told, day, published),
        confidence=round(max(draft.confidence for draft in told), 3),
        trigger=best.trigger,
        evidence=best.evidence,
    )


def _event_id(
    kind: str, sides: Sequence[Sequence[Participant]], place: Entity | None, time: Sequence[str], article_id: str
) -> str:
    """Return the same id in two articles that agree on type, actors, recipients, place and time (`_time`).

    An event of which fewer than two of actor, recipient and place are known is this article's own.
    """
    parts = [kind, *(",".join(sorted(one.entity.entity_id for one in side)) for side in sides)]
    parts += [place.entity_id if place else "", *time]
    if sum(map(bool, sides)) + (place is not None) < _GENERIC:
        parts.append(article_id)
    return digest("event", *parts)


def _time(day: EventDate | None, published: date) -> list[str]:
    """Return when an event was, the day of publication where nobody says, and which days after it are telling it.

    Who tells it is remembered for so many days since the last: what tells it again later must not be taken for the
    whole of it, and is a record of its own.
    """
    if day is None:
        return [published.isoformat()]
    is_day = day.granularity == "day"
    since = (published - date.fromisoformat(day.value)).days + 1 if is_day else published.toordinal()
    return [day.value, str(since // TOLD_TOGETHER)] if since // TOLD_TOGETHER else [day.value]


def _best(sides: Sequence[tuple[Filled[T], ...]], least: float) -> list[Filled[T]]:
    """Return what likely fills a role, as the tellings say it in turn; or else the likeliest that is `least` likely."""
    sure = [one for side in sides for one in side if one.is_likely]
    if sure:
        return sure
    weak = max((one for side in sides for one in side), key=lambda one: one.confidence, default=None)
    return [weak] if weak and weak.confidence >= least else []


def _gather(
    found: Iterable[Filled[Participant]], trust: Trust, besides: Sequence[Participant] = ()
) -> tuple[Participant, ...]:
    """Keep one participant an entity, as first told and as sure as the surest telling; nobody of the other side."""
    kept: dict[str, Filled[Participant]] = {}
    for one in found:
        first, sure = kept.setdefault(one.what.entity.entity_id, one)
        kept[one.what.entity.entity_id] = Filled(first, max(sure, one.confidence))
    for other in besides:
        kept.pop(other.entity.entity_id, None)
    return tuple(Participant(one.entity, one.span, round(trust.confidence(sure), 3)) for one, sure in kept.values())


def _choose_place(places: Sequence[Filled[tuple[Entity, Span]]]) -> tuple[Entity, Span, float] | _Nowhere:
    """Choose a place inside a country before the country, then the one told most often; and say how sure it is."""
    told = [one.what for one in places]
    if not told:
        return None, None, None
    counts = Counter(place.entity_id for place, _ in told)
    place, span = max(told, key=lambda one: (one[0].admin1 is not None, counts[one[0].entity_id]))
    sure = max(one.confidence for one in places if one.what[0].entity_id == place.entity_id)
    return place, span, round(PLACE.confidence(sure), 3)


def _choose_day(days: Sequence[Filled[EventDate]]) -> EventDate | None:
    counts = Counter(one.what for one in days)
    return max(counts, key=lambda day: (counts[day], day.granularity == "day"), default=None)


def _vote(told: Sequence[Draft], day: EventDate | None, published: date) -> Flags:
    """Set a flag where the tellings together are sure enough of it; its day tells whether an event is history.

    The day's word is worth two in a hundred right flags on the development articles; that a month or year that is
    partly news says nothing, .759 to .761 (fast) and .786 to .790, nets of then.
    """
    chances = (sum(each) / len(told) for each in zip(*(draft.flags for draft in told), strict=True))
    flags = Flags(*(chance >= _SET for chance in chances))
    old = is_old(day, published) if day else None
    return flags if old is None else replace(flags, historical=old)
