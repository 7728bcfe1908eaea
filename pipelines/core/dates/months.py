"""Read names of months, with the year or "الماضي" that follows them."""

from dataclasses import replace
from typing import NamedTuple

from pipelines.core.dates.lexicon import phrases, words
from pipelines.core.dates.numbers import read_number
from pipelines.core.dates.part import Part

_BETWEEN = frozenset("/-([")
_CLOSING = {"(": ")", "[": "]"}
_YEARS = range(1000, 2200)
_HIJRI_YEARS = range(1300, 1500)


class Month(NamedTuple):
    """A month named: its number, calendar, how freely it may stand (see months.tsv), and the index after it."""

    number: int
    hijri: bool
    use: str
    end: int


def read_month(text: list[str], at: int) -> Month | None:
    """Read the month at `text[at]`; two names of one month count as one.

    >>> read_month(["تموز", "/", "يوليو", ""], 0)
    Month(number=7, hijri=False, use='free', end=3)
    """
    found = phrases("month").match(text, at)
    if found is None:
        return None
    number, calendar, use = found[0].split(" ")
    month = Month(int(number), calendar == "h", use, found[1])
    return _read_second_name(text, month)


def _read_second_name(text: list[str], month: Month) -> Month:
    opening = text[month.end] if text[month.end] in _BETWEEN else ""
    at = month.end + bool(opening)
    second = phrases("month").match(text, at)
    if second is None or not second[0].startswith(f"{month.number} g ") or month.hijri:
        return month
    end = second[1]
    if opening in _CLOSING:
        if text[end] != _CLOSING[opening]:
            return month
        end += 1
    return Month(month.number, False, "free", end)


def read_year(text: list[str], at: int, hijri: bool = False) -> tuple[int, bool, int] | None:
    """Read a year of four digits, its "م" or "هـ" too: the year, whether it is Hijri, and the index after it."""
    if text[at] == "," or (text[at] in "/-" and text[at]):
        at += 1
    if text[at] == "من" or text[at] == "لعام":
        at += 1
    named = text[at] in words("year_word")
    at += named
    number = read_number(text, at)
    if number is None or number[0] not in _YEARS or not (named or text[at].isdecimal()):
        return None
    year, end = number
    era = phrases("era").match(text, end)
    hijri = (era[0] == "h") if era else (hijri and year in _HIJRI_YEARS) or year in _HIJRI_YEARS
    return year, hijri, era[1] if era else end


def read_month_part(text: list[str], first: int, at: int) -> tuple[Part, Month] | None:
    """Read a month at `text[at]`, and what follows, into a part that begins at `first`."""
    month = read_month(text, at)
    if month is None:
        return None
    part = Part(first, month.end, month=month.number, hijri=month.hijri)
    year = read_year(text, month.end, month.hijri)
    if year is not None and year[1] == month.hijri:
        return replace(part, year=year[0], last=year[2]), month
    lean = phrases("lean").match(text, month.end)
    if lean is not None:
        return replace(part, lean=int(lean[0]), last=lean[1]), month
    same = phrases("same_year").match(text, month.end)
    if same is not None:
        return replace(part, same="year", last=same[1]), month
    era = phrases("era").match(text, month.end)
    return (replace(part, last=era[1]) if era and month.hijri else part), month


def read_from_month(text: list[str], at: int) -> Part | None:
    """Read a month without a day, where its name is no other word."""
    found = read_month_part(text, at, at)
    if found is None:
        return None
    part, month = found
    named = month.use == "free" or text[at - 1] in words("month_cue") or part.year is not None
    if not named and month.use != "tight":
        named = part.lean is not None or text[at - 1] in words("part")
        named = named or (month.use == "prep" and _is_prepared(text, at, part.last))
    return part if named else None


def _is_prepared(text: list[str], at: int, end: int) -> bool:
    """Tell whether what stands before calls for a time: "في مارس", "بين مارس ويونيو", "من مارس إلى"."""
    before = text[at - 1]
    if before in words("between"):
        return phrases("month").match(text, end) is not None
    return before in words("month_prep") or (before == "من" and text[end] in words("to"))
