"""Say where and when: the place and the day that a telling names."""

from datetime import date, timedelta

from pipelines.core.article import Span
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.tables import stable_id
from pipelines.core.events.event import EventDate
from pipelines.core.events.words import Words
from pipelines.core.text.fold import fold_text

_NEWS = timedelta(days=14)


def find_place(read: Words, first: int, last: int) -> tuple[Entity, Span]:
    """Return the place that words `[first, last)` name, and where; one that no table knows has an id of its own."""
    for at in range(first, last):
        found = read.mentions.get(at)
        if found and found[0].type in ("LOC", "ORG"):
            return found[0].entity, found[0].span
    span = read.quote(first, last)
    return Entity(stable_id("LOC", fold_text(span.text)), "LOC", span.text), span


def find_day(read: Words, first: int, last: int) -> EventDate | None:
    """Return the date that stands at words `[first, last)`."""
    named = next((read.dates[at] for at in range(first, last) if at in read.dates), None)
    return EventDate(named.value, named.granularity) if named else None


def is_old(day: EventDate, published: date) -> bool | None:
    """Return whether a day is more than two weeks before publication (`labelling.md`, historical); None: not known.

    >>> is_old(EventDate("2018-W30", "week"), date(2018, 9, 3)), is_old(EventDate("2018-09", "month"), date(2018, 9, 3))
    (True, False)
    """
    last = _last_day(day.value)
    return None if last is None else last < published - _NEWS


def _last_day(value: str) -> date | None:
    """Return the last day that a date's value can mean, roughly: enough to tell weeks from years."""
    value = value.rpartition("/")[2]
    try:
        if "W" in value:
            year, week = value.split("-W")
            return date.fromisocalendar(int(year), int(week), 7)
        parts = value.replace("X", "9").split("-") + (["12", "28"] if len(value) == 4 else ["28"])
        return date(*map(int, parts[:3]))
    except ValueError:
        return None
