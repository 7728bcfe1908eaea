"""Read years and decades."""

from dataclasses import replace

from pipelines.core.dates.lexicon import phrases, words
from pipelines.core.dates.months import read_year
from pipelines.core.dates.numbers import read_number
from pipelines.core.dates.part import Part

_PLAIN = range(1900, 2101)
_ANY = range(1000, 2200)
_TO = frozenset(("-", "/", "الي", "حتي", "و", "والي", "وحتي"))
_SHORT = range(20, 100)
_CENTURIES = range(12, 21)
"""Those that the news means by their number; the one after them is mostly "our times"."""


def read_bare_year(text: list[str], at: int) -> Part | None:
    """Read a year in digits without "عام": after "في" or "انتخابات", with its "م" or "هـ", or two that make a span."""
    year = int(text[at])
    before = text[at - 1]
    until = _read_until(text, at) if text[at + 1] in _TO and text[at + 2].isdecimal() else None
    if until is not None:
        return until
    era = phrases("era").match(text, at + 1)
    if era is not None and era[0] == "h" and year in _ANY:
        return Part(at, era[1], year=year, hijri=True)
    expected = before in words("year_prep") or before in words("part") or before in words("season")
    expected = expected or before in words("year_head") or (before == "من" and text[at - 3] in words("section"))
    expected = expected or (before == "(" and era is not None and year % 100 > 0)  # "2000 م" are metres
    expected = expected or (before == "و" and text[at - 2].isdecimal() and int(text[at - 2]) in _PLAIN)
    if year in _PLAIN and expected and (era is not None or year % 100 or before not in words("year_prep")):
        return Part(at, era[1] if era else at + 1, year=year)
    return None


def _read_until(text: list[str], at: int) -> Part | None:
    """Read "1995 إلى 1999", "1975-1990", and with "بين" before it "2008 و2011"."""
    end = read_year(text, at + 2)
    if end is None or end[1] or (text[at + 1] == "و" and text[at - 1] not in words("between")):
        return None
    low, high = sorted((int(text[at]), end[0]))
    if low not in _PLAIN or int(text[at]) > end[0] + 1 or not low < high <= low + 100:
        return None
    return Part(at, end[2], year=low, until=Part(at, end[2], year=high))


def read_from_year_word(text: list[str], at: int) -> Part | None:
    """Read "عام 2011", "سنة ألف وتسعمئة وسبع وستين", "عام 67" or "عامي 1970 و2000".

    >>> read_from_year_word(["عام", "2011", "م", "."], 0).year
    2011
    """
    if text[at] == "لسنه" and (text[at - 1].isdecimal() or text[at - 1] in words("not_year_after")):
        return None
    number = read_number(text, at + 1)
    if number is None:
        return None
    era = phrases("era").match(text, number[1])
    if number[0] in _SHORT and text[at] in words("short_year") and text[at + 1].isdecimal() and not era:
        return Part(at, number[1], year=1900 + number[0])
    if number[0] not in _ANY:
        return None
    hijri = era[0] == "h" if era else 1300 <= number[0] < 1500
    part = Part(at, era[1] if era else number[1], year=number[0], hijri=hijri)
    return _read_second_year(text, part)


def _read_second_year(text: list[str], part: Part) -> Part:
    at = part.last
    if text[at] not in _TO and text[at][:1] != "و":
        return part
    if text[at][:1] == "و" and _is_single(text, part.first):
        return part
    at += text[at] in _TO
    at += text[at] in words("year_word")
    second = read_number(text, at)
    if second is None or second[0] not in _ANY or part.year is None:
        return part
    era = phrases("era").match(text, second[1])
    hijri = era[0] == "h" if era else part.hijri
    low, high = sorted((part.year, second[0]))
    if part.year > second[0] + 1 or not low < high <= low + 100 or (hijri != part.hijri and era is None):
        return part
    end = era[1] if era else second[1]
    return replace(part, last=end, year=low, hijri=hijri, until=Part(at, end, year=high, hijri=hijri))


def _is_single(text: list[str], at: int) -> bool:
    """Tell "عام 2000 وعام 2007", which are two dates, from "عامي 2000 و2007" and "بين عام 2000 وعام 2007"."""
    word = phrases("year_word").match(text, at)
    return word is not None and word[0] == "1" and text[at - 1] not in words("between")


def read_decade(text: list[str], at: int) -> Part | None:
    """Read "التسعينيات" and "ثمانينات القرن الماضي"."""
    found = phrases("decade").match(text, at)
    if found is None:
        return None
    end = found[1] + (text[found[1]] == "من")
    century = phrases("century").match(text, end)
    if century is None and _is_age(text, at, end):
        return None
    hundreds, last = (int(century[0]), century[1]) if century else (19, found[1])
    return Part(at, last, year=hundreds * 100 + int(found[0]), unit="decade")


def read_century(text: list[str], at: int) -> Part | None:
    """Read "القرن التاسع عشر": its hundred years.

    >>> read_century("القرن التاسع عشر .".split(), 0).year
    1801
    """
    number = None if text[at + 1][:1].isdecimal() or text[at - 1] in words("name") else read_number(text, at + 1)
    if number is None or number[0] not in _CENTURIES:
        return None
    behind = number[1] + (text[number[1]] == "(")
    if text[behind] in words("not_century_before") or text[at - 3] in words("section"):
        return None
    last = 100 * number[0]
    return Part(at, number[1], year=last - 99, until=Part(at, number[1], year=last))


def _is_age(text: list[str], at: int, end: int) -> bool:
    """Tell "في العشرينات من عمره"; without "ال" a decade needs its century or a word such as "أواخر"."""
    if text[end].startswith(("عمر", "العمر")):
        return True
    return "ال" not in text[at][:3] and text[at - 1] not in words("decade_lead")
