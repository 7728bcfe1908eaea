"""Read tables of articles (CSV) as objects, whatever separates their columns."""

import csv
import json
from collections.abc import Iterator
from itertools import chain
from typing import IO

from connectors.files.bounded import LONGEST_LINE, Lost, bounded_lines

_SEPARATORS = ",;\t|"
_TOLD = "sep="


def table_rows(stream: IO[bytes]) -> Iterator[bytes | Lost]:
    """Yield the rows of a table as JSON objects, by its line of column names; raises `Lost` where it cannot go on.

    Columns are separated by what the line of names holds most of: a comma, a semicolon (Excel's in half the world), a
    tab or a bar. Bytes that are no UTF-8 go through as they are: the pipeline refuses that row, and not the file.
    """
    csv.field_size_limit(LONGEST_LINE)
    lines = _text_lines(stream)
    first = next(lines, "")
    told = first[len(_TOLD) : len(_TOLD) + 1] if first.lower().startswith(_TOLD) else ""
    if told:  # Excel's own first line, which names the separator
        first = next(lines, "")
    separator = told or max(_SEPARATORS, key=first.count)
    try:
        for row in csv.DictReader(chain([_plain_names(first)], lines), delimiter=separator):
            fields = {name: value or None for name, value in row.items() if name}
            yield json.dumps(fields, ensure_ascii=False).encode(errors="surrogateescape")
    except csv.Error as error:
        raise Lost("undecodable", f"The table cannot be read on: {error}; what followed is lost.") from error


def _plain_names(header: str) -> str:
    """Write column names as our fields are: without spaces around them, in lower case where they are Latin."""
    return header.lower().replace("; ", ";").replace(", ", ",")


def _text_lines(stream: IO[bytes]) -> Iterator[str]:
    encoding, first = "utf-8", True
    for line in bounded_lines(stream):
        if isinstance(line, Lost):
            raise Lost(line.reason, f"{line.sentence} What followed in the table is lost.", line.value)
        yield line.decode("utf-8-sig" if first else encoding, "surrogateescape")
        first = False
