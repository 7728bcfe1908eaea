"""Find where sentences end."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pipelines.core.text.alphabet import DIGITS, LETTERS, MARKS, TATWEEL

_STOPS = ".؟?!…۔"
_STOP = re.compile(rf"(\n|[{_STOPS}]+)((?: ?[»”)\]}}›﴾]|[\"'’{_STOPS}]| \"(?=[.\n]|\Z))*)")
_LETTER = rf"[{LETTERS}A-Za-z][{MARKS}{TATWEEL}]*"
# A lone letter before the full stop ("د.", "م.", "أ.ف.ب."), unless it counts the number before it ("1436 هـ.").
_ABBREVIATION = re.compile(
    rf"(?<![{LETTERS}{MARKS}{TATWEEL}A-Za-z{DIGITS}])(?<![{DIGITS}] ){_LETTER}\Z|\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs)\Z"
)
_LIST_NUMBER = re.compile(rf"(?<![^\n])[{DIGITS}]{{1,2}}\Z")
_CARRIES_ON = re.compile(r"\s?[،؛,;:]")
_DOMAIN = re.compile(rf"(?:نت|كوم)(?![{LETTERS}])")
_LOOK_BACK = 8


@cache
def _spelt_letters() -> tuple["re.Pattern[str]", "re.Pattern[str]"]:
    """Match the Arabic name of a Latin letter at the end of a text, and one that follows a full stop ("بي. بي. سي")."""
    rows = files("pipelines").joinpath("resources/text/letter_names.tsv").read_text("utf-8").split()
    names = "|".join(rows[1:])
    # "إن", "أو" and "في" are letters too, but after a space they are everyday words.
    return (
        re.compile(rf"(?<![{LETTERS}{MARKS}])(?:ال|[وبلف])?(?:{names}|إن|ان|أو|او|في)\Z"),
        re.compile(rf"(?: ?(?:{names})|إن|ان|أو|او|في)(?![{LETTERS}{MARKS}])"),
    )


def _is_held(text: str, start: int, end: int) -> bool:
    """Tell that the full stop at `[start, end)` belongs to a number, an abbreviation, an address or a list's number."""
    after = text[end : end + 1]
    if after.isalnum() and (after.isascii() or after.isdecimal()):
        return True
    back = max(0, start - _LOOK_BACK)
    if _ABBREVIATION.search(text, back, start) or _LIST_NUMBER.search(text, back, start) or _DOMAIN.match(text, end):
        return True
    last, following = _spelt_letters()
    return following.match(text, end) is not None and last.search(text, back, start) is not None


def _ends(text: str, stop: "re.Match[str]") -> bool:
    """Judge a run of stops and what closes after it; full stops in a row are a pause, a lone one may be held."""
    stops, closing = stop.groups()
    if stops == "\n":
        return True
    if _CARRIES_ON.match(text, stop.end()):
        return False
    if any(mark in _STOPS for mark in closing):
        return True
    if stops not in (".", "۔"):
        return any(mark in stops for mark in "؟?!") and text[stop.start() - 1 : stop.start()] not in ("(", "[")
    return not _is_held(text, stop.start(), stop.end(1)) if not closing else True


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Give the positions in `text[start:end]` just after each sentence, the last left out.

    Sentences end at a full stop, a question or an exclamation mark, closing quotes and brackets included, and at a
    newline. Two or more full stops are a pause; lone letters ("د.", "أ. ف. ب.") and decimals hold their full stop.

    >>> list(sentence_ends("قال د. سمير إن النسبة 3.5. ثم خرج... وعاد", 0, 41))
    [26]
    """
    for stop in _STOP.finditer(text, start, end):
        if _ends(text, stop):
            yield stop.end(1) if stop[1] == "\n" else stop.end()
