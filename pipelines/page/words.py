"""How the page speaks: Arabic or English, with the reader's months, digits and time zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date

LANGUAGES = ("ar", "en")
MONTHS = {"EG": "ar_EG", "LB": "ar_LB", "TN": "ar_TN", "MA": "ar_MA"}
"""Names of months differ: يناير in Egypt and the Gulf, كانون الثاني in the Levant and Iraq, جانفي in Tunisia."""
DIGITS = ("latn", "arab")
_ARABIC_DIGITS = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Voice:
    """One reader's language, names of months, digits and zone; `now` is the moment of the answer."""

    language: str = "ar"
    months: str = "EG"
    digits: str = "latn"
    zone: ZoneInfo = _UTC
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    @classmethod
    def read(cls, cookies: Mapping[str, str], now: datetime) -> Self:
        """Read what a browser keeps; what is not ours is as if it were not there."""
        language, months, digits = (*cookies.get("rasid-voice", "").split("."), "", "", "")[:3]
        return cls(
            language if language in LANGUAGES else "ar",
            months if months in MONTHS else "EG",
            digits if digits in DIGITS else "latn",
            _zone(cookies.get("rasid-zone", "UTC")),
            now,
        )

    @property
    def direction(self) -> str:
        """Return which way its language runs."""
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def arrow(self) -> str:
        """Return the arrow that points on, as its language is read."""
        return "←" if self.language == "ar" else "→"

    def t(self, key: str, **values: object) -> str:
        """Return the words for something; a bug in a key crashes."""
        return _words()[key][LANGUAGES.index(self.language)].format(**values)

    def has(self, key: str) -> bool:
        """Return whether there are words of ours for something."""
        return key in _words()

    def count(self, key: str, number: int) -> str:
        """Write so many of something, as its language counts.

        >>> [Voice().count("outlets", n) for n in (1, 2, 3, 11, 100)]
        ['مصدر واحد', 'مصدران', '3 مصادر', '11 مصدرًا', '100 مصدر']
        """
        form = _locale(self.language).plural_form(number)
        known = f"{key}.{form}" if f"{key}.{form}" in _words() else f"{key}.other"
        return self.t(known, n=self.number(number))

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number."""
        text = f"{value:,.{digits}f}" if digits else f"{round(value):,}"
        return text.translate(_ARABIC_DIGITS) if self.digits == "arab" else text

    def percent(self, share: float) -> str:
        """Write a share of one in hundredths; what is not nothing is not written as nothing.

        >>> Voice("en").percent(0.17), Voice("en").percent(0.002), Voice("en").percent(0)
        ('17%', '<1%', '0%')
        """
        return f"<{self.number(1)}%" if 0 < share < 0.005 else f"{self.number(100 * share)}%"

    def at(self, moment: datetime | None) -> str:
        """Write a moment: of today the hour alone, otherwise with its day."""
        if moment is None:
            return "—"
        local = moment.astimezone(self.zone)
        hour, is_today = self._written(f"{local:%H:%M}"), local.date() == self.now.astimezone(self.zone).date()
        return hour if is_today else f"{self.day(local.date())}{self.t('comma')} {hour}"

    def hour(self, moment: datetime) -> str:
        """Write the hour of a moment."""
        return self._written(f"{moment.astimezone(self.zone):%H:%M}")

    def day(self, day: date | datetime | None) -> str:
        """Write a day, with its year unless it is this one."""
        if day is None:
            return "—"
        day = day.astimezone(self.zone).date() if isinstance(day, datetime) else day
        pattern = "d MMM" if day.year == self.now.year else "d MMM y"
        locale = MONTHS[self.months] if self.language == "ar" else "en"
        return self._written(_day(day, pattern, locale))

    def apart(self, seconds: float) -> str:
        """Write how long after something came: minutes, hours and minutes, or days."""
        minutes = round(seconds / 60)
        if minutes < 60:
            return self.t("apart.minutes", m=self.number(minutes))
        if minutes < 48 * 60:
            return self.t("apart.hours", h=self.number(minutes // 60), m=self._written(f"{minutes % 60:02}"))
        return self.t("apart.days", d=self.number(minutes / 1440))

    def country(self, code: str | None) -> str:
        """Write the name of a country by its code, the code itself where it has none."""
        return str(_locale(self.language).territories.get(code or "", code or ""))

    def _written(self, text: str) -> str:
        return text.translate(_ARABIC_DIGITS) if self.digits == "arab" else text


@cache
def _words() -> dict[str, tuple[str, str]]:
    lines = files("pipelines").joinpath("page", "words.tsv").read_text("utf-8").splitlines()
    return {key: (arabic, english) for key, arabic, english in (line.split("\t") for line in lines[1:] if line)}


@cache
def _locale(language: str) -> Locale:
    return Locale(language)


@lru_cache(maxsize=4096)
def _day(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _UTC
