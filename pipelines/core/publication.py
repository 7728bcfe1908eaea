"""Read the time at which an outlet says an article was published."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from pipelines.core.rejection import NoUsableDate
from pipelines.core.text.alphabet import INVISIBLE, MARKS, SPACES, TATWEEL
from pipelines.core.times.clock import find_clock
from pipelines.core.times.written_day import read_day
from pipelines.core.times.zone import UnknownZone, find_iana, read_name, read_offset

_YEARS = range(1990, 2101)
_LONGEST = 200
_EXPECTED = "expected ISO 8601, RFC 2822, day/month/year, a date in words or seconds since 1970."
_DIGITS = {ord(digit): str(value % 10) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_UNSEEN = re.compile(f"[{INVISIBLE}{MARKS}{TATWEEL}]")
_BLANKS = re.compile(f"[{SPACES}\\n\\r]+")
_EPOCH = re.compile(r"(\d{9,11})(?:\.\d+)?|(\d{12,13})|(\d{16})|(\d{19})", re.ASCII)
_COMPACT = re.compile(r"(?:19|20)\d{6}(?:\d{4}(?:\d\d)?)?", re.ASCII)
_DOT_NET = re.compile(r"\\?/Date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?/", re.ASCII)
_COMMENT = re.compile(r"\(([^()]*)\)")
_ZONE_PHRASE = re.compile(r"\(?(?:ب?توقيت|بالتوقيت|حسب التوقيت)\s[^\d,|)]+\)?|\bت\.? ?غ\b\.?|\bجمت\b|\b[غج]رين[يت]*ش\b")
_BEFORE_CLOCK = re.compile(r"(?<=\d)t(?=\d)")


def parse_published_at(value: str, zone: str) -> datetime:
    """Return the time of publication in the IANA zone `zone`; a time without an offset is read in that zone.

    Reads ISO 8601 and its looser kin, a date alone (midnight in the zone), day/month/year (day first), RFC 2822, the
    forms of JavaScript, Java, .NET and Unix, months in Arabic, English or French, AM and PM in Arabic too, Hijri dates,
    and digits: (milli-, micro-, nano-) seconds since 1970, or YYYYMMDD[HHMM[SS]]. Arabic digits are read too.
    Raises NoUsableDate when there is nothing, nothing readable, a time zone that is not known or means several for the
    outlet, or a year before 1990 or after 2100.

    >>> parse_published_at("٢٠٢٤-٠٥-٠١", "Asia/Riyadh").isoformat()
    '2024-05-01T00:00:00+03:00'
    >>> parse_published_at("الأربعاء 1 مايو 2024 - 10:30 م بتوقيت غرينتش", "Asia/Dubai").isoformat()
    '2024-05-02T02:30:00+04:00'
    """
    text = _BLANKS.sub(" ", _UNSEEN.sub("", value[: _LONGEST + 1]).translate(_DIGITS)).strip()
    if not text:
        raise NoUsableDate(f"published_at is empty; {_EXPECTED}")
    for read in _READERS:
        try:
            moment = read(text, zone)
        except UnknownZone as error:
            raise NoUsableDate(f"published_at {value[:60]!r}: {error}; {_EXPECTED}") from error
        except (ValueError, OverflowError):
            continue
        if moment is not None and len(value) <= _LONGEST:
            return _in_zone(moment, ZoneInfo(zone), value)
    raise NoUsableDate(f"published_at {value[:60]!r} cannot be read; {_EXPECTED}")


def _in_zone(moment: datetime, home: ZoneInfo, value: str) -> datetime:
    if moment.year - 1 in _YEARS or moment.year + 1 in _YEARS:  # near enough for astimezone not to overflow
        moment = moment.replace(tzinfo=home) if moment.tzinfo is None else moment.astimezone(home)
    if moment.year not in _YEARS:
        raise NoUsableDate(f"published_at {value[:60]!r} is in the year {moment.year}; expected 1990 to 2100.")
    return moment


def _read_digits(text: str, zone: str) -> datetime | None:
    if _COMPACT.fullmatch(text):
        return datetime.strptime(text, "%Y%m%d%H%M%S"[: len(text) - 2])
    if (dot_net := _DOT_NET.fullmatch(text)) is not None:
        return datetime.fromtimestamp(int(dot_net[1]) / 1e3, UTC)
    epoch = _EPOCH.fullmatch(text)
    if not epoch:
        return None
    seconds, milliseconds, microseconds, nanoseconds = epoch.groups()
    if seconds:
        return datetime.fromtimestamp(float(text), UTC)
    fine = int(milliseconds or microseconds or nanoseconds)
    return datetime.fromtimestamp(fine / (1e3 if milliseconds else 1e6 if microseconds else 1e9), UTC)


def _read_iso(text: str, zone: str) -> datetime | None:
    moment = datetime.fromisoformat(text)
    if not _is_offset(moment.utcoffset()):
        raise UnknownZone(f"the offset {moment.utcoffset()} is none of any zone")
    return moment


def _is_offset(offset: timedelta | None) -> bool:
    return offset is None or timedelta(hours=-12) <= offset <= timedelta(hours=14)


def _read_words(text: str, zone: str) -> datetime | None:
    """Read a day and a time in whatever order and words: what is neither must be the time zone."""
    named = find_iana(text)
    if named is not None:
        text = f"{text[: named[1]]} {text[named[2] :]}"
    lower = _BEFORE_CLOCK.sub(" ", text.lower().replace("،", ","))
    clock = find_clock(lower)
    offset = read_offset(lower, clock.end) if clock else None
    rest = lower if clock is None else f"{lower[: clock.start]} , {lower[offset[1] if offset else clock.end :]}"
    rest = _COMMENT.sub(" " if offset else r" \1 ", rest)
    rest, told = _take_zone_phrase(rest)
    day = read_day(rest)
    if day is None:
        return None
    known: tzinfo | None = offset[0] if offset else named[0] if named else None
    names = told or day[1]
    if names and known is None:
        known = read_name(names.upper(), zone) if clock else None
    if names and known is None:
        return None
    moment = datetime.combine(day[0], clock.time) if clock else datetime.combine(day[0], datetime.min.time())
    moment += timedelta(days=1) if clock and clock.ends_day else timedelta()
    return moment.replace(tzinfo=known)


def _take_zone_phrase(text: str) -> tuple[str, str]:
    """Take "بتوقيت القاهرة" and the like out of a text: what is left, and the phrase."""
    found = _ZONE_PHRASE.search(text)
    if found is None:
        return text, ""
    return f"{text[: found.start()]} {text[found.end() :]}", found.group()


# Digits first: fromisoformat would take "20240501" for a date but also some epochs for week dates.
_READERS: tuple[Callable[[str, str], datetime | None], ...] = (_read_digits, _read_iso, _read_words)
