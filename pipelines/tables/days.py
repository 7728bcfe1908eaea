"""Days and weeks out of the dates that records hold."""

import re
from datetime import date

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_BEGIN = re.compile(r"(\d{3})(?:X|(\d)(?:-(\d{2})(?:-(\d{2}))?)?)")


def first_day(value: str) -> date | None:
    """Return the first day of a date as records write it, or None where no calendar has it.

    >>> [str(first_day(value)) for value in ("2024-03-05", "2024-W10", "2024-03", "199X", "2024-03-01/2024-03-04")]
    ['2024-03-05', '2024-03-04', '2024-03-01', '1990-01-01', '2024-03-01']
    """
    value = value.partition("/")[0]
    try:
        if week := _WEEK.fullmatch(value):
            return date.fromisocalendar(int(week[1]), int(week[2]), 1)
        if found := _BEGIN.fullmatch(value):
            return date(int(found[1] + (found[2] or "0")), int(found[3] or 1), int(found[4] or 1))
    except ValueError:
        pass
    return None


def iso_week(day: date | None) -> str | None:
    """Return the ISO 8601 week of a day, which sorts as text.

    >>> iso_week(date(2024, 12, 31))
    '2025-W01'
    """
    if day is None:
        return None
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"
