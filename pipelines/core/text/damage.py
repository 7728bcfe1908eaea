"""Recognise Arabic that cannot be read: wrongly decoded, lost, in visual order, or with no words to be told."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pipelines.core.text.alphabet import LETTERS

# The bytes 80-BF as Latin-1, cp1252, cp1256 and cp1251 show them: what follows D8 and D9, the first bytes of Arabic
# letters in UTF-8, which those encodings show as the letters of `_MISREAD`'s first class.
_TRAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸپٹچژڈگکڑںھ،؛؟ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґё№єјЅѕї"
_MISREAD = re.compile(f"[ØÙÚÛ][{_TRAIL}]|[طظ][\x80-\xa9\xab-\xbf€‚ƒ„…†‡ˆ‰‹Œ’•–—™›œ]|[ШЩ][{_TRAIL}]")
_LATIN = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\xffŸ]")
# No word mixes Arabic with accented letters (ISO 8859-6 read as cp1256, UTF-8 as MacArabic), with brackets or a tanwin
# within it (cp1256 read as ISO 8859-6), or with the lines of DOS.
_MIXED = re.compile(
    rf"[{LETTERS}][\xc0-\xff]|[\xc0-\xff][{LETTERS}]|[\u064c\u064d][{LETTERS}]|[{LETTERS}][\]\[^{{}}][{LETTERS}\u064d]"
    "|[\u2500-\u257f]"
)
_ARABIC = re.compile(f"[{LETTERS}]")
_BACKWARD = (" ة", " ى", "\nة", "\nى")
_PLAINLY = 30
_LETTER = re.compile(r"[^\W\d_]")
_LOST = re.compile(r"\?{2,}(?: \?+)*")
_NO_LETTER = re.compile("[\ufffd\ufffc\u25a0\u25a1\ue000-\uf8ff]")
_SUSPECT = re.compile(
    "[\ufffd\ufffc\u25a0\u25a1\ue000-\uf8ff\u064c\u064d\u2500-\u257f\\]^}]|\\?\\?|[\x80-\x9fØÙÚÛШЩ\xc0-\xff€†‡§±©„ƒˆ]"
)
_FEWEST_WORDS, _FEWEST_TO_JUDGE = 8, 25
_MOST_BY_LINES = 100_000
_FEWEST_SURE, _FEWEST_SIGNS, _STRONGER = 2, 3, 2
_MOST_SINGLE, _LONGEST_WORDS = 0.6, 20

_REPLACED = "it holds replacement characters (U+FFFD) where its letters were"
_QUESTIONED = "question marks stand where its letters were"
MISDECODED = "its bytes were decoded with the wrong character set"
_REVERSED = "its letters or words stand in visual order, the last first"
_APART = "its letters stand apart, so that no word can be told"
_TOGETHER = "its words stand together, so that none can be told"


def find_damage(text: str) -> str | None:
    """Say what destroyed `text`, or `None` where it is readable; a stray bad character in a long text is let pass.

    >>> find_damage("اÙ„Ù‚Ø§Ù‡Ø±Ø© ØªØ³ØªØ¹Ø¯")
    'its bytes were decoded with the wrong character set'
    >>> find_damage("القاهرة تستعد؟؟") is None
    True
    >>> find_damage("ةنيدملا يف ريبك قيرح نم نوجني صاخشأ ةعبرأ")
    'its letters or words stand in visual order, the last first'
    """
    found = _find_misread(text) if _SUSPECT.search(text) else None
    return found or (None if _is_plain(text) else _find_disorder(text))


def is_undecoded(raw: str) -> bool:
    """Return whether a text is UTF-16 read byte by byte: half of its characters are 06, the Arabic block, or 00.

    >>> [is_undecoded(text) for text in ("خبر عاجل".encode("utf-16-le").decode("latin-1"), "خبر")]
    [True, False]
    """
    return (raw.count("\x06") + raw.count("\x00")) * 5 > len(raw) > 0


def _is_plain(text: str) -> bool:
    """Tell cheaply that words begin and end as Arabic ones do: a third as often as in the press is enough."""
    forward = text.count(" ال") + text.count("ة ")
    return forward * _PLAINLY > len(text) and not any(begin in text for begin in _BACKWARD)


def _find_misread(text: str) -> str | None:
    size = len(text) - text.count(" ")
    replaced = sum(1 for _ in _NO_LETTER.finditer(text))
    if replaced * 50 > size and (replaced > 2 or replaced * 10 > size):
        return _REPLACED
    lost = sum(match.group().count("?") for match in _LOST.finditer(text))
    if lost > 3 and lost * 5 > size:
        return _QUESTIONED
    misread = sum(1 for _ in _MISREAD.finditer(text)) + sum(1 for _ in _MIXED.finditer(text))
    if misread > 3 and misread * 20 > size:
        return MISDECODED
    accented = sum(1 for _ in _LATIN.finditer(text))
    if accented > 5 and accented * 2 > sum(1 for _ in _LETTER.finditer(text)):
        return MISDECODED
    return None


def _find_disorder(text: str) -> str | None:
    """Judge the words of a text: whether they begin where Arabic words end, and whether they are words at all."""
    words = text.split()
    lines = [line.split() for line in text[:_MOST_BY_LINES].split("\n")]
    if _is_backward(words) or sum(len(line) for line in lines if _is_backward(line)) * 4 >= len(words) > 0:
        return _REVERSED
    letters = [word for word in words if _ARABIC.match(word)]
    if len(letters) > _FEWEST_TO_JUDGE and sum(len(word) == 1 for word in letters) > _MOST_SINGLE * len(words):
        return _APART
    joined = sum(map(len, letters))
    # UTF-8 read as ISO 8859-6, whose control characters are gone: of each letter its first byte alone is left.
    if joined > _FEWEST_TO_JUDGE and text.count("ظ") + text.count("ع") > _MOST_SINGLE * joined:
        return MISDECODED
    return _TOGETHER if joined > _LONGEST_WORDS * max(len(letters), 5) else None


def _is_backward(words: list[str]) -> bool:
    if len(words) < _FEWEST_WORDS:
        return False
    usual, reverse = _small_words()
    sure = sum(word[0] in "ةى" or word in reverse for word in words)
    backward = sure + sum(len(word) > 3 and word.endswith("لا") for word in words)
    if sure < _FEWEST_SURE or backward < _FEWEST_SIGNS:
        return False
    forward = sum(word[-1] in "ةى" or word in usual or (len(word) > 3 and word.startswith("ال")) for word in words)
    return backward > _STRONGER * forward


@cache
def _small_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the commonest Arabic words, and the same from the last letter to the first, where that is no word."""
    words = frozenset(_read_small_words())
    return words, frozenset(word[::-1] for word in words) - words


def _read_small_words() -> Iterator[str]:
    rows = files("pipelines").joinpath("resources/text/function_words.tsv").read_text("utf-8").splitlines()
    for language, word in (row.split("\t") for row in rows[1:]):
        if language == "ar":
            yield word
