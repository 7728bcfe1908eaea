"""Read the time at which an outlet says an article was published."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from pipelines.core.rejection import NoUsableDate

_YEARS = range(1990, 2101)
_EXPECTED = "expected ISO 8601, RFC 2822, day/month/year or seconds since 1970"
_DIGITS = {ord(digit): str(value % 10) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_TRANSLATION = _DIGITS | dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\ufeff"))
_CLOCK = (
    r"(?:(?:[T ]+|, *)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?)?"
    r" *(?P<offset>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?(?:\[[\w/+-]+\])?"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)" + _CLOCK, re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d\d?)[-/.](?P<month>\d\d?)[-/.](?P<year>\d{4})" + _CLOCK, re.ASCII)
_EPOCH = re.compile(r"(\d{9,11})(?:\.\d+)?|(\d{12,13})|(\d{16})", re.ASCII)
_COMPACT = re.compile(r"(?:19|20)\d{6}(?:\d{4}(?:\d\d)?)?", re.ASCII)


def parse_published_at(value: str, zone: str) -> datetime:
    """Return the time of publication in the IANA zone `zone`; a time without an offset is read in that zone.

    Reads ISO 8601 and its looser kin, a date alone (midnight in the zone), day/month/year (day first), RFC 2822 and
    digits: seconds, milliseconds or microseconds since 1970, or YYYYMMDD[HHMM[SS]]. Arabic digits are read too.
    Raises NoUsableDate when there is nothing, nothing readable, or a year before 1990 or after 2100.

    >>> parse_published_at("٢٠٢٤-٠٥-٠١", "Asia/Riyadh").isoformat()
    '2024-05-01T00:00:00+03:00'
    >>> parse_published_at("Wed, 01 May 2024 21:30:00 GMT", "Asia/Dubai").isoformat()
    '2024-05-02T01:30:00+04:00'
    """
    text = value.translate(_TRANSLATION).strip()
    if not text:
        raise NoUsableDate(f"published_at is empty; {_EXPECTED}")
    home = ZoneInfo(zone)
    for read in _READERS:
        try:
            moment = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment is not None:
            return _in_zone(moment, home, value)
    raise NoUsableDate(f"published_at {value[:60]!r} cannot be read; {_EXPECTED}")


def _in_zone(moment: datetime, home: ZoneInfo, value: str) -> datetime:
    if moment.year - 1 in _YEARS or moment.year + 1 in _YEARS:  # near enough for astimezone not to overflow
        moment = moment.replace(tzinfo=home) if moment.tzinfo is None else moment.astimezone(home)
    if moment.year not in _YEARS:
        raise NoUsableDate(f"published_at {value[:60]!r} is in the year {moment.year}; expected 1990 to 2100")
    return moment


def _read_digits(text: str) -> datetime | None:
    if _COMPACT.fullmatch(text):
        return datetime.strptime(text, "%Y%m%d%H%M%S"[: len(text) - 2])
    epoch = _EPOCH.fullmatch(text)
    if not epoch:
        return None
    seconds, milliseconds, microseconds = epoch.groups()
    return datetime.fromtimestamp(
        float(text) if seconds else int(milliseconds or microseconds) / (1e3 if milliseconds else 1e6), UTC
    )


def _read_numeric(text: str) -> datetime | None:
    found = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if not found:
        return None
    offset = (found["offset"] or "").replace(":", "").replace("Z", "+0000").replace("UTC", "+0000")
    offset = offset.replace("GMT", "+0000").ljust(5, "0") if offset else ""
    date = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    clock = f"{int(found['hour'] or 0):02}:{found['minute'] or '00'}:{found['second'] or '00'}"
    fraction = f".{found['fraction'][:6]:0<6}" if found["fraction"] else ""
    return datetime.fromisoformat(f"{date}T{clock}{fraction}{offset}")


def _read_mail_date(text: str) -> datetime | None:
    moment = parsedate_to_datetime(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None and text.endswith("-0000") else moment


# Digits first: fromisoformat would take "20240501" for a date but also some epochs for week dates.
_READERS: tuple[Callable[[str], datetime | None], ...] = (
    _read_digits,
    datetime.fromisoformat,
    _read_numeric,
    _read_mail_date,
)
