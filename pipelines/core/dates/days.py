"""Read dates that begin with a number: days of a month, and years."""

from dataclasses import replace

from pipelines.core.dates.lexicon import phrases, words
from pipelines.core.dates.months import read_month_part
from pipelines.core.dates.numbers import read_number
from pipelines.core.dates.numeric import read_numeric
from pipelines.core.dates.part import Part
from pipelines.core.dates.periods import read_period
from pipelines.core.dates.years import read_bare_year

_ARTICLES = frozenset(("ال", "وال", "بال", "فال", "لل", "ل"))
_OF = frozenset(("من", "لشهر", "شهر"))
_AND = frozenset(("و", "-", "الي", "/", "حتي", "او", ","))
_SEPARATORS = frozenset("/-")
_MOST_DAYS = 31
_LONGEST_LIST = 8


def read_from_number(text: list[str], at: int) -> Part | None:
    """Read a numeric date, a day or days of a month, or a year whose first word is a number."""
    digits = "0" <= text[at][:1] <= "9"
    if digits:
        part = read_numeric(text, at) or _read_numeric_span(text, at)
        if part is not None:
            return part
    first = at - 1 if digits and text[at - 1] in _ARTICLES else at
    number = read_number(text, at)
    if number is None:
        return None
    if digits and number[0] >= 1000:
        return read_bare_year(text, at)
    if not 1 <= number[0] <= _MOST_DAYS or (not digits and _is_section(text, at)):
        return None
    return _read_days(text, first, *number) or (_read_short(text, first, *number) if digits else None)


def _read_days(text: list[str], first: int, day: int, end: int) -> Part | None:
    """Read one day of a month, or several: "3 و4 أيار", "من 3 إلى 7 مايو"."""
    last_day = day
    for _ in range(_LONGEST_LIST):
        following = _next_day(text, end)
        if following is None or following[0] <= last_day:
            break
        last_day, end = following
    part = _read_month_of(text, first, last_day, end)
    if part is None or _is_score(text, part):
        return None
    if last_day == day:
        return part
    return replace(part, day=day, until=replace(part, until=None))


def _read_numeric_span(text: list[str], at: int) -> Part | None:
    """Read "16 إلى 23/12/1436"."""
    end = read_numeric(text, at + 2) if text[at + 1] in words("to") and len(text[at]) <= 2 else None
    if end is None or end.day is None or not int(text[at]) < end.day:
        return None
    return replace(end, first=at, day=int(text[at]), until=end)


def _is_section(text: list[str], at: int) -> bool:
    """Tell whether a number counts weeks or halves: "الأسبوع الأول أو الثاني من سبتمبر"."""
    if text[at - 1] == "او":
        at -= 2
    return text[at - 1] in words("section")


def _is_score(text: list[str], part: Part) -> bool:
    """Tell "2-صفر", two goals to none, from the second of Safar."""
    if not text[part.last - 1].endswith("صفر"):
        return False
    return text[part.first - 1] not in words("day_lead") and text[part.first - 1] not in phrases("weekday")


def _next_day(text: list[str], at: int) -> tuple[int, int] | None:
    if text[at] in _AND:
        at += 1
    elif text[at][:1] != "و":
        return None
    if text[at] in _ARTICLES:
        at += 1
    number = read_number(text, at)
    return number if number is not None and 1 <= number[0] <= _MOST_DAYS else None


def _read_month_of(text: list[str], first: int, day: int, end: int) -> Part | None:
    at = end
    while text[at] in _OF or (at == end and text[at] in _SEPARATORS):
        at += 1
    month = read_month_part(text, first, at)
    if month is not None:
        return replace(month[0], day=day)
    same = phrases("same_month").match(text, end)
    if same is not None:
        return Part(first, same[1], day=day, same="month")
    period = read_period(text, at)
    if period is not None and period.unit == "month":
        return Part(first, period.last, day=day, unit="month", steps=period.steps)
    return None


def _read_short(text: list[str], first: int, day: int, end: int) -> Part | None:
    """Read "21 الجاري" and "الجمعة 6/7", where a month is named by a word or a number only."""
    lean = phrases("lean").match(text, end)
    dated = text[first - 1] in words("day_lead") or text[first - 1] in phrases("weekday")
    if lean is not None and text[end] not in words("feminine") and (lean[0] == "0" or dated):
        return Part(first, lean[1], day=day, unit="month", steps=int(lean[0]))
    month = text[end + 1]
    if dated and text[end] in _SEPARATORS and month.isdecimal() and 1 <= int(month) <= 12:
        return None if text[end + 2] in _SEPARATORS else Part(first, end + 2, day=day, month=int(month))
    return None
