"""Read a file that is one JSON list of articles, or objects behind one another, and not lines."""

import json
from collections.abc import Iterable, Iterator

from connectors.files.bounded import LONGEST_LINE, Lost

_DECODER = json.JSONDecoder()
_BETWEEN = " \t\r\n,"


def array_items(lines: Iterable[bytes | Lost]) -> Iterator[bytes | Lost]:
    """Yield the items of a JSON list as JSON, one after another; memory holds the longest item and a line.

    Objects behind one another, without a list around them, are items too. Raises `Lost` where the list breaks off.
    """
    text, begun = "", False
    for line in lines:
        if isinstance(line, Lost):
            raise line
        text += line.decode("utf-8", "surrogateescape")
        if not begun and (begin := text.removeprefix("\ufeff").lstrip()):
            text, begun = begin.removeprefix("["), True
        if text.rstrip(_BETWEEN)[-1:] in ("}", "]"):  # an item may end here: its lines are not read again and again
            items, end = _whole_items(text)
            yield from items
            text = text[end:]
        if len(text) > LONGEST_LINE:
            raise Lost("too_long", f"An item of the list has more than {LONGEST_LINE} characters.", text[:99].encode())
    if text.strip(_BETWEEN) not in ("", "]"):
        rest = text[:999].encode("utf-8", "surrogateescape")
        raise Lost("undecodable", "The list of articles breaks off, or is no JSON; what followed is lost.", rest)


def _whole_items(text: str) -> tuple[list[bytes], int]:
    """Return the items that are whole at the beginning of a text, and where they end."""
    items, end, at = list[bytes](), 0, _skip(text, 0)
    while at < len(text) and text[at] != "]":
        try:
            item, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        items.append(json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogateescape"))
        at = _skip(text, end)
    return items, end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BETWEEN:
        at += 1
    return at
