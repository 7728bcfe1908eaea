"""An event that an article reports, reduced to what tells whether another outlet's is the same."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipelines.core.entities.tables import rows
from pipelines.core.events.event import Event
from pipelines.core.events.profile import Profile, entity_ids, exact_day
from pipelines.core.stories.features import stem
from pipelines.core.text.fold import fold_text

Packed = tuple[object, ...]
_SHORT = 3


class Site(NamedTuple):
    """Where an event was, as far as it is known: a country alone, a division of one, or a place in it."""

    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    is_country: bool = False


class Reported(NamedTuple):
    """An event's id, the profile that tellings are compared by, what was done more exactly, and where.

    `countries` are those of its actors.
    """

    event_id: str
    profile: Profile
    mode: str | None
    site: Site | None
    countries: frozenset[str]


def report(event: Event) -> Reported:
    """Reduce an event."""
    flags = (event.flags.negated, event.flags.future, event.flags.hypothetical, event.flags.historical)
    told = Profile(
        order=0,
        type=event.type,
        actors=entity_ids(event.actors),
        recipients=entity_ids(event.recipients),
        actor_words=_stems(one.span.text for one in event.actors),
        recipient_words=_stems(one.span.text for one in event.recipients),
        place=event.place.entity_id if event.place else None,
        day=exact_day(event.date),
        stem=min(_stems([event.trigger.text]), default=event.trigger.text),
        definite=False,
        flags=flags,
    )
    countries = frozenset(one.entity.country for one in event.actors if one.entity.country)
    return Reported(event.event_id, told, event.mode, _site(event), countries)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems of words of three letters and more, as those that stories are found by."""
    return frozenset(stem(word) for text in texts for word in fold_text(text).split() if len(word) >= _SHORT)


def _site(event: Event) -> Site | None:
    place = event.place
    if place is None:
        return None
    return Site(place.country, place.admin1, place.latitude, place.longitude, place.entity_id in _countries())


@cache
def _countries() -> frozenset[str]:
    """Load the ids of countries: of a small table, for the large ones are not needed where stories are gathered."""
    return frozenset(row["qid"] for row in rows("odbl/countries.tsv") if row["qid"])


def plain(reported: Reported) -> Packed:
    """Return what `restore` makes the same again of: plain tuples, which take less."""
    told = reported.profile
    sets = (tuple(sorted(part)) if isinstance(part, frozenset) else part for part in told)
    site = tuple(reported.site) if reported.site else None
    return (reported.event_id, tuple(sets), reported.mode, site, tuple(sorted(reported.countries)))


def restore(packed: Packed) -> Reported:
    """Return the event that `plain` was given."""
    event_id, told, mode, site, countries = packed
    assert isinstance(event_id, str)
    assert isinstance(told, tuple)
    assert isinstance(countries, tuple)
    parts = zip(Profile._fields, told, strict=True)
    sides = ("actors", "recipients", "actor_words", "recipient_words")
    made = Profile._make(frozenset(part) if name in sides else part for name, part in parts)
    assert mode is None or isinstance(mode, str)
    return Reported(event_id, made, mode, Site._make(site) if isinstance(site, tuple) else None, frozenset(countries))
