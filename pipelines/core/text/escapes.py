"""Undo the escapes of program text that a crawler left in an article."""

import re
from collections.abc import Iterator

from pipelines.core.text.draft import Edit

_ESCAPE = re.compile(
    r"\\+(?:(?P<line>r\\+n|[nr])(?![a-z])|(?P<tab>t)(?![a-z])|(?P<sign>[\"'/])|"
    r"u(?P<high>d[89ab][0-9a-f]{2})\\+u(?P<low>d[c-f][0-9a-f]{2})|u(?P<code>0[0-7][0-9a-f]{2}|20[0-6][0-9a-f]|f[bde][0-9a-f]{2}))",
    re.IGNORECASE,
)


def escape_edits(text: str) -> Iterator[Edit]:
    r"""Give the edits that turn "\n", "\"" and "\u0627", written out as in JSON, into what they stand for.

    A backslash before anything else stays, and so does one before a Latin word ("C:\news").

    >>> [edit.replacement for edit in escape_edits(r"قال:\nنعم \u0648\u0644\u0627 \"أكثر\"")]
    ['\n', 'و', 'ل', 'ا', '"', '"']
    """
    for match in _ESCAPE.finditer(text) if "\\" in text else ():
        yield Edit(match.start(), match.end(), _meant(match))


def _meant(match: "re.Match[str]") -> str:
    if match["line"]:
        return "\n"
    if match["tab"]:
        return " "
    if match["high"]:
        pair = bytes.fromhex(match["high"] + match["low"])
        return pair.decode("utf-16-be")
    return match["sign"] or chr(int(match["code"], 16))
