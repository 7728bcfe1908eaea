"""Find the time of day in what an outlet writes."""

import re
from datetime import time
from typing import NamedTuple

# "م" and "ص" stand for مساء and صباحا; the word ends there, or "12 مارس" would hold an hour.
_HALF = r"(?P<half>[ap]\.?m\b\.?|[صم](?!\w)\.?|صباحا?|فجرا?|ظهرا?|عصرا?|مساء?|ليلا?)(?!\w)"
_SECONDS = r"(?::(?P<second>\d\d)(?:[.,:](?P<fraction>\d+))?)?"
_WHOLE = re.compile(rf"(?<![\d:.])(?P<hour>\d{{1,2}}) ?[:h] ?(?P<minute>\d\d){_SECONDS}(?!\d)(?: ?{_HALF})?")
_DOTTED = re.compile(rf"(?<![\d:./-])(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d\d))? ?{_HALF}")
_MORNING, _EVENING, _NIGHT = frozenset("aصف"), frozenset("pمظع"), "ل"
_SIGNS = frozenset("+-\u2212")
_NOON, _DUSK = 12, 6


class Clock(NamedTuple):
    """A time of day, whether it is the midnight that ends the day, and where in the text it stood."""

    time: time
    ends_day: bool
    start: int
    end: int


def find_clock(text: str) -> Clock | None:
    """Find the one time of day in a text of lower case with Western digits; `None` without one.

    Raises ValueError for one that no clock shows, and for two.

    >>> find_clock("5 oct 2026 10:00 pm").time, find_clock("12 مارس 2024 - 7.30 ص").time
    (datetime.time(22, 0), datetime.time(7, 30))
    """
    found = list(_WHOLE.finditer(text)) or list(_DOTTED.finditer(text))
    if not found:
        return None
    if any(text[other.start() - 1] not in _SIGNS for other in found[1:]):  # "10:00 +02:00" is one
        raise ValueError(text)
    one = found[0]
    second = min(int(one["second"] or 0), 59) if one.re is _WHOLE else 0  # 60 is a leap second
    fraction = int(one["fraction"][:6].ljust(6, "0")) if one.re is _WHOLE and one["fraction"] else 0
    hour, minute = _hour(int(one["hour"]), one["half"]), int(one["minute"] or 0)
    ends_day = (hour, minute, second, fraction) == (24, 0, 0, 0)
    return Clock(time(0 if ends_day else hour, minute, second, fraction), ends_day, *one.span())


def _hour(hour: int, half: str | None) -> int:
    """Bring an hour to the clock of 24; "22:00 PM" is plain, "13:00 AM" is a contradiction."""
    if half is None or hour > _NOON:
        if half is not None and half[0] in _MORNING:
            raise ValueError(half)
        return hour
    if half[0] == _NIGHT:
        return hour % _NOON + (_NOON if _DUSK <= hour < _NOON else 0)
    if half.startswith("ظ") and hour == _NOON - 1:
        return hour
    return hour % _NOON + (_NOON if half[0] in _EVENING else 0)
