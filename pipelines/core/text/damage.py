"""Recognise Arabic that a wrong character encoding destroyed."""

import re

# The bytes 80-BF as Latin-1, cp1252, cp1256 and cp1251 show them: what follows D8 and D9, the first bytes of Arabic
# letters in UTF-8, which those encodings show as the letters of `_MISREAD`'s first class.
_TRAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸپٹچژڈگکڑںھ،؛؟ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґё№єјЅѕї"
_MISREAD = re.compile(f"[ØÙÚÛ][{_TRAIL}]|[طظ][\x80-\xa9\xab-\xbf€‚ƒ„…†‡ˆ‰‹Œ’•–—™›œ]|[ШЩ][{_TRAIL}]")
_LATIN = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\xffŸ]")
_LETTER = re.compile(r"[^\W\d_]")
_LOST = re.compile(r"\?{2,}(?: \?+)*")
_SUSPECT = re.compile("\ufffd|\\?\\?|[\x80-\x9fØÙÚÛШЩ\xc0-\xff€†‡§±©„ƒˆ]")

_REPLACED = "it holds replacement characters (U+FFFD) where its letters were"
_QUESTIONED = "question marks stand where its letters were"
_MISDECODED = "its bytes were decoded with the wrong character set"


def find_damage(text: str) -> str | None:
    """Say what destroyed `text`, or `None` where it is readable; a stray bad character in a long text is let pass.

    >>> find_damage("اÙ„Ù‚Ø§Ù‡Ø±Ø© ØªØ³ØªØ¹Ø¯")
    'its bytes were decoded with the wrong character set'
    >>> find_damage("القاهرة تستعد؟؟") is None
    True
    """
    if _SUSPECT.search(text) is None:
        return None
    size = len(text) - text.count(" ")
    replaced = text.count("\ufffd")
    if replaced * 50 > size and (replaced > 2 or replaced * 10 > size):
        return _REPLACED
    lost = sum(match.group().count("?") for match in _LOST.finditer(text))
    if lost > 3 and lost * 5 > size:
        return _QUESTIONED
    misread = sum(1 for _ in _MISREAD.finditer(text))
    if misread > 3 and misread * 20 > size:
        return _MISDECODED
    accented = sum(1 for _ in _LATIN.finditer(text))
    if accented > 5 and accented * 2 > sum(1 for _ in _LETTER.finditer(text)):
        return _MISDECODED
    return None
