"""Find files of articles, and read them as messages: one line, one message."""

import csv
import glob
import gzip
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from connectors.message import Message


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
    """Yield the lines of an open file as messages; its name tells how it is written."""
    values = _csv_rows(stream) if ".csv" in name.lower() else (line.rstrip(b"\r\n") for line in stream)
    for number, value in enumerate(values):
        if value.strip():
            yield Message(value=value, topic=name, partition=0, offset=number)


def open_file(path: str) -> IO[bytes]:
    """Open a file for reading bytes, unpacking gzip by its first two bytes."""
    file = open(path, "rb")  # noqa: SIM115 - closed by the caller
    if file.peek(2)[:2] != b"\x1f\x8b":
        return file
    file.close()
    return io.BufferedReader(gzip.GzipFile(path))  # which closes the file with itself


def _csv_rows(stream: IO[bytes]) -> Iterator[bytes]:
    """Bytes that are no UTF-8 go through as they are: the pipeline refuses that row, and not the file."""
    csv.field_size_limit(2**31 - 1)
    with io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        for row in csv.DictReader(text):
            fields = {name: value or None for name, value in row.items() if name}
            yield json.dumps(fields, ensure_ascii=False).encode(errors="surrogateescape")
