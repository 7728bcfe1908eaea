"""Read weeks, months, years and decades counted from publication."""

from pipelines.core.dates.lexicon import phrases, words
from pipelines.core.dates.numbers import number_starts, number_words, read_number
from pipelines.core.dates.part import Part

_SINGLE = frozenset(("واحد", "واحده"))
_SECTIONS = {"النصف": 2, "الثلث": 3, "الربع": 4}


def read_period(text: list[str], at: int) -> Part | None:
    """Read "هذا الأسبوع", "الشهر الماضي" or, after "مطلع" and the like, "العام".

    >>> read_period(["الشهر", "قبل", "الماضي", ""], 0).steps
    -2
    """
    this = text[at] in words("this")
    unit = phrases("unit").match(text, at + this)
    if unit is None:
        return None
    name, end = unit
    lean = phrases("lean").match(text, end)
    if lean is not None:
        return Part(at, lean[1], unit=name, steps=int(lean[0]))
    cut = text[at] == "العام" and section_before(text, at) is not None
    if this or ((text[at - 1] in words("part") or cut) and text[end] not in words("not_period_before")):
        return Part(at, end, unit=name, steps=0)
    return None


def section_before(text: list[str], at: int) -> tuple[int, int] | None:
    """Return into how many parts a year at `text[at]` is cut by the words before it, and which is meant.

    >>> section_before(["الربع", "الثاني", "من", "العام"], 3)
    (4, 2)
    """
    parts = _SECTIONS.get(text[at - 3].removeprefix("ب"), 0) if text[at - 1] == "من" else 0
    number = parts if text[at - 2] == "الاخير" else number_words().get(text[at - 2], 0)
    return (parts, number) if 0 < number <= parts else None


def read_ago(text: list[str], at: int) -> Part | None:
    """Read "قبل يومين", "منذ نحو ثلاثة أسابيع" or "بعد شهر"; not what hangs on another event.

    "منذ سبع سنوات" says how long: of 28 in the labelled training articles 7 are dates.
    """
    direction = phrases("ago").match(text, at)
    if direction is None:
        return None
    start = direction[1]
    approximate = phrases("approx").match(text, start)
    start = approximate[1] if approximate else start
    amount = _read_amount(text, start)
    if amount is None:
        return None
    number, unit, end = amount
    lasts = unit in ("year", "decade") and text[at].endswith("منذ")
    if lasts or (text[end][:1] == "و" and _goes_on(text, end)):  # "قبل شهر و21 يوما" is no month ago
        return None
    end += text[end] == "فقط"
    if text[end] in words("hung_after") and text[end + 1] not in words("not_hung") and not text[at].endswith("منذ"):
        return None
    steps = number * int(direction[0])
    lean = 1 if steps > 0 else None  # "بعد" says no more than later than something: see find.py
    if unit == "day":
        return Part(at, end, shift=steps, lean=lean)
    return Part(at, end, unit=unit, steps=steps, lean=lean)


def _goes_on(text: list[str], at: int) -> bool:
    """Tell whether "و" joins another amount to one: "وشهر", "وثلاثة أيام", "و21 يوما"."""
    rest = [*([] if text[at] == "و" else [text[at][1:]]), *text[at + 1 : at + 6], "", "", ""]
    return _read_amount(rest, 0) is not None or (rest[0] in number_starts() and rest[1] in phrases("many"))


def _read_amount(text: list[str], at: int) -> tuple[int, str, int] | None:
    dual = phrases("two").match(text, at)
    if dual is not None:
        return 2, dual[0], dual[1] + (text[dual[1]] in ("اثنين", "اثنتين"))
    number = None if text[at] in words("ordinal") else read_number(text, at)
    if number is not None:
        unit = phrases("many").match(text, number[1])
        return (number[0], unit[0], unit[1]) if unit and number[0] < 1000 else None
    single = phrases("one").match(text, at)
    if single is None:
        return None
    name, end = single
    if text[end] in _SINGLE:
        return 1, name, end + 1
    other = text[end].isdecimal() or text[end] in words("not_single_before") or text[end] in phrases("month")
    if name == "day" or other or read_number(text, end) is not None:
        return None
    return 1, name, end
