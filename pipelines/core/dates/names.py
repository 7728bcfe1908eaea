"""Know the names that hold a date and are none."""

from collections.abc import Sequence

from pipelines.core.dates.lexicon import words
from pipelines.core.dates.part import Part

_COALITION_DAYS = (8, 14)
_MARCH = 3


def is_name(text: list[str], part: Part, names: Sequence[Part]) -> bool:
    """Tell whether a day or month belongs to a name: "مدينة 6 أكتوبر", "ثورة 25 يناير", "قوى 14 آذار".

    `names` are those already found in the sentence: what "و" joins to one is another.
    """
    if part.month is None or part.hijri or (part.until is not None and part.year is not None):
        return False
    before = _before(text, part.first)
    if before in words("name") or (before in words("event") and part.year is None):
        return True
    if part.year is not None:
        return False
    if any(name.last == part.first and text[part.first].startswith("و") for name in names):
        return True
    if any(name.last == part.first - 1 and text[name.last] in ("و", "/", "-") for name in names):
        return True
    return _is_coalition(text, part, before)


def _before(text: list[str], first: int) -> str:
    at = first - 1
    while at >= 0 and text[at] in ('"', "(", "ال", "يوم", "شهر"):
        at -= 1
    return text[at] if at >= 0 else ""


def _is_coalition(text: list[str], part: Part, before: str) -> bool:
    """Tell "14 آذار" and "8 آذار", Lebanon's coalitions, from the days: those follow "في", "يوم" and the like."""
    if part.month != _MARCH or part.day not in _COALITION_DAYS or not text[part.last - 1].endswith("اذار"):
        return False
    return before not in words("day_lead") and text[part.first - 1] not in words("day_lead")
