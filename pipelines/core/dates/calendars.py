"""Turn years, months and days of two calendars into Gregorian days."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from hijridate import Gregorian, Hijri


class Days(NamedTuple):
    """Some days in a row, the last included, as an ISO 8601 value with its granularity."""

    first: date
    last: date
    value: str
    granularity: str


def day(on: date) -> Days:
    """Return one day."""
    return Days(on, on, on.isoformat(), "day")


def week(on: date) -> Days:
    """Return the ISO week of a day."""
    year, number, weekday = on.isocalendar()
    monday = on - timedelta(weekday - 1)
    return Days(monday, monday + timedelta(6), f"{year:04}-W{number:02}", "week")


def hijri_year(on: date) -> int:
    """Return the Hijri year of a day by Umm al-Qura, which runs from 1343 to 1500."""
    return int(Gregorian.fromdate(on).to_hijri().year)


def dated(year: int, month: int | None, day_of_month: int | None, hijri: bool) -> Days | None:
    """Return a day, month or year of either calendar, `None` where there is no such day or no table for it.

    >>> dated(1436, 10, 25, True)
    Days(first=datetime.date(2015, 8, 10), last=datetime.date(2015, 8, 10), value='2015-08-10', granularity='day')
    """
    try:
        return _hijri(year, month, day_of_month) if hijri else _gregorian(year, month, day_of_month)
    except (ValueError, OverflowError):
        return None


def _hijri(year: int, month: int | None, day_of_month: int | None) -> Days:
    first = Hijri(year, month or 1, day_of_month or 1)
    start = date.fromisoformat(first.to_gregorian().isoformat())
    if day_of_month:
        return day(start)
    length = first.month_length() if month else first.year_length()
    end = start + timedelta(length - 1)
    return Days(start, end, f"{start}/{end}", "span")


def _gregorian(year: int, month: int | None, day_of_month: int | None) -> Days:
    if month is None:
        return Days(date(year, 1, 1), date(year, 12, 31), f"{year:04}", "year")
    if day_of_month is None:
        start = date(year, month, 1)
        return Days(start, start.replace(day=monthrange(year, month)[1]), f"{year:04}-{month:02}", "month")
    return day(date(year, month, day_of_month))


def moved(on: date, unit: str, steps: int) -> Days | None:
    """Return the week, month, year or decade that lies `steps` of them from a day."""
    if unit == "week":
        return week(on + timedelta(weeks=steps))
    if unit == "month":
        year, month = divmod(on.year * 12 + on.month - 1 + steps, 12)
        return dated(year, month + 1, None, False)
    if unit == "decade":
        return decade(on.year + 10 * steps)
    return dated(on.year + steps, None, None, False)


def decade(year: int) -> Days:
    """Return the ten years that share all but the last digit of a year."""
    start = year - year % 10
    return Days(date(start, 1, 1), date(start + 9, 12, 31), f"{start // 10:03}X", "decade")


def section_of_year(year: int, parts: int, number: int) -> Days:
    """Return one of the equal parts of a year, counted from 1, as a span of months.

    >>> section_of_year(2018, 4, 2).value
    '2018-04/2018-06'
    """
    months = 12 // parts
    start, end = date(year, 1 + months * (number - 1), 1), date(year, months * number, 1)
    end = end.replace(day=monthrange(year, end.month)[1])
    return Days(start, end, f"{start:%Y-%m}/{end:%Y-%m}", "span")
