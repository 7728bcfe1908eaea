"""Find the time of day in what an outlet writes."""

import re
from datetime import time
from typing import NamedTuple

from pipelines.core.times.halves import half_after, half_before

_BEFORE = r"(?<![\d.:/-])(?P<hour>\d{1,2})"
_WHOLE = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2}) ?[:h] ?(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,:](?P<fraction>\d+))?)?(?!\d)"
    r"(?: ?(?:h|hrs?|uhr)(?!\w))?"
)
_DOTTED = re.compile(rf"{_BEFORE}(?:\.(?P<minute>\d\d)(?:\.(?P<second>\d\d)(?:\.(?P<fraction>\d+))?)?)?(?![\d:])")
_WITH_DOT = re.compile(rf"{_BEFORE}\.(?P<minute>\d\d)(?:\.(?P<second>\d\d))?(?P<fraction>)(?![\d:/-]|\.\d)")
_SIGN = re.compile(r"(?P<glued>\d?)[+\-\u2212]\Z")
_NOON, _DUSK, _LEAP = 12, 6, 60


class Clock(NamedTuple):
    """A time of day, whether it is the midnight that ends the day, and where in the text it stood."""

    time: time
    ends_day: bool
    start: int
    end: int


def find_clock(text: str) -> Clock | None:
    """Find the one time of day in a text of lower case with Western digits; `None` without one.

    Raises ValueError for one that no clock shows, for two, and where the half of the day is said twice or unclearly.

    >>> find_clock("5 oct 2026 10:00 pm").time, find_clock("12 مارس 2024 - 7.30 ص").time
    (datetime.time(22, 0), datetime.time(7, 30))
    >>> find_clock("مساء الخميس 7 مارس 2024 9:05").time
    datetime.time(21, 5)
    """
    whole = list(_WHOLE.finditer(text))  # "10:00 +02:00" holds one time
    unsigned = [one for one in whole if not _SIGN.search(text[: one.start()])]
    found = unsigned or _with_half(text) or whole[:1] or list(_WITH_DOT.finditer(text))
    if not found:
        return None
    one = found[0]
    sign = _SIGN.search(text[: one.start()])
    if len(found) > 1 or (sign and sign["glued"]):  # "2024-05-01-02:00": a time, or an offset without one
        raise ValueError(text)
    behind, end = half_after(text, one.end())
    before, start = half_before(text, one.start(), int(one["hour"]) <= _NOON and not behind)
    again = half_after(text, end)[0] if text[end : end + 2] != " -" else ""
    if len({behind, before, again} - {""}) > 1:
        raise ValueError(text)
    second, fraction = int(one["second"] or 0), int((one["fraction"] or "0")[:6].ljust(6, "0"))
    hour, minute = _hour(int(one["hour"]), behind or before), int(one["minute"] or 0)
    ends_day = (hour, minute, second, fraction) == (24, 0, 0, 0)
    at = time(0 if ends_day else hour, minute, _LEAP - 1 if second == _LEAP else second, fraction)
    return Clock(at, ends_day, start, end)


def _with_half(text: str) -> list[re.Match[str]]:
    """Find hours such as "9 pm" and "9.30 م": what makes them hours is the half of the day behind them."""
    return [one for one in _DOTTED.finditer(text) if half_after(text, one.end())[0]]


def _hour(hour: int, half: str) -> int:
    """Bring an hour to the clock of 24; "22:00 PM" is plain, "13:00 AM" is a contradiction."""
    if not half or hour > _NOON:
        if half == "morning":
            raise ValueError(half)
        return hour
    if half == "night":
        return hour % _NOON + (_NOON if _DUSK <= hour < _NOON else 0)
    if half == "noon" and hour in (_NOON - 2, _NOON - 1):
        return hour
    return hour % _NOON + (0 if half == "morning" else _NOON)
