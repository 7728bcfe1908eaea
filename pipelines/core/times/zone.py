"""Read the time zone beside a time of day."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from pipelines.core.text.fold import fold_text
from pipelines.core.times.unclear import Unclear

_OFFSET = re.compile(
    r"\s*\(?(?P<name>utc|gmt|ut|z|(?:ب?توقيت )?[غج]رين[يت]*ش)?\s*"
    r"(?P<sign>[+\-\u2212])(?P<hours>\d{1,2})(?:[:.]?(?P<minutes>\d\d))?(?::?\d\d)?(?![\d/.:-])\)?",
    re.IGNORECASE,
)
_ZULU = re.compile(r"\s*z(?!\w)", re.IGNORECASE)
_IANA = re.compile(r"\[?\b(?P<name>[A-Z][A-Za-z]+(?:/[A-Z][\w+-]*){1,2})\]?")
_WORDS = re.compile(r"[^\W\d_]+")
_LATEST, _EARLIEST = timedelta(hours=14), timedelta(hours=-12)
_LOCAL = frozenset(("المحلي", "local"))
_BY_THE_CLOCK_OF = frozenset(("توقيت", "بتوقيت", "التوقيت", "بالتوقيت", "حسب", "time", "s"))


class UnknownZone(Unclear):
    """A name of a time zone that nobody here understands, or that means several for this outlet."""


def read_offset(text: str, start: int) -> tuple[tzinfo, int] | None:
    """Read an offset such as +0300, GMT+3 or +03:00 at `text[start:]`: the zone, and where it ends.

    >>> read_offset("10:00 GMT+0300 (Arabia Standard Time)", 5)
    (datetime.timezone(datetime.timedelta(seconds=10800)), 14)
    """
    found = _OFFSET.match(text, start)
    if found is None:
        zulu = _ZULU.match(text, start)
        return (UTC, zulu.end()) if zulu else None
    size = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    offset = size if found["sign"] == "+" else -size
    if not _EARLIEST <= offset <= _LATEST or (offset and (found["name"] or "").lower() == "z"):
        raise UnknownZone(f"the offset {found.group().strip()} is none of any zone")
    return timezone(offset), found.end()


def read_offsets(text: str, start: int) -> tuple[tzinfo, int] | None:
    """Read an offset that may be said twice, as in "+0300 +03" and "GMT+0300 (GMT+03:00)".

    Raises UnknownZone for two that differ.
    """
    told = read_offset(text, start)
    again = read_offset(text, told[1]) if told else None
    if told and again and again[0].utcoffset(None) != told[0].utcoffset(None):
        raise UnknownZone(f"the zone's offsets {text[start : again[1]].strip()} differ")
    return again or told


def find_iana(text: str) -> tuple[tzinfo, int, int] | None:
    """Find the name of a zone such as Asia/Riyadh: the zone, and where its name begins and ends."""
    found = _IANA.search(text)
    if found is None:
        return None
    try:
        return ZoneInfo(found["name"]), *found.span()
    except (KeyError, ValueError, OSError) as error:
        raise UnknownZone(f"{found['name']} is no time zone") from error


def read_name(words: str, home: str) -> tzinfo:
    """Return the zone that words such as "EEST" or "بتوقيت القاهرة" name for an outlet at home in the IANA zone `home`.

    >>> read_name("AST", "Asia/Riyadh").utcoffset(None), read_name("بتوقيت غرينتش", "UTC").utcoffset(None)
    (datetime.timedelta(seconds=10800), datetime.timedelta(0))
    """
    folded = fold_text(" ".join(_WORDS.findall(words)))
    name = " ".join(word for word in folded.split() if word not in _BY_THE_CLOCK_OF)
    if name in _LOCAL:
        return ZoneInfo(home)
    meanings = _zones().get(folded) or _zones().get(name)
    if not meanings:
        raise UnknownZone(f"the time zone {words.strip()[:40]!r} is not known")
    fits = {meaning for meaning, homes in meanings if not homes or any(_lies_in(home, one) for one in homes)}
    if len(fits) != 1:
        raise UnknownZone(f"the time zone {words.strip()[:40]!r} means several things; write the offset")
    [meaning] = fits
    return timezone(timedelta(minutes=int(meaning))) if meaning.lstrip("-").isdecimal() else ZoneInfo(meaning)


def _lies_in(home: str, region: str) -> bool:
    return home == region or home.startswith(f"{region}/")


@cache
def _zones() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Map folded names to what each may mean, and for outlets of which zones."""
    lines = files("pipelines").joinpath("resources/times/zones.tsv").read_text("utf-8").splitlines()
    zones: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name, meaning, homes in (line.split("\t") for line in lines if not line.startswith("#") and "\t" in line):
        zones.setdefault(fold_text(name), []).append((meaning, tuple(homes.split())))
    return zones
