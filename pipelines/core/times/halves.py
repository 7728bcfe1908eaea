"""Tell which half of the day is meant (PM, م, مساء): behind a time of day, before it, or before the day."""

import re
from functools import cache
from importlib.resources import files

_LETTERS = {"a": "morning", "p": "evening", "ص": "morning", "م": "evening"}
# "م" and "ص" stand for مساء and صباحا; the word ends there, or "12 مارس" would hold an hour.
_LETTER = r"(?:(?P<latin>[ap])\.? ?m(?![^\W_])\.?|(?P<arabic>[صم])(?!\w)\.?)"
_HOUR_WORDS = r"(?: ?(?:على|في|عند) )? ?(?:تمام )?(?:الساع[ةه])? ?:? ?"
_YEAR_BEFORE = re.compile(r"\d{4} $")


def half_after(text: str, end: int) -> tuple[str, int]:
    """Return the half of the day behind a time that ends at `end`, and where it ends; an empty one where none is said.

    >>> half_after("9:05 بعد الظهر", 4)
    ('evening', 14)
    """
    found = _after().match(text, end)
    return (_meaning(found), found.end()) if found else ("", end)


def half_before(text: str, start: int, is_needed: bool) -> tuple[str, int]:
    """Return the half of the day before a time that begins at `start`, or before the day, and where the time begins.

    Raises ValueError where it is needed and "م" may be the era's: "2024 م 9:05".
    """
    found = _before().search(text[:start])
    if found:
        if is_needed and found["arabic"] == "م" and _YEAR_BEFORE.search(text[: found.start()]):
            raise ValueError(text)
        if not _YEAR_BEFORE.search(text[: found.start()]) or found["arabic"] != "م":
            return _meaning(found), found.start()
    halves = {_halves()[one["phrase"]][0] for one in _before_day().finditer(text)}
    if len(halves) > 1:
        raise ValueError(text)
    return (halves.pop() if halves else ""), start


def _meaning(found: re.Match[str]) -> str:
    phrase = found["phrase"]
    return _halves()[phrase][0] if phrase else _LETTERS[found["latin"] or found["arabic"]]


@cache
def _after() -> re.Pattern[str]:
    return re.compile(
        rf"(?: ?,(?= ?[صم](?![\w.])))? ?\(?(?:{_LETTER}|[ ,-]{{0,2}}(?P<phrase>{_alternatives(False)})(?!\w))\)?"
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_LETTER}|(?P<phrase>{_alternatives(False)})){_HOUR_WORDS}\Z")


@cache
def _before_day() -> re.Pattern[str]:
    """Find "مساء الخميس" and "صباح يوم 7 مارس"; "جريدة المساء" and "فجر نيوز" say nothing of the time."""
    days = "يوم|اليوم|ال[اإأ]ثنين|الثلاثاء|ال[اأ]ربعاء|الخميس|الجمع[ةه]|السبت|ال[اأ]حد"
    return re.compile(rf"(?<!\w)(?P<phrase>{_alternatives(True)}) (?:{days})(?!\w)")


def _alternatives(is_alone: bool) -> str:
    chosen = [phrase for phrase, (_, alone) in _halves().items() if alone or not is_alone]
    return "|".join(sorted(chosen, key=len, reverse=True))


@cache
def _halves() -> dict[str, tuple[str, str]]:
    lines = files("pipelines").joinpath("resources/times/halves.tsv").read_text("utf-8").splitlines()[2:]
    return {phrase: (half, alone) for phrase, half, alone in (line.split("\t") for line in lines)}
