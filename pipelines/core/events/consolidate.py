"""Make one event of the tellings of one happening in an article, and name it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pipelines.core.article import Span
from pipelines.core.entities.mention import Entity
from pipelines.core.events.draft import Draft, Filled, T, likely
from pipelines.core.events.event import Event, EventDate, Flags, Participant
from pipelines.core.events.joining import Profile, join, profile
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
TOLD_TOGETHER = 3
"""In days: the horizon, unless a run is told another."""


def consolidate(drafts: Sequence[Draft], article_id: str, published: date) -> list[Event]:
    """Join the tellings of one happening, and return the events in the order they are first told."""
    told = join([profile_of(draft) for draft in drafts])
    events = [_to_event([drafts[number] for number in numbers], article_id, published) for numbers in told]
    return list({event.event_id: event for event in reversed(events)}.values())[::-1]


def profile_of(draft: Draft) -> Profile:
    """Reduce a telling to what it is compared by."""
    place = next((entity.entity_id for entity, _ in likely(draft.places)), None)
    day = next(iter(likely(draft.days)), None)
    sides = (likely(draft.actors), likely(draft.recipients))
    return profile(draft.order, draft.type, *sides, place, day, draft.lemma, draft.flags)


def _to_event(told: Sequence[Draft], article_id: str, published: date) -> Event:
    """Gather what the tellings say; the clearest is the evidence.

    The id is the same in two articles that agree on type, actors, recipients, place and time (`_time`); an event of
    which fewer than two of actor, recipient and place are known is this article's own.
    """
    best = max(told, key=lambda draft: (draft.filled, draft.confidence))
    ordered = [best, *(draft for draft in told if draft is not best)]
    actors = _gather(_best([draft.actors for draft in ordered], _LEAST["actor"]))
    recipients = _gather(_best([draft.recipients for draft in ordered], _LEAST["recipient"]), actors)
    least = _LEAST_OF_DEEDS if best.type in _DEEDS else _LEAST["place"]
    place, place_span = _choose_place(_best([draft.places for draft in ordered], least))
    day = _choose_day(_best([draft.days for draft in ordered], _LEAST["date"]))
    parts = [best.type, *(",".join(sorted(one.entity.entity_id for one in side)) for side in (actors, recipients))]
    parts += [place.entity_id if place else "", *_time(day, published)]
    if bool(actors) + bool(recipients) + (place is not None) < _GENERIC:
        parts.append(article_id)
    return Event(
        event_id=digest("event", *parts),
        type=best.type,
        mode=next((draft.mode for draft in ordered if draft.mode), None),
        actors=actors,
        recipients=recipients,
        place=place,
        place_span=place_span,
        date=day,
        flags=_vote(told, day, published),
        confidence=round(max(draft.confidence for draft in told), 3),
        trigger=best.trigger,
        evidence=best.evidence,
    )


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


def _best(sides: Sequence[tuple[Filled[T], ...]], least: float) -> list[T]:
    """Return what likely fills a role, as the tellings say it in turn; or else the likeliest that is `least` likely."""
    sure = [one for side in sides for one in likely(side)]
    if sure:
        return sure
    weak = max((one for side in sides for one in side), key=lambda one: one.confidence, default=None)
    return [weak.what] if weak and weak.confidence >= least else []


def _gather(found: Iterable[Participant], besides: Sequence[Participant] = ()) -> tuple[Participant, ...]:
    """Keep one participant an entity, as first told, and nobody who is on the other side."""
    kept: dict[str, Participant] = {}
    for one in found:
        kept.setdefault(one.entity.entity_id, one)
    for one in besides:
        kept.pop(one.entity.entity_id, None)
    return tuple(kept.values())


def _choose_place(places: Sequence[tuple[Entity, Span]]) -> tuple[Entity, Span] | tuple[None, None]:
    """Choose a place inside a country before the country, then the one told most often."""
    counts = Counter(place.entity_id for place, _ in places)
    return max(places, key=lambda one: (one[0].admin1 is not None, counts[one[0].entity_id]), default=(None, None))


def _choose_day(days: Sequence[EventDate]) -> EventDate | None:
    counts = Counter(days)
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
