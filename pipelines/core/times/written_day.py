"""Read the day in what an outlet writes, its month by name or by number."""

import re
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from pipelines.core.dates.calendars import dated
from pipelines.core.dates.find import find_dates
from pipelines.core.text.document import read_document

_ARABIC = re.compile("[\u0621-\u064a]")
_DIGIT = re.compile(r"\d")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})(?!\d)")
_HIJRI_YEARS = range(1300, 1500)
_ANY_DAY = datetime(2000, 1, 1)  # only what the text states in full is taken
_MONTHS, _FOUR_DIGITS, _CENTURY = 12, 4, 100
_LATEST_SHORT_YEAR = 49


def read_day(text: str) -> tuple[date, str] | None:
    """Read the one day that a text names in full, and the words in it that say something else; `None` without one.

    >>> read_day("Mon, 05 Oct 2026 EEST")
    (datetime.date(2026, 10, 5), 'EEST')
    >>> read_day("الثلاثاء 12 آذار/مارس 2024")
    (datetime.date(2024, 3, 12), '')
    """
    numeric = _read_numeric(text)
    if numeric is not None:
        return numeric
    return _read_arabic(text) if _ARABIC.search(text) else _read_latin(text)


def _read_numeric(text: str) -> tuple[date, str] | None:
    found = list(_NUMERIC.finditer(text))
    if len(found) != 1:
        return None
    first, month, last = found[0][1], int(found[0][3]), found[0][4]
    year, day = (first, int(last)) if len(first) == _FOUR_DIGITS else (last, int(first))
    if len(year) != _FOUR_DIGITS or day > 31:
        return None
    if month > _MONTHS >= day and year == last:  # "10/25/2026" can be read in one way only
        month, day = day, month
    days = dated(int(year), month, day, int(year) in _HIJRI_YEARS)
    rest = text[: found[0].start()] + " " + text[found[0].end() :]
    return (days.first, _unsaid(rest)) if days and not _DIGIT.search(rest) else None


def _read_arabic(text: str) -> tuple[date, str] | None:
    """Read a day in Arabic words; two calendars of one day are one."""
    stated = [one for one in find_dates(read_document("title", text), _ANY_DAY) if one.resolution == "stated"]
    days = {one.value for one in stated if one.granularity == "day"}
    return (date.fromisoformat(days.pop()), _unsaid(text)) if len(days) == 1 and len(stated) == 1 else None


def _read_latin(text: str) -> tuple[date, str] | None:
    pieces = _PIECE.findall(text)
    numbers = [piece for piece in pieces if piece.isdecimal()]
    months = {int(known) for piece in pieces if (known := _words().get(piece.lower(), "")).isdecimal()}
    if len(numbers) != 2 or len(months) != 1:
        return None
    day, year = numbers if len(numbers[0]) < _FOUR_DIGITS else numbers[::-1]
    days = dated(_full_year(year), months.pop(), int(day), False) if len(day) <= 2 and len(year) in (2, 4) else None
    return (days.first, _unsaid(text)) if days else None


def _full_year(year: str) -> int:
    """Give a year of two digits its century as mail does (RFC 5322, section 4.3)."""
    if len(year) > 2:
        return int(year)
    return int(year) + (2000 if int(year) <= _LATEST_SHORT_YEAR else 1900)


def _unsaid(text: str) -> str:
    """Return the words in Latin letters that are neither month nor weekday nor say nothing."""
    words = (piece for piece in _PIECE.findall(text) if not piece.isdecimal() and not _ARABIC.search(piece))
    return " ".join(word for word in words if word.lower() not in _words())


@cache
def _words() -> dict[str, str]:
    lines = files("pipelines").joinpath("resources/times/words.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines[2:])
