"""Recognise Arabic that cannot be read: wrongly decoded, lost, in visual order, or with no words to be told."""

import re

from pipelines.core.text.alphabet import LETTERS
from pipelines.core.text.damage_of_words import find_no_words

# The bytes 80-BF as Latin-1, cp1252, cp1256 and cp1251 show them: what follows D8 and D9, the first bytes of Arabic
# letters in UTF-8, which those encodings show as the letters of `_MISREAD`'s first class.
_TRAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸپٹچژڈگکڑںھ،؛؟ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґё№єјЅѕї"
_MISREAD = re.compile(f"[ØÙÚÛ][{_TRAIL}]|[طظ][\x80-\xa9\xab-\xbf€‚ƒ„…†‡ˆ‰‹Œ’•–—™›œ]|[ШЩ][{_TRAIL}]")
_LATIN = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\u024f]")
# No word mixes Arabic with accented letters (ISO 8859-6 read as cp1256, UTF-8 as MacArabic), with brackets or a tanwin
# within it (cp1256 read as ISO 8859-6), or with the lines of DOS.
_MIXED = re.compile(
    rf"[{LETTERS}][\xc0-\xff]|[\xc0-\xff][{LETTERS}]|[\u064c\u064d][{LETTERS}]|[{LETTERS}][\]\[^{{}}][{LETTERS}\u064d]"
    f"|[{LETTERS}][€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ¤¦§¬±]|[\u2500-\u257f]"
)
_LETTER = re.compile(r"[^\W\d_]")
_LOST = re.compile(r"\?{2,}(?: \?+)*")
_LOST_IN_WORD = re.compile(f"(?<=[{LETTERS}])\\?+(?=[{LETTERS}])")
# How addresses, mail, JSON and HTML write Arabic letters, whole or without the sign that says so; and UTF-7.
_CODES = re.compile(
    r"[%\\]?u06[0-9a-f]{2}|(?:[%=]|\\?x)d[89ab](?:[%=]|\\?x)[89ab][0-9a-f]|&?#(?:1[567]\d\d|x6[0-9a-f]{2});?"
    r"|=\?utf-8\?[bq]\?\S+|\+B[ij][a-z0-9+/]{3,}-?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_NO_LETTER = re.compile("[\ufffd\ufffc\u25a0\u25a1\ue000-\uf8ff]")
_SUSPECT = re.compile(
    "[\ufffd\ufffc\u25a0\u25a1\ue000-\uf8ff\u064c\u064d\u2500-\u257f\\]^}]|\\?\\?|[\x80-\x9fØÙÚÛШЩ\xc0-\u024f€†‡§±©„ƒˆ™]"
    f"|\\?[{LETTERS}]|[uU]06|[%=xX][dD][89abAB]|#1[567]|#[xX]6|=\\?[uU]|\\+B[ij]"
)
_FEWEST_LETTERS, _WORDS_A_LOSS = 25, 20
_FEW_IN_A_TITLE, _LONGEST_TITLE = 2, 100

_REPLACED = "it holds replacement characters (U+FFFD) where its letters were"
_CODED = "codes stand for its letters"
_QUESTIONED = "question marks stand where its letters were"
MISDECODED = "its bytes were decoded with the wrong character set"


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
    return found or (MISDECODED if _is_of_first_bytes(text) else find_no_words(text))


def is_undecoded(raw: str) -> bool:
    """Return whether a text is UTF-16 read byte by byte: half of its characters are 06, the Arabic block, or 00.

    >>> [is_undecoded(text) for text in ("خبر عاجل".encode("utf-16-le").decode("latin-1"), "خبر")]
    [True, False]
    """
    return (raw.count("\x06") + raw.count("\x00")) * 5 > len(raw) > 0


def _find_misread(text: str) -> str | None:
    size = len(text) - text.count(" ")
    replaced = sum(1 for _ in _NO_LETTER.finditer(text))
    if replaced * 50 > size and (replaced > 2 or replaced * 10 > size):
        return _REPLACED
    lost = sum(match.group().count("?") for match in _LOST.finditer(text))
    in_words = sum(1 for _ in _LOST_IN_WORD.finditer(text))
    if (lost > 3 and lost * 5 > size) or (in_words > 3 and in_words * _WORDS_A_LOSS > text.count(" ")):
        return _QUESTIONED
    codes = sum(len(code) for code in _CODES.findall(_ADDRESS.sub("", text)))
    if codes > _FEWEST_LETTERS and codes * 2 > size:
        return _CODED
    misread = sum(1 for _ in _MISREAD.finditer(text)) + sum(1 for _ in _MIXED.finditer(text))
    if misread > (_FEW_IN_A_TITLE if size < _LONGEST_TITLE else 3) and misread * 20 > size:
        return MISDECODED
    accented = sum(1 for _ in _LATIN.finditer(text))
    if accented > 5 and accented * 2 > sum(1 for _ in _LETTER.finditer(text)):
        return MISDECODED
    return None


def _is_of_first_bytes(text: str) -> bool:
    """Recognise UTF-8 read as ISO 8859-6, whose control characters are gone: of each letter its first byte is left."""
    return (text.count("ظ") + text.count("ع")) * 2 > len(text) > _FEWEST_LETTERS
