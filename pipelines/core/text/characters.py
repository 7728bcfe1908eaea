"""Repair single characters: presentation forms, odd spaces, invisible controls, decomposed letters."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from pipelines.core.text.alphabet import DIGITS, HONORIFICS, INVISIBLE, LETTERS, MARKS, NEWLINES, SPACES, TATWEEL
from pipelines.core.text.draft import Edit

ZWJ = "\u200d"
CONTROLS = "\x00-\x08\x0e-\x1f\x7f"
_EMOJI = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u231a-\u23ff\u25aa-\u27bf\u2934-\u2b55\U0001f000-\U0001faff"
_EMOJI_JOIN = re.compile(rf"(?:(?<=[{_EMOJI}])|(?<=[{_EMOJI}]\ufe0f)){ZWJ}(?=[{_EMOJI}])")
_RIAL = "\ufdfc"
# A run is taken whole, and none begins within one, or a long run costs the square of its length.
_STRETCHED = re.compile(rf"(?<![{MARKS}{TATWEEL}])[{MARKS}]*+{TATWEEL}[{MARKS}{TATWEEL}]*+(?=[{LETTERS}])")
# Ta marbuta ends a word, so what follows it is a dash; after a digit "هـ" is the Hijri sign, glued or not.
_STRETCH = re.compile(rf"(?<=[{LETTERS}{MARKS}])(?<![{DIGITS}]ه)(?<![{DIGITS}] ه)(?<!ة){TATWEEL}++")
_ASTRAL = "\U00010000-\U0010ffff"
_MOST_MARKS = 30
"""So many marks may stand on one letter (Unicode's stream-safe format, UAX 15): sorting more takes squared time."""


def _presentation_letters(form: str) -> str:
    """Spell a presentation form; the isolated and medial harakat stand on a space or a tatweel that is not there."""
    if form == _RIAL:
        return "ريال"
    letters = unicodedata.normalize("NFKC", form)
    bare = letters.lstrip(" " + TATWEEL)
    return bare if bare and unicodedata.category(bare[0]) == "Mn" else letters


@cache
def _repairs() -> dict[str, str]:
    kept = re.compile(f"[{HONORIFICS}]")
    forms = (chr(code) for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)))
    repairs = {form: _presentation_letters(form) for form in forms if unicodedata.decomposition(form)}
    repairs = {form: letters for form, letters in repairs.items() if not kept.match(form)}
    for characters, repaired in (
        (SPACES, " "),
        (NEWLINES, "\n"),
        (INVISIBLE + CONTROLS, ""),
        ("\ud800-\udfff", "\ufffd"),
    ):
        members = re.compile(f"[{characters}]")
        repairs.update((chr(code), repaired) for code in range(0x10000) if members.match(chr(code)))
    del repairs[" "], repairs["\n"]
    return repairs | {ZWJ: ""}


@cache
def odd_characters() -> str:
    """Return the inside of a class of every character that may need repair by itself."""
    return "".join(map(re.escape, _repairs()))


@cache
def _odd() -> "re.Pattern[str]":
    """Match one odd character, or a run of those that all go or, with plain ones, become one space or one newline."""
    runs: dict[str, list[str]] = {"": [], " ": [], "\n": []}
    for character, repaired in _repairs().items():
        if character != ZWJ and repaired in runs:
            runs[repaired].append(re.escape(character))
    alike = (f"[{''.join(run)}][{''.join(run)}{plain}]*" for plain, run in runs.items())
    return re.compile("|".join((*alike, f"[{odd_characters()}]")))


def character_edits(text: str) -> Iterator[Edit]:
    r"""Give the edits that spell presentation forms out, turn odd spaces into plain ones and drop invisible controls.

    >>> [edit.replacement for edit in character_edits("ﻻ\u200fشك")]
    ['لا', '']
    """
    repairs = _repairs()
    for match in _odd().finditer(text):
        (start, end), character = match.span(), text[match.start()]
        if character != ZWJ or not _EMOJI_JOIN.match(text, start):
            yield Edit(start, end, repairs[character])


def stretch_edits(text: str) -> Iterator[Edit]:
    """Give the edits that remove tatweel where it only stretches a word.

    >>> [edit.start for edit in stretch_edits("كتـاب الـ20 سنة 1436هـ ـ لـ«نا»")]
    [2]
    """
    for run in _STRETCHED.finditer(text):
        for match in _STRETCH.finditer(text, *run.span()):
            yield Edit(match.start(), match.end(), "")


@cache
def _clusters() -> tuple["re.Pattern[str]", "re.Pattern[str]"]:
    """Return what finds runs of characters that NFC may change, and, of such a run with what stands before, its parts.

    A part is a character and its combining marks or jamo, or a lone one that decomposes. Runs are found many times as
    quickly as parts, and most of a text has none.
    """
    codes = [chr(code) for code in (*range(0xA0, 0xD800), *range(0xF900, 0x20000), *range(0x2F800, 0x2FA20))]
    marks = [c for c in codes if unicodedata.category(c)[0] == "M"]
    marks += [chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))]
    singles = [c for c in codes if not unicodedata.is_normalized("NFC", c)]
    near = "".join(re.escape(c) for c in (*marks, *singles) if c < _ASTRAL[0])
    return re.compile(f"[{near}{_ASTRAL}]+"), re.compile(f"(?s:.){_one_of(marks)}+|{_one_of(singles)}")


def _one_of(characters: Sequence[str]) -> str:
    """Match one of many characters; those above U+FFFF, which Python's `re` tries one by one, apart."""
    near, far = ("".join(re.escape(c) for c in characters if (c >= _ASTRAL[0]) == is_far) for is_far in (False, True))
    return f"(?:[{near}]|(?=[{_ASTRAL}])[{far}])"


def composition_edits(text: str) -> Iterator[Edit]:
    r"""Give the edits that bring `text` into NFC, each as narrow as it can be.

    Of more than 30 marks in disorder on one letter the rest is dropped.

    >>> list(composition_edits("مصر ا\u0655لى"))
    [Edit(start=4, end=6, replacement='إ')]
    """
    if unicodedata.is_normalized("NFC", text):
        return
    runs, parts = _clusters()
    found = (parts.finditer(text, max(0, run.start() - 1), run.end()) for run in runs.finditer(text))
    for match in chain.from_iterable(found):
        cluster, (start, end) = match.group(), match.span()
        composed = unicodedata.normalize("NFC", cluster[: 1 + _MOST_MARKS])
        if composed == cluster:
            continue
        while composed and cluster and composed[0] == cluster[0]:
            composed, cluster, start = composed[1:], cluster[1:], start + 1
        while composed and cluster and composed[-1] == cluster[-1]:
            composed, cluster, end = composed[:-1], cluster[:-1], end - 1
        yield Edit(start, end, composed)
