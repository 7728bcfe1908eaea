"""Repair damage in a text, and nothing else."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from pipelines.core.text.alphabet import TATWEEL
from pipelines.core.text.characters import character_edits, composition_edits, odd_characters, stretch_edits
from pipelines.core.text.draft import Draft, Edit
from pipelines.core.text.escapes import escape_edits
from pipelines.core.text.mapped import Mapped
from pipelines.core.text.markup import markup_edits

_SPACE_RUN = re.compile(r"\A[ \n]+|[ \n]+\Z|[ \n]{2,}")
# Each pass undoes one layer of escaping ("&amp;lt;br&amp;gt;" takes two); only hostile text has more than a few.
_MAX_PASSES = 5


@cache
def _suspect() -> "re.Pattern[str]":
    return re.compile(rf"[<&\\{TATWEEL}{odd_characters()}]")


def _is_clean(text: str) -> bool:
    """Tell cheaply that nothing needs repair; a stray "<", "&" or tatweel makes it say no without need."""
    return (
        _suspect().search(text) is None
        and "  " not in text
        and "\n\n" not in text
        and " \n" not in text
        and "\n " not in text
        and text[:1] not in (" ", "\n")
        and text[-1:] not in (" ", "\n")
        and "]]>" not in text
        and unicodedata.is_normalized("NFC", text)
    )


def _space_edits(text: str) -> Iterator[Edit]:
    for run in _SPACE_RUN.finditer(text):
        start, end = run.span()
        yield Edit(start, end, "" if start == 0 or end == len(text) else "\n" if "\n" in run.group() else " ")


def normalize_text(raw: str) -> Mapped:
    """Repair what transport and typesetting did to `raw`, mapping every code point back to it.

    Gives NFC letters without presentation forms, markup, a program's escapes, invisible controls or stretching tatweel;
    single spaces; trimmed lines without blank ones. Diacritics, digits, foreign letters, honorific signs and the
    tatweel of "هـ" and "الـ20" stay. `positions` is `None` where nothing moved.

    >>> text = normalize_text("<p>قـــال&nbsp;&laquo;ﻻ&raquo;</p>")
    >>> text.text
    'قال «لا»'
    >>> text.source_span(4, 8)
    (15, 30)
    """
    if _is_clean(raw):
        return Mapped(raw)
    draft = Draft(raw)
    for _ in range(_MAX_PASSES):
        before = draft.text
        for edits in (escape_edits, character_edits, markup_edits, composition_edits, stretch_edits, _space_edits):
            draft.apply(edits(draft.text))
        if draft.text == before or _is_clean(draft.text):
            break
    return draft.finish()
