"""Read the day in what an outlet writes, its month by name or by number."""

import re
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from pipelines.core.dates.calendars import dated
from pipelines.core.dates.find import find_dates
from pipelines.core.dates.lexicon import read_table
from pipelines.core.text.document import read_document
from pipelines.core.text.fold import fold_text
from pipelines.core.times.numeric_day import read_numeric

_ARABIC = re.compile("[\u0621-\u064a]")
_ARABIC_WORD = re.compile("[\u0600-\u06ff]+")
_DIGIT = re.compile(r"\d")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
# Numbers beside a day that are none of it: an issue's, minutes to read, views and comments.
_COUNTS = re.compile(
    r"\b(?:العدد|المشاهدات|الزيارات|القرا\w+|التعليقات|تعليقات|قرا\w+) ?:? ?\d+(?: دق\w+)?"
    r"|\b\d+ (?:دق\w+ (?:لل)?قرا\w+|(?:تعليق|مشاهد|زيار|قرا)\w*)"
)
_ANY_DAY = datetime(2000, 1, 1)  # only what the text states in full is taken
_FOUR_DIGITS, _LATEST_SHORT_YEAR = 4, 49
_MARCH = 3


def read_day(text: str, is_american: bool = False) -> tuple[date, str] | None:
    """Read the one day that a text names in full, and the words in it that say something else; `None` without one.

    `is_american` tells that the day may stand behind the month; raises Unclear for what then could be two days.

    >>> read_day("Mon, 05 Oct 2026 EEST")
    (datetime.date(2026, 10, 5), 'EEST')
    >>> read_day("الثلاثاء 12 آذار/مارس 2024"), read_day("مارس 12, 2024")
    ((datetime.date(2024, 3, 12), ''), (datetime.date(2024, 3, 12), ''))
    """
    numeric = read_numeric(text, is_american)
    if numeric is not None:
        return numeric[0], _unsaid(numeric[1])
    if not _ARABIC.search(text):
        return _read_latin(text)
    return _read_arabic(text) or _read_latin(_ARABIC_WORD.sub(" ", text))


def _read_arabic(text: str) -> tuple[date, str] | None:
    """Read a day in Arabic words; two calendars of one day are one, and a number that is left over is none of it."""
    document = read_document("title", _day_first(text))
    stated = [one for one in find_dates(document, _ANY_DAY) if one.resolution == "stated"]
    if len(stated) != 1 or stated[0].granularity != "day":
        return None
    span = stated[0].span
    rest = _COUNTS.sub(" ", f"{document.text[: span.start]} {document.text[span.end :]}")
    is_whole = not _DIGIT.search(rest)
    return (date.fromisoformat(stated[0].value), _unsaid(text)) if is_whole else None


def _day_first(text: str) -> str:
    """Bring "مارس 7, 2024", as WordPress writes it, and "2024 مارس 7" into the order in which dates are found."""
    folded = fold_text(text)
    for pattern in _other_orders():
        folded = pattern.sub(r"\g<day> \g<month> \g<year>", folded)
    return folded


@cache
def _other_orders() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted({row[0] for row in read_table("months.tsv")}, key=len, reverse=True))
    month, day, year = rf"(?P<month>{names})", r"(?P<day>\d{1,2})", r"(?P<year>(?:1[349]|20)\d\d)"
    return (
        re.compile(rf"(?<!\w)(?<!\d[ /-]){month} {day} ?,? ?{year}(?!\d)"),
        re.compile(rf"(?<!\d){year}(?P<between>[ ,/-]{{1,2}}){month}(?P=between){day}(?!\d)"),
    )


def _read_latin(text: str) -> tuple[date, str] | None:
    pieces = _PIECE.findall(text)
    numbers = [piece for piece in pieces if piece.isdecimal()]
    months = {int(known) for piece in pieces if (known := _words().get(piece.lower(), "")).isdecimal()}
    if len(months) > 1 and "mar" in pieces:  # "mar. 5 nov. 2024": mardi
        months.discard(_MARCH)
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
