"""Bring what an outlet writes for a time to one spelling, before it is read."""

import html
import re
from unicodedata import normalize
from urllib.parse import unquote

from pipelines.core.text.alphabet import INVISIBLE, MARKS, SPACES, TATWEEL

_PLAIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹∶،", "01234567890123456789:,")
_UNSEEN = re.compile(f"[{INVISIBLE}{MARKS}{TATWEEL}]")
_BLANKS = re.compile(f"[{SPACES}\\n\\r]+")
_ENCODED = re.compile("%(?:20|3A|2B|2C)", re.IGNORECASE)  # as in an address: blank, colon, plus, comma
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_AROUND = "\"'`“”«»{}; "
_YEAR = r"(?:19|20)\d\d"
_MONTH_AND_DAY = r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
_REWRITES = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"(?<!\d)(\d{1,4})[\u2010-\u2015\u2212](\d{1,2})[\u2010-\u2015\u2212](?=\d{1,4}(?!\d))", r"\1-\2-"),
        # MongoDB's and Go's own ways to show a time.
        (r"\A(?:new )?(?:ISO)?Date\([\"']([^\"']*)[\"']\)\Z", r"\1"),
        (r" m=[+-]\d+\.\d+\Z", ""),
        # A photograph's own time, and a web server's log: colons where others have none.
        (rf"(?<!\d)({_YEAR}):(\d\d):(\d\d)(?= \d\d:)", r"\1-\2-\3"),
        (rf"(?<!\d)({_YEAR}):(?=\d\d:\d\d)", r"\1 "),
        # Digits in a row: 20240501123000Z, 20240501-1230, 20240501T123000.000+0300.
        (
            rf"(?<![\w./-])({_YEAR}){_MONTH_AND_DAY}(?:[Tt _-]|(?=\d))([0-2]\d):?([0-5]\d)"
            r"(?::?([0-5]\d|60)(?:[.,](\d{1,9})|(\d{3}|\d{6}))?)?(?= ?[Zz]?(?![\w.,])| ?[+\u2212-])",
            lambda m: f"{m[1]}-{m[2]}-{m[3]}T{m[4]}:{m[5]}:{m[6] or '00'}.{m[7] or m[8] or '0'}",
        ),
        (rf"(?<![\w./-])({_YEAR}){_MONTH_AND_DAY}(?=[ ,T])(?! ?\d{{3}})", r"\1-\2-\3"),
        (rf"(?<=[ ,])({_YEAR}){_MONTH_AND_DAY}(?=[ ,]|\Z)(?! ?\d{{3}})", r"\1-\2-\3"),
        # A day of XML Schema with its zone; "2024-05-01-05:00" could be a time and stays as it is.
        (r"\A(\d{4}-\d\d-\d\d)(Z|\+\d\d:\d\d)\Z", r"\1T00:00:00\2"),
    )
)


def plain_spelling(value: str) -> str:
    """Return a time in Western digits and plain letters, without markup, quotes and signs that nobody sees.

    >>> plain_spelling('"٢٠٢٤٠٥٠١T١٢٣٠٠٠Z"'), plain_spelling("٧&nbsp;مـايو\u200f ٢٠٢٤")
    ('2024-05-01T12:30:00.0Z', '7 مايو 2024')
    """
    text = _TAG.sub(" ", html.unescape(value)) if "&" in value or "<" in value else value
    text = unquote(text) if _ENCODED.search(text) else text
    text = _BLANKS.sub(" ", _UNSEEN.sub("", normalize("NFKC", text)).translate(_PLAIN)).strip(_AROUND).rstrip(".")
    for pattern, written in _REWRITES:
        text = pattern.sub(written, text)
    return text
