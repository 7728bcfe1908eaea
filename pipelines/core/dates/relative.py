"""Read days named from publication, and days of the week."""

from dataclasses import replace

from pipelines.core.dates.lexicon import phrases, words
from pipelines.core.dates.numbers import number_words
from pipelines.core.dates.part import Part

_WEEK = 7
_TO = frozenset(("-", "/", "الي", "علي"))


def read_shift(text: list[str], at: int) -> Part | None:
    """Read "اليوم", "أول أمس" or "بعد غد", where it is no other word or part of a name."""
    found = phrases("shift").match(text, at)
    if found is None:
        return None
    shift, end = int(found[0]), found[1]
    before, after = text[at - 1], text[end]
    if end == at + 1 and shift == 0 and (after in words("not_today_before") or before in words("not_today_after")):
        return None
    if text[at] == "اليوم" and (before == "في" or _is_newspaper(text, at)):
        return None
    if (text[at] == "اليوم" and (after == "ال" or before == "اليوم")) or before == after == '"':
        return None
    if (shift == 1 and not _is_tomorrow(text, at, end)) or (shift == -1 and after in words("not_yesterday_before")):
        return None
    return Part(at, end, shift=shift)


def _is_tomorrow(text: list[str], at: int, end: int) -> bool:
    if text[at - 1] in words("not_tomorrow_after"):
        return False
    return end > at + 1 or text[at].endswith("غدا") or text[at - 1] in words("lead") or text[at].endswith("الغد")


def _is_newspaper(text: list[str], at: int) -> bool:
    return text[at - 1] == "المصري" and (text[at + 1] == '"' or text[at - 2] in words("name"))


def read_last_days(text: list[str], at: int) -> Part | None:
    """Read "اليومين الماضيين" and "الأيام الثلاثة الماضية": the days up to yesterday.

    >>> read_last_days(["الايام", "الثلاثه", "الماضيه", ""], 0).shift
    -3
    """
    many = text[at] in words("days")
    count = number_words().get(text[at + 1].removeprefix("ال"), 0) if many else 2
    lean = phrases("lean").match(text, at + 1 + many)
    if not 2 <= count <= _WEEK or lean is None or lean[0] != "-1":
        return None
    return Part(at, lean[1], shift=-count, until=Part(at, lean[1], shift=-1))


def read_weekday(text: list[str], at: int) -> Part | None:
    """Read a day of the week with its "الماضي", or a night between two days: "ليل السبت الأحد"."""
    found = phrases("weekday").match(text, at)
    if found is None or text[at - 1] in words("not_weekday_after") or text[found[1]] in words("not_weekday_before"):
        return None
    if (text[at - 1] in words("lead") and text[at - 2] in words("each")) or _counts(text, at, *found):
        return None
    part = Part(at, found[1], weekday=int(found[0]))
    lean = phrases("lean").match(text, part.last)
    if lean is not None:
        return replace(part, lean=int(lean[0]), last=lean[1])
    if text[at - 1] in words("this_day"):
        return replace(part, shift=0)
    return _read_night(text, part)


def _counts(text: list[str], at: int, weekday: str, end: int) -> bool:
    """Tell "للجمعة الثالثة على التوالي" and "الجدل بين الاثنين", the two, from days."""
    if text[at].startswith("لل") and text[end] in words("ordinal"):
        return True
    return text[at - 1] in words("between") and weekday == "0" and not _goes_on(text, end)


def _goes_on(text: list[str], at: int) -> bool:
    """Tell "بين الاثنين والأربعاء" from "الجدل بين الاثنين", the two."""
    joins = text[at][:1] == "و" or text[at] in words("to") or text[at].isdecimal()
    return joins or phrases("lean").match(text, at) is not None


def _read_night(text: list[str], part: Part) -> Part:
    gap = text[part.last] in _TO
    second = phrases("weekday").match(text, part.last + gap)
    next_day = second is not None and int(second[0]) == ((part.weekday or 0) + 1) % 7
    joined = second is not None and text[part.last + gap].startswith("و")
    if second is None or not next_day or joined or not (gap or text[part.first - 1] in words("night")):
        return part
    return replace(part, last=second[1], until=Part(part.first, second[1], weekday=int(second[0])))
