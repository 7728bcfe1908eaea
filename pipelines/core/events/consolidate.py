"""Make one event of the several mentions one article gives it, and name it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.core.article import Span
from pipelines.core.entities.mention import Entity
from pipelines.core.events.event import Event, EventDate, Flags, Participant
from pipelines.core.ids import digest

_GENERIC = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """One mention of an event; `order` counts sentences from the title, `certainty` is that of the names in it."""

    order: int
    type: str
    mode: str | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    place: Entity | None
    day: EventDate | None
    flags: Flags
    trigger: Span
    evidence: Span
    certainty: float
    repeated: bool = False

    @property
    def filled(self) -> int:
        """Count what is known of it."""
        return bool(self.actors) + bool(self.recipients) + (self.place is not None)


def merge_drafts(drafts: Sequence[Draft]) -> list[Draft]:
    """Join the drafts that tell of the same happening, in the order they were told."""
    merged: list[Draft] = []
    for draft in drafts:
        at = next((i for i, one in enumerate(merged) if _is_same(one, draft)), None)
        if at is None:
            merged.append(draft)
        else:
            merged[at] = _join(merged[at], draft)
    return _drop_echoes(merged)


def _ids(participants: Sequence[Participant]) -> frozenset[str]:
    return frozenset(one.entity.entity_id for one in participants)


def _is_same(one: Draft, two: Draft) -> bool:
    """Compare two drafts: same type and flags, no contradiction, and something in common or told in one breath."""
    if one.type != two.type or one.flags != two.flags:
        return False
    pairs = [
        (_ids(one.actors), _ids(two.actors)),
        (_ids(one.recipients), _ids(two.recipients)),
        (frozenset({one.place.entity_id} if one.place else ()), frozenset({two.place.entity_id} if two.place else ())),
    ]
    shared = sum(1 for left, right in pairs if left & right)
    clashes = sum(1 for left, right in pairs if left and right and not left & right)
    if one.day and two.day and one.day.granularity == two.day.granularity == "day" and one.day.value != two.day.value:
        return False
    near = one.order == two.order or one.order + two.order <= 1
    if one.type == "ASSAULT" and near and one.order == two.order and not pairs[0][0] & pairs[0][1] and clashes:
        return not (pairs[0][0] and pairs[0][1]) and (_aims_at_place(one) or _aims_at_place(two))
    return (clashes == 0 and (shared > 0 or near)) or (clashes == 1 and shared == 2 and near)


def _drop_echoes(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what names nobody where the article says who did such a thing: it most likely speaks of the same."""
    told = {draft.type for draft in drafts if draft.actors or draft.recipients}
    return [draft for draft in drafts if draft.actors or draft.recipients or draft.type not in told]


def _aims_at_place(draft: Draft) -> bool:
    """Say whether what was hit is a place: in one sentence, the people hurt there are the same attack's."""
    return bool(draft.recipients) and all(one.entity.type == "LOC" for one in draft.recipients)


def _without(participants: tuple[Participant, ...], others: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Leave out who is on the other side: nobody does something to himself."""
    return tuple(one for one in participants if one.entity.entity_id not in set(_ids(others)))


def _join(one: Draft, two: Draft) -> Draft:
    """Keep the clearer draft's words, and fill its gaps from the other."""
    best, other = (two, one) if two.filled > one.filled else (one, two)
    if _aims_at_place(best) and other.recipients and not _aims_at_place(other):
        best, other = other, best
    return Draft(
        order=min(one.order, two.order),
        type=best.type,
        mode=best.mode or other.mode,
        actors=best.actors or _without(other.actors, best.recipients),
        recipients=best.recipients or _without(other.recipients, best.actors),
        place=best.place or other.place,
        day=best.day or other.day,
        flags=best.flags,
        trigger=best.trigger,
        evidence=best.evidence,
        certainty=max(one.certainty, two.certainty),
        repeated=one.repeated or two.repeated or one.order != two.order,
    )


def to_event(draft: Draft, article_id: str, published: date) -> Event:
    """Give a draft its id and confidence.

    The id is the same in two articles that agree on type, actors, recipients, place and day; a draft that knows fewer
    than two of actor, recipient and place is this article's own. Without a date, the day is that of publication.
    """
    day = draft.day.value if draft.day else published.isoformat()
    parts = [draft.type, ",".join(sorted(_ids(draft.actors))), ",".join(sorted(_ids(draft.recipients)))]
    parts += [draft.place.entity_id if draft.place else "", day]
    if draft.filled < _GENERIC:
        parts.append(article_id)
    return Event(
        event_id=digest("event", *parts),
        type=draft.type,
        mode=draft.mode,
        actors=draft.actors,
        recipients=draft.recipients,
        place=draft.place,
        date=draft.day,
        flags=draft.flags,
        confidence=_confidence(draft),
        trigger=draft.trigger,
        evidence=draft.evidence,
    )


def _confidence(draft: Draft) -> float:
    """Weigh what is known: .4, +.15 an actor, +.15 a recipient, +.1 a place, +.05 a date, +.15 if told twice.

    The sum is scaled by the mean confidence of the names (from half to all of it).
    """
    known = 0.4 + 0.15 * bool(draft.actors) + 0.15 * bool(draft.recipients) + 0.1 * (draft.place is not None)
    known += 0.05 * (draft.day is not None) + 0.15 * draft.repeated
    return round(known * (0.5 + 0.5 * draft.certainty), 3)
