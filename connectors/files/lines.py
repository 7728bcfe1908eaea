"""Find files of articles, and read them as messages: one line, one message."""

import glob
import gzip
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO

from connectors.files.arrays import array_items
from connectors.files.bounded import Lost, bounded_lines
from connectors.files.tables import table_rows
from connectors.message import Message

_UTF8_MARK = b"\xef\xbb\xbf"


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
    if ".csv" in name.lower() or ".tsv" in name.lower():
        return table_rows(stream)
    lines = bounded_lines(stream)
    first = list(islice(lines, 2))
    if _is_list(first):
        return array_items(chain(first, lines))
    return (line if isinstance(line, Lost) else line.rstrip(b"\r\n") for line in chain(first, lines))


def _is_list(first: list[bytes | Lost]) -> bool:
    """Return whether the first two lines begin one list of articles, and not a line that is a list among others."""
    line = first[0] if first else b""
    if isinstance(line, Lost) or line.removeprefix(_UTF8_MARK).lstrip()[:1] != b"[":
        return False
    return len(first) == 1 or line.rstrip()[-1:] in (b"[", b"{", b",", b"}")


def open_file(path: str) -> IO[bytes]:
    """Open a file for reading bytes, unpacking gzip by its first two bytes."""
    file = open(path, "rb")  # noqa: SIM115 - closed by the caller
    if file.peek(2)[:2] != b"\x1f\x8b":
        return file
    file.close()
    return io.BufferedReader(gzip.GzipFile(path))  # which closes the file with itself
