"""Read dates written in digits."""

import re

from pipelines.core.dates.lexicon import phrases
from pipelines.core.dates.part import Part

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z|(\d{4})\.(\d{2})\.(\d{2})\Z")
_SEPARATORS = frozenset("/-.\\")
_HIJRI_YEARS = range(1300, 1500)


def _fields(text: list[str], at: int) -> tuple[str, str, str, int] | None:
    dotted = _DOTTED.match(text[at])
    if dotted:
        first, second, third = filter(None, dotted.groups())
        return first, second, third, at + 1
    separator = text[at + 1]
    if separator not in _SEPARATORS or text[at + 3] != separator:
        return None
    first, second, third = text[at], text[at + 2], text[at + 4]
    if not (second.isdecimal() and third.isdecimal()) or text[at + 5] == separator:
        return None
    return first, second, third, at + 5


def _order(first: str, second: str, third: str) -> tuple[str, int, int] | None:
    """Put three numbers in the order year, month, day: day first unless the year is."""
    if len(second) > 2 or 3 in (len(first), len(third)) or (len(first) < 4 and len(third) not in (2, 4)):
        return None
    if len(first) == 4 and len(third) == 4:
        return None
    if len(first) == 4 or int(first) > 31:
        return first, int(second), int(third)
    return third, int(second), int(first)


def read_numeric(text: list[str], at: int) -> Part | None:
    """Read 18/7/2022, 18-7-22, 18.7.2022 or 2022-07-18 at `text[at]`, Hijri by its year or its mark.

    A year of two digits stays as it is.

    >>> part = read_numeric(["1436", "/", "10", "/", "25", "ه", ""], 0)
    >>> part and (part.year, part.month, part.day, part.hijri)
    (1436, 10, 25, True)
    """
    fields = _fields(text, at)
    ordered = _order(*fields[:3]) if fields else None
    if fields is None or ordered is None:
        return None
    end = fields[3]
    if text[end] in _SEPARATORS and text[end] != "." and text[end + 1].isdecimal() and len(text[end + 1]) > 2:
        return None
    era = phrases("era").match(text, end)
    digits, month, day = ordered
    hijri = era[0] == "h" if era else len(digits) == 4 and int(digits) in _HIJRI_YEARS
    year = int(digits)
    if not (1 <= month <= 12 and 1 <= day <= 31 and (hijri or len(digits) <= 2 or 1800 <= year < 2200)):
        return None
    return Part(at, era[1] if era else end, year, month, day, hijri)
