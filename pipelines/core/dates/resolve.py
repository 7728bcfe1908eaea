"""Resolve what the words say of a date, from the day of publication."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from pipelines.core.dates.calendars import Days, dated, day, decade, hijri_year, moved
from pipelines.core.dates.part import Part

_WEEK = 7
_AHEAD = 10
_FAR, _NEAR = 240, 110
_NEWS_LOOKS_BACK = 1.25


class Resolved(NamedTuple):
    """The days meant, and how they were found: stated, relative or publication."""

    days: Days
    resolution: str


def resolve(part: Part, today: date, tense: int) -> Resolved | None:
    """Find the days that a part means in an article of `today`; `tense` as `find_tense` gives it.

    `None` where there are no such days ("31 فبراير").
    """
    if part.shift is not None and part.year is not None and part.month is None:
        days = dated(part.year, today.month, today.day, False)
        return Resolved(days, "relative") if days else None
    if part.until is not None:
        return _resolve_span(part, part.until, today, tense)
    if part.month is not None or (part.year is not None and part.unit is None):
        return _resolve_calendar(part, today, tense)
    days = _resolve_relative(part, today, tense)
    return Resolved(days, "stated" if part.year is not None else "relative") if days else None


def _resolve_relative(part: Part, today: date, tense: int) -> Days | None:
    if part.shift is not None:
        return _shifted(today, part.shift, part.weekday)
    if part.unit == "decade" and part.year is not None:
        return decade(part.year)
    unit = moved(today, part.unit, part.steps) if part.unit and part.steps is not None else None
    if part.day is not None and unit is not None:
        return dated(unit.first.year, unit.first.month, part.day, False)
    if part.weekday is None:
        return unit
    return day(unit.first + timedelta(part.weekday) if unit else _weekday(part.weekday, today, part.lean, tense))


def _shifted(today: date, shift: int, weekday: int | None) -> Days | None:
    """Count days from today; a day of the week beside them corrects them, for articles wait to be published."""
    try:
        on = today + timedelta(shift)
        return day(on if weekday is None else _nearest_weekday(on, weekday))
    except OverflowError:
        return None


def _nearest_weekday(on: date, weekday: int) -> date:
    ahead = (weekday - on.weekday()) % _WEEK
    return on + timedelta(ahead - _WEEK if ahead > _WEEK // 2 else ahead)


def _weekday(weekday: int, today: date, lean: int | None, tense: int) -> date:
    """Find the day of the week meant: with "الماضي" or "المقبل" strictly before or after, without them near `today`.

    The name of today, of yesterday or of tomorrow is that day whatever the verb's tense: of such names in the labelled
    training articles 1,076 of 1,100. Between those a future verb looks ahead, all else back.
    """
    if lean == 0:
        return today - timedelta(today.weekday() - weekday)
    ahead = (weekday - today.weekday()) % _WEEK
    if lean is None:
        return today + timedelta(ahead if ahead <= 1 or (tense > 0 and ahead < _WEEK - 1) else ahead - _WEEK)
    weeks = lean - 1 if lean > 0 and ahead else lean
    return today + timedelta(ahead + _WEEK * weeks)


def full_year(year: int, hijri: bool, now: int) -> int:
    """Give a year of two digits its century: the one that puts it at most ten years ahead of `now`.

    >>> full_year(22, False, 2018), full_year(64, False, 2018), full_year(36, True, 2018)
    (2022, 1964, 1436)
    """
    if year >= 100:
        return year
    if hijri:
        return 1400 + year
    year += now - now % 100
    return year - 100 if year > now + _AHEAD else year


def _resolve_calendar(part: Part, today: date, tense: int) -> Resolved | None:
    now = hijri_year(today) if part.hijri else today.year
    if part.year is not None:
        days = dated(full_year(part.year, part.hijri, now), part.month, part.day, part.hijri)
        return Resolved(days, "stated") if days else None
    if part.unit == "year" and part.steps is not None:
        days = dated(now + part.steps, part.month, part.day, part.hijri)
        return Resolved(days, "relative") if days else None
    found = (dated(now + years, part.month, part.day, part.hijri) for years in range(-4, 5))
    choices = [days for days in found if days is not None]
    if part.weekday is not None:
        named = [days for days in choices if days.first.weekday() == part.weekday]
        choices = [days for days in named if abs((days.first - today).days) < 2 * _FAR] or choices
    return Resolved(_choose(choices, today, part.lean, tense), "publication") if choices else None


def _choose(choices: list[Days], today: date, lean: int | None, tense: int) -> Days:
    """Take the nearest that fits "الماضي" or the tense; a misleading tense yields to a date close at hand."""

    def distance(days: Days) -> float:
        return max(0, (days.first - today).days * _NEWS_LOOKS_BACK, (today - days.last).days)

    nearest = min(choices, key=distance)
    fits: Callable[[Days], bool] = lambda days: True  # noqa: E731
    if lean:
        fits = (lambda days: days.last < today) if lean < 0 else (lambda days: days.first > today)
    elif lean is None and tense:
        fits = (lambda days: days.first <= today) if tense < 0 else (lambda days: days.last >= today)
    best = min(filter(fits, choices), key=distance, default=nearest)
    return nearest if not lean and distance(best) > _FAR and distance(nearest) < _NEAR else best


def _resolve_span(part: Part, until: Part, today: date, tense: int) -> Resolved | None:
    start, end = replace(part, until=None), until
    if (start.month is None and start.year is not None) or start.weekday is not None or start.level == "week":
        first, last = resolve(start, today, tense), resolve(end, today, tense)
        if first and last and start.weekday is not None and end.weekday is not None and end.month is None:
            ahead = (end.weekday - first.days.last.weekday()) % _WEEK
            last = Resolved(day(first.days.last + timedelta(ahead)), last.resolution)
    else:
        first, last = _resolve_ends(start, end, today, tense)
    if first is None or last is None or last.days.last < first.days.first:
        return None
    low, high = first.days, last.days
    value = f"{low.value.split('/')[0]}/{high.value.split('/')[-1]}"
    resolution = last.resolution if first.resolution == "stated" else first.resolution
    return Resolved(Days(low.first, high.last, value, "span"), resolution)


def _resolve_ends(start: Part, end: Part, today: date, tense: int) -> tuple[Resolved | None, Resolved | None]:
    """Resolve a span of days or months, one of whose ends may lend the other its year."""
    if start.year is not None and end.year is None:
        first, last = resolve(start, today, tense), resolve(replace(end, year=start.year), today, tense)
        if first and last and last.days.last < first.days.first:
            last = resolve(replace(end, year=start.year + 1), today, tense)
        return first, last
    last = resolve(end, today, tense)
    if last is None or start.year is not None or start.shift is not None or start.unit is not None:
        return resolve(start, today, tense), last
    year = end.year if end.year is not None else (hijri_year(last.days.last) if end.hijri else last.days.last.year)
    first = resolve(replace(start, year=year), today, tense)
    if first and first.days.first > last.days.last:
        first = resolve(replace(start, year=year - 1), today, tense)
    return (Resolved(first.days, last.resolution) if first else None), last
