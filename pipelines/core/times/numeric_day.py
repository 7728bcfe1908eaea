"""Read a day that is written in three numbers, in either calendar or in both."""

import re
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from pipelines.core.dates.calendars import dated
from pipelines.core.dates.lexicon import phrases
from pipelines.core.text.fold import fold_text
from pipelines.core.times.unclear import Unclear

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})( ?[-/.\\] ?| )(\d{1,2})\2(\d{1,4})(?!\d)")
_HIJRI_YEARS = range(1300, 1500)
_MONTHS, _FOUR_DIGITS = 12, 4
_NEAR = timedelta(days=2)  # the moon is seen a day earlier or later than Umm al-Qura has it


def read_numeric(text: str, is_american: bool) -> tuple[date, str] | None:
    """Read the one day that stands in numbers, and what else the text holds; `None` where that holds numbers too.

    The day stands first, unless it cannot, or the weekday beside it says otherwise. Raises Unclear where `is_american`
    makes it two.

    >>> read_numeric("05/10/2026 m", False), read_numeric("Sun, 05/10/2026 m", False)[0].month
    ((datetime.date(2026, 10, 5), '  m'), 5)
    """
    found = list(_NUMERIC.finditer(text))
    rest = _NUMERIC.sub(" ", text)
    if not found or _DIGIT.search(rest):
        return None
    days = [_read(one[1], one[3], one[4], _weekday(rest), is_american) for one in found]
    one = _one_day([day for day in days if day is not None]) if None not in days else None
    return (one, rest) if one else None


def _read(first: str, month: str, last: str, weekday: int | None, is_american: bool) -> tuple[date, bool] | None:
    """Return a day, and whether it was written in the Hijri calendar."""
    year, day = (first, last) if len(first) == _FOUR_DIGITS else (last, first)
    if len(year) != _FOUR_DIGITS or len(day) > 2:
        return None
    is_hijri = int(year) in _HIJRI_YEARS
    orders = [(int(month), int(day))]
    if year == last and not is_hijri and int(day) <= _MONTHS and day != month:
        orders.append((int(day), int(month)))
    elif year == last and int(month) > _MONTHS >= int(day):  # "10/25/2026" can be read in one way only
        orders = [(int(day), int(month))]
    read = [days.first for one in orders if (days := dated(int(year), *one, is_hijri))]
    fit = [one for one in read if one.weekday() == weekday]
    if is_american and len(read) > 1 and len(fit) != 1:
        raise Unclear(f"day or month first? write it as {read[0]} or as {read[1]}")
    if not read:
        return None
    return (fit or read)[0], is_hijri


def _one_day(days: list[tuple[date, bool]]) -> date | None:
    """Return the day that one date names, or two of both calendars: then what the Gregorian says."""
    gregorian = [day for day, is_hijri in days if not is_hijri]
    hijri = [day for day, is_hijri in days if is_hijri]
    if len(days) == 1:
        return days[0][0]
    return gregorian[0] if len(gregorian) == len(hijri) == 1 and abs(gregorian[0] - hijri[0]) <= _NEAR else None


def _weekday(text: str) -> int | None:
    """Return the one weekday that a text names, Monday 0."""
    words = [fold_text(word) for word in _WORD.findall(text.lower())]
    arabic = (phrases("weekday").match([*words, ""], at) for at in range(len(words)))
    named = {int(one[0]) for one in arabic if one} | {_weekdays()[word] for word in words if word in _weekdays()}
    return named.pop() if len(named) == 1 else None


@cache
def _weekdays() -> dict[str, int]:
    lines = files("pipelines").joinpath("resources/times/words.tsv").read_text("utf-8").splitlines()[2:]
    rows = (line.split("\t") for line in lines)
    return {fold_text(word): int(meaning[3:]) for word, meaning in rows if meaning.startswith("day")}
