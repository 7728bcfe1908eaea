"""Find files of articles, and read them as messages: one line, one message."""

import glob
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO

from connectors.files.arrays import array_items
from connectors.files.bounded import Lost, bounded_lines
from connectors.files.tables import table_rows
from connectors.files.unpack import in_utf8, open_file
from connectors.message import Message

_UTF8_MARK = b"\xef\xbb\xbf"
_RECORD_MARK = b"\x1e"  # before each line of a JSON text sequence (RFC 7464)
_MOST_BLANK = 99


class NoSuchFile(Exception):
    """No file has this name, or matches this pattern."""


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file's path here, and the name that records give as its topic: the same on every machine."""

    path: str
    name: str


def find_files(pattern: str) -> tuple[NamedFile, ...]:
    """Return the files that match a glob, sorted, named by their path below its first folder without a wildcard."""
    paths = sorted(path for path in glob.glob(pattern, recursive=True) if os.path.isfile(path))
    if not paths:
        raise NoSuchFile(f"No file matches {pattern!r}. Quote the pattern so that the shell leaves it alone.")
    folder = os.path.dirname(pattern)
    while glob.has_magic(folder):
        folder = os.path.dirname(folder)
    return tuple(NamedFile(path, os.path.relpath(path, folder or ".").replace(os.sep, "/")) for path in paths)


def read_lines(file: NamedFile) -> Iterator[Message]:
    """Yield the lines of a JSON Lines or CSV file, gzipped or not, as messages; empty lines are not messages.

    A CSV file begins with a line of column names; each row becomes a JSON object.
    """
    with open_file(file.path) as stream:
        yield from messages_of(stream, file.name)


def messages_of(stream: IO[bytes], name: str) -> Iterator[Message]:
    """Yield the lines of an open file as messages; its name tells how it is written.

    What is damaged, cut off or too long becomes a message that says so; what was whole is read.
    """
    number = 0
    try:
        for value in _values(stream, name):
            if isinstance(value, Lost):
                yield value.message(name, number)
            elif value.strip():
                yield Message(value=value, topic=name, partition=0, offset=number)
            number += 1
    except Lost as lost:
        yield lost.message(name, number)


def _values(stream: IO[bytes], name: str) -> Iterator[bytes | Lost]:
    stream = in_utf8(stream)
    if ".csv" in name.lower() or ".tsv" in name.lower():
        return table_rows(stream)
    lines = bounded_lines(stream)
    first = _first_lines(lines)
    plain = [line.removeprefix(_UTF8_MARK).strip() for line in first if not isinstance(line, Lost)]
    told = [line for line in plain if line][:2]
    if _is_list(told) or _is_spread(told):
        return array_items(chain(first, lines))
    return (line if isinstance(line, Lost) else _plain_line(line) for line in chain(first, lines))


def _first_lines(lines: Iterator[bytes | Lost]) -> list[bytes | Lost]:
    """Take lines until two of them are not blank, or one is too long to be read."""
    taken: list[bytes | Lost] = []
    left = 2
    for line in lines:
        taken.append(line)
        if isinstance(line, Lost) or len(taken) > _MOST_BLANK:
            break
        left -= bool(line.removeprefix(_UTF8_MARK).strip())
        if not left:
            break
    return taken


def _plain_line(line: bytes) -> bytes:
    """Return a line without its end, the mark of a record, and the comma that people leave between objects."""
    line = line.rstrip(b"\r\n").removeprefix(_RECORD_MARK)
    return line.rstrip()[:-1] if line.rstrip().endswith(b"},") else line


def _is_list(told: list[bytes]) -> bool:
    """Return whether the first two lines begin one list of articles, and not a line that is a list among others."""
    if not told or told[0][:1] != b"[":
        return False
    return len(told) == 1 or told[0][-1:] in (b"[", b"{", b",", b"}")


def _is_spread(told: list[bytes]) -> bool:
    """Return whether the first two lines begin objects that are spread over lines, or stand behind one another."""
    if not told or told[0][:1] != b"{":
        return False
    try:
        text = told[0].decode("utf-8", "surrogateescape")
        return text[json.JSONDecoder().raw_decode(text)[1] :].lstrip()[:1] == "{"
    except (ValueError, RecursionError):
        return len(told) > 1 and told[1][:1] in (b'"', b"}") and not told[0].endswith(b"}")
