"""Read tables of articles (CSV) as objects, whatever separates their columns."""

import csv
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import IO

from connectors.files.bounded import LONGEST_LINE, Lost, bounded_lines

_SEPARATORS = ",;\t|"
_TOLD = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_NOTHING = frozenset(("", "NULL", "\\N"))
_FORMULA = re.compile('="([^"]*)"')
_QUOTED = re.compile('"[^"]*"')
_AFTER_RETURN = re.compile(r"(?<=\r)(?!\n)")
_KEPT = 999


def table_rows(stream: IO[bytes]) -> Iterator[bytes | Lost]:
    """Yield the rows of a table as JSON objects, by its line of column names; raises `Lost` where it cannot go on.

    Columns are separated by what the line of names holds most of: a comma, a semicolon (Excel's in half the world), a
    tab or a bar. Bytes that are no UTF-8 go through as they are: the pipeline refuses that row, and not the file.
    A row with more fields than names is `Lost`: some text was cut in two where it held the separator.
    """
    csv.field_size_limit(LONGEST_LINE)
    lines = _Lines(_text_lines(stream))
    first = next((line for line in lines if line.strip()), "")
    told = _TOLD.fullmatch(first)
    if told:  # Excel's own first line, which names the separator
        first = next(lines, "")
    separator = told[1] if told else max(_SEPARATORS, key=_QUOTED.sub("", first).count)
    is_spaced = 0 < first.count(separator) == first.count(f"{separator} ")
    rows = csv.reader(chain([first], lines), delimiter=separator, skipinitialspace=is_spaced)
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        for number, row in enumerate(filter(None, rows), 1):
            if lines.ended:
                opened = f"A quotation mark that opens in row {number} is never closed; mend it, what followed is lost."
                raise Lost("undecodable", opened, separator.join(row)[:_KEPT].encode(errors="surrogateescape"))
            yield _object(names, row, separator)
    except csv.Error as error:
        raise Lost("undecodable", f"The table cannot be read on: {error}; what followed is lost.") from error


def _object(names: list[str], row: list[str], separator: str) -> bytes | Lost:
    """Return a row as a JSON object; nothing for one without a single text, as Excel leaves them at the end."""
    if any(row[len(names) :]):
        sentence = (
            f"The row has {len(row)} fields for {len(names)} columns; put texts that hold {separator!r} in quotes."
        )
        return Lost("undecodable", sentence, separator.join(row)[:_KEPT].encode(errors="surrogateescape"))
    fields: dict[str, str | None] = {name: None for name in names if name}
    for name, value in zip(names, row, strict=False):
        if name and fields[name] is None:  # of two columns of one name, the one that is not empty
            fields[name] = _text(value)
    return json.dumps(fields, ensure_ascii=False).encode(errors="surrogateescape") if any(row) else b""


def _text(field: str) -> str | None:
    """Return a field's text; `None` for an empty one, and for what databases write for nothing."""
    told = _FORMULA.fullmatch(field)  # Excel's way to keep "0123" a text
    return None if field in _NOTHING else told[1] if told else field


class _Lines(Iterator[str]):
    """Lines that tell whether more were asked for than there are: within a row, that is an open quotation mark."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self.ended = lines, False

    def __next__(self) -> str:
        try:
            return next(self._lines)
        except StopIteration:
            self.ended = True
            raise


def _text_lines(stream: IO[bytes]) -> Iterator[str]:
    """Yield lines as text; where the line of names has bare returns, as on old Macintoshes, those end lines."""
    encoding, is_first, returns = "utf-8-sig", True, False
    for line in bounded_lines(stream):
        if isinstance(line, Lost):
            raise Lost(line.reason, f"{line.sentence} What followed in the table is lost.", line.value)
        text = line.decode(encoding, "surrogateescape")
        if is_first:
            encoding, is_first, returns = "utf-8", False, "\r" in text.rstrip("\r\n")
        yield from _AFTER_RETURN.split(text) if returns else (text,)
