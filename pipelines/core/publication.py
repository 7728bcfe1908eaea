"""Read the time at which an outlet says an article was published."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from pipelines.core.rejection import NoUsableDate
from pipelines.core.times.clock import Clock, find_clock
from pipelines.core.times.since_1970 import read_since_1970
from pipelines.core.times.spelling import plain_spelling
from pipelines.core.times.unclear import Unclear
from pipelines.core.times.written_day import read_day
from pipelines.core.times.zone import UnknownZone, find_iana, read_name, read_offsets

_YEARS = range(1990, 2101)
_LONGEST = 200
_EXPECTED = "expected ISO 8601, RFC 2822, day/month/year, a date in words or seconds since 1970."
_DAY_IN_DIGITS = re.compile(r"(?:19|20)\d{6}", re.ASCII)
# The forms that fromisoformat reads as they are meant: it takes any sign between day and time, and "21.05" for 21:00.
_ISO = re.compile(
    r"(?!1[345]\d\d)(?:\d{4}-\d\d-\d\d|\d{4}-?W\d\d-?\d)"
    r"(?:(?:[Tt _]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?|[+-]\d\d:\d\d:\d\d)(?:[Zz]|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?)?",
    re.ASCII,
)
_COMMENT = re.compile(r"\(([^()]*)\)")
_WEEKDAY = "ال[اإأ]ثنين|الثلاثاء|ال[اإأ]ربعاء|الخميس|الجمع[ةه]|السبت|ال[اإأ]حد"
_ZONE_PHRASE = re.compile(
    rf"\(?\b(?:حسب )?(?:ب|بال|ال)?توقيت\s[^\da-z,|)-]+?(?=[\da-z,|)-]| (?:ل?يوم )?(?:{_WEEKDAY})|\Z)\)?"
    r"|\bت\.? ?غ\b\.?|\bجمت\b|\b[غج]رين[يت]*ش\b"
)
_UNREAD = re.compile(r"(?<!\w)[غص](?!\w)")  # a half of the day, or Greenwich, that stands where nobody expects it
_HOUR_IN_WORDS = re.compile(r"\bالساع[ةه]\b|\bال\w{3,5}[ةه](?: عشر[ةه]?)? (?:صباحا|ظهرا|عصرا|مساء|ليلا|فجرا)")
# How .NET and JavaScript write a time for the United States: nothing padded, seconds, AM or PM.
_AMERICAN = re.compile(r"(?<!\d)[1-9]\d?/[1-9]\d?/\d{4},? [1-9]\d?:\d\d:\d\d ?[ap]\.?m\b")
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
    text = plain_spelling(value[: _LONGEST + 1])
    if not text:
        raise NoUsableDate(f"published_at is empty; {_EXPECTED}")
    for read in _READERS if max(len(value), len(text)) <= _LONGEST else ():
        try:
            moment = read(text, zone)
        except Unclear as error:
            raise NoUsableDate(f"published_at {value[:60]!r}: {error}; {_EXPECTED}") from error
        except (ValueError, OverflowError):
            continue
        if moment is not None:
            return _in_zone(moment, ZoneInfo(zone), value)
    raise NoUsableDate(f"published_at {value[:60]!r} cannot be read; {_EXPECTED}")


def _in_zone(moment: datetime, home: ZoneInfo, value: str) -> datetime:
    if moment.year - 1 in _YEARS or moment.year + 1 in _YEARS:  # near enough for astimezone not to overflow
        moment = moment.replace(tzinfo=home) if moment.tzinfo is None else moment.astimezone(home)
    if moment.year not in _YEARS:
        raise NoUsableDate(f"published_at {value[:60]!r} is in the year {moment.year}; expected 1990 to 2100.")
    return moment


def _read_digits(text: str, zone: str) -> datetime | None:
    return datetime.strptime(text, "%Y%m%d") if _DAY_IN_DIGITS.fullmatch(text) else read_since_1970(text)


def _read_iso(text: str, zone: str) -> datetime | None:
    if _ISO.fullmatch(text) is None:
        return None
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
    lower = _BEFORE_CLOCK.sub(" ", text.lower())
    clock = find_clock(lower)
    offset = read_offsets(lower, clock.end) if clock else None
    rest = lower if clock is None else f"{lower[: clock.start]} , {lower[offset[1] if offset else clock.end :]}"
    rest = _COMMENT.sub(" " if offset else r" \1 ", rest)
    rest, told = _take_zone_phrase(rest)
    day = read_day(rest, _AMERICAN.search(lower) is not None)
    if day is None or _UNREAD.search(rest) or (clock is None and _HOUR_IN_WORDS.search(lower)):
        return None
    known: tzinfo | None = offset[0] if offset else named[0] if named else None
    names = told or day[1]
    if names and known is None:
        known = read_name(names.upper(), zone) if clock else None
    if names and known is None:
        return None
    return _at(day[0], clock).replace(tzinfo=known)


def _at(day: date, clock: Clock | None) -> datetime:
    if clock is None:
        return datetime.combine(day, time.min)
    return datetime.combine(day, clock.time) + timedelta(days=1 if clock.ends_day else 0)


def _take_zone_phrase(text: str) -> tuple[str, str]:
    """Take "بتوقيت القاهرة" and the like out of a text: what is left, and the phrase."""
    found = _ZONE_PHRASE.search(text)
    if found is None:
        return text, ""
    return f"{text[: found.start()]} {text[found.end() :]}", found.group()


_READERS: tuple[Callable[[str, str], datetime | None], ...] = (_read_digits, _read_iso, _read_words)
