"""Say where and when: the place and the day that a telling names."""

from datetime import date, timedelta

from pipelines.core.article import Span
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.tables import stable_id
from pipelines.core.events.event import EventDate
from pipelines.core.events.words import Words
from pipelines.core.text.fold import fold_text

_NEWS = timedelta(days=14)
_FIRST, _LAST = ("0", 1, "01", "01"), ("9", 7, "12", "28")
"""Where a span of days begins and ends: what an X stands for, the day of a week, the month of a year, its day."""


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

    A month or year that reaches from before those weeks into them does not say.

    >>> is_old(EventDate("2018-W30", "week"), date(2018, 9, 3)), is_old(EventDate("2018-W35", "week"), date(2018, 9, 3))
    (True, False)
    >>> is_old(EventDate("2018", "year"), date(2018, 9, 3))
    """
    start, _, end = day.value.rpartition("/")
    first, last = _bound(start or end, _FIRST), _bound(end, _LAST)
    if first is None or last is None:
        return None
    if last < published - _NEWS:
        return True
    return False if first >= published - _NEWS else None


def _bound(value: str, side: tuple[str, int, str, str]) -> date | None:
    """Return the `_FIRST` or `_LAST` day that a date's value can mean, roughly: enough to tell weeks from years."""
    digit, weekday, month, day = side
    try:
        if "W" in value:
            year, week = value.split("-W")
            return date.fromisocalendar(int(year), int(week), weekday)
        parts = value.replace("X", digit).split("-") + ([month, day] if len(value) == 4 else [day])
        return date(*map(int, parts[:3]))
    except ValueError:
        return None
