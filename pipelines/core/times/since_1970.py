"""Read a time that is written as a number since 1970."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from pipelines.core.times.unclear import Unclear

_NUMBER = re.compile(r"[@+]?(?P<number>\d{1,19}(?:[.,]\d{1,20})?)(?:[eE]\+?(?P<power>[01]?\d))?", re.ASCII)
_CALL = re.compile(r"\\?/?(?:new )?Date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?/?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDS = {
    **dict.fromkeys((9, 10, 11), Decimal(10**6)),
    **dict.fromkeys((12, 13), Decimal(1000)),
    16: Decimal(1),
    19: Decimal("0.001"),
}
"""By the digits before the point: how many microseconds one is; with 14, 15, 17 and 18 digits nobody counts."""
_FEWEST_DIGITS = 8
_HOUR = re.compile(r"(?:199\d|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])", re.ASCII)


def read_since_1970(text: str) -> datetime | None:
    """Read (milli-, micro-, nano-) seconds since 1970, also as .NET and JavaScript write them; `None` for what is none.

    Raises Unclear where the number means two things, or was rounded: 2024050112 may be an hour, 1.71E+12 some day.

    >>> read_since_1970("1.7145558E9").isoformat(), read_since_1970("/Date(1714555800000)/").isoformat()
    ('2024-05-01T09:30:00+00:00', '2024-05-01T09:30:00+00:00')
    """
    if (call := _CALL.fullmatch(text)) is not None:
        return _EPOCH + timedelta(milliseconds=int(call[1]))
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    power = int(found["power"] or 0)
    if power and len(found["number"].rstrip("0")) <= _FEWEST_DIGITS:  # a point is counted with them
        raise Unclear("the number was rounded; write all its digits")
    if _HOUR.fullmatch(text):
        raise Unclear("an hour of a day, or seconds since 1970? write it as 2024-05-01T12:30:00Z")
    number = Decimal(found["number"].replace(",", ".")).scaleb(power)
    unit = _MICROSECONDS.get(len(str(int(number))))
    return None if unit is None else _EPOCH + timedelta(microseconds=int(number * unit))
