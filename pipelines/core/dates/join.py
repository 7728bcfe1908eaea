"""Join the parts of a sentence that are one expression."""

from dataclasses import replace

from pipelines.core.dates.lexicon import phrases, proclitic_lengths, words
from pipelines.core.dates.part import Part

_LOOSE = frozenset(((), (",",), ("(",), ("[",), ("-",), ("/",), (":",), ('"',), ('"', ",")))
_OF = frozenset(((), ("من",), ("في",), (",",)))
_WIDEST = 3
_CLOSING = {"(": ")", "[": "]"}


def join_parts(text: list[str], parts: list[Part]) -> list[Part]:
    """Make one part of those that tell of one day, of two calendars, or of both ends of a span.

    `parts` are in the order of the text; so is what comes back.
    """
    joined: list[Part] = []
    for part in parts:
        last = part
        while joined and (whole := _join(text, joined[-1], last)) is not None:
            last = whole
            joined.pop()
        joined.append(last)
    return joined


def _join(text: list[str], left: Part, right: Part) -> Part | None:
    start = right.first
    while start > left.last and text[start - 1] in words("lead"):
        start -= 1
    gap = tuple(text[left.last : start])
    if len(gap) > _WIDEST:
        return None
    whole = _join_anniversary(text, left, right, gap) or _join_span(text, left, right, gap)
    if whole is None and left.until is None and right.until is None:
        whole = _join_day(text, left, right, gap) or _join_year(left, right, gap)
    if whole is None and left.until is not None and right.until is not None and left.weekday is not None and not gap:
        whole = right if right.weekday is None and right.day is not None else None
    whole = whole or _join_calendars(text, left, right, gap)
    if whole is None:
        return None
    closes = gap and text[whole.last] == _CLOSING.get(gap[-1], " ")
    return replace(whole, first=left.first, last=whole.last + bool(closes))


def _is_same(text: list[str], left: Part, gap: tuple[str, ...]) -> bool:
    found = phrases("same").match(text, left.last + (gap[:1] == (",",)))
    return found is not None and found[1] == left.last + len(gap)


def _join_day(text: list[str], left: Part, right: Part, gap: tuple[str, ...]) -> Part | None:
    """Join "أمس" or "الاثنين" with a day that is the same."""
    if left.level != "day" or (not gap and _is_and(text, left.last)):
        return None
    same = gap in _LOOSE or _is_same(text, left, gap)
    if right.unit == "week" and gap in _OF and left.weekday is not None:
        alone = left.lean is None and left.shift is None and left.day is None
        return replace(right, weekday=left.weekday) if alone else None
    if not same or right.level != "day":
        return None
    for early, late in ((left, right), (right, left)):
        if early.day is None and (early.lean is None or (late.day is not None and late.month is not None)):
            whole = _add_weekday(early, late) if early.shift is None else _add_shift(early, late)
            if whole is not None:
                return replace(whole, last=right.last)
    return None


def _add_weekday(early: Part, late: Part) -> Part | None:
    return replace(late, weekday=early.weekday) if late.weekday is None else None


def _add_shift(early: Part, late: Part) -> Part | None:
    if late.shift is not None or (early.weekday is not None and late.weekday is not None):
        return None
    weekday = early.weekday if late.weekday is None else late.weekday
    return replace(late, shift=early.shift, weekday=weekday, lean=None if late.day is None else late.lean)


def _join_year(left: Part, right: Part, gap: tuple[str, ...]) -> Part | None:
    """Join "أيلول" with "من العام الماضي"."""
    if left.unit == "year" and left.month is None and right.level == "year" and right.year is not None and not gap:
        return right
    if left.month is None or left.year is not None or left.lean is not None or gap not in _OF:
        return None
    if right.unit == "year" and right.steps is not None:
        return replace(left, unit="year", steps=right.steps, last=right.last)
    if right.level == "year" and right.year is not None and right.hijri == left.hijri and gap != ():
        return replace(left, year=right.year, last=right.last)
    return None


def _join_anniversary(text: list[str], left: Part, right: Part, gap: tuple[str, ...]) -> Part | None:
    """Join "في مثل هذا اليوم" with "من عام 1973": that year's day of the same date."""
    if not is_anniversary(text, left) or gap not in _OF or right.level != "year" or right.year is None:
        return None
    return replace(left, year=right.year, last=right.last)


def is_anniversary(text: list[str], part: Part) -> bool:
    """Tell whether a part says "such a day as today" and not today."""
    return part.shift == 0 and part.weekday is None and text[part.first - 1].endswith("مثل")


def _join_calendars(text: list[str], left: Part, right: Part, gap: tuple[str, ...]) -> Part | None:
    """Join one date in two calendars; the Gregorian one wins, but for a bare year: "16 رمضان 1395هـ (1975م)"."""
    if left.hijri and left.level == "day" and right.level == "year" and not right.hijri and gap == ("(",):
        return left
    if left.level != right.level or (gap not in _LOOSE and not _is_same(text, left, gap)):
        return None
    if left.hijri == right.hijri or None in (left.month or left.year, right.month or right.year):
        return None
    winner, other = (right, left) if left.hijri else (left, right)
    weekday = winner.weekday if winner.weekday is not None else other.weekday
    return replace(winner, last=right.last, weekday=weekday)


def _join_span(text: list[str], left: Part, right: Part, gap: tuple[str, ...]) -> Part | None:
    """Join "من 28 فبراير إلى 5 مارس", "بين مارس ويونيو", "يومي السبت والأحد"."""
    if left.until is not None or right.until is not None or left.level != right.level or left.hijri != right.hijri:
        return None
    before = text[left.first - 1]
    if gap == ("و",) or (not gap and _is_and(text, left.last)):
        spans = before in words("between") or before in words("pair")
    elif gap == ("-",):
        spans = left.day is not None and right.day is not None and left.weekday is None
    else:
        spans = len(gap) == 1 and gap[0] in words("to") and _begins(text, left)
    if not spans:
        return None
    if right.same == "month":  # "من 17 يوليو إلى 24 من الشهر نفسه"
        right = replace(right, year=left.year, month=left.month, unit=left.unit, steps=left.steps, same=left.same)
    lean = left.lean if left.lean is not None else right.lean
    return replace(left, last=right.last, lean=lean, until=right)


def _is_and(text: list[str], at: int) -> bool:
    return text[at].startswith("و") and proclitic_lengths().get(text[at], 0) > 0


def _begins(text: list[str], left: Part) -> bool:
    at = left.first - 1
    while at >= 0 and text[at] in words("lead"):
        at -= 1
    return at >= 0 and text[at] in words("from")
