"""Keep what a run remembers in a file on this machine, so that the next one need not read three days of news again.

The file is a log: for each batch what the indexes were given to keep, and how far the input was read. Any beginning of
it is a true state, so a crash costs at most a batch; and all of it can be deleted: what it says follows from the input.
"""

import os
import pickle
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO

from pipelines.core.units import MIB
from pipelines.core.version import PIPELINE_VERSION

_FRAME = Struct("<II")
_FORMAT = 8
REWRITE_AT_LEAST = 64 * MIB
WRITTEN_TOGETHER = 1_000
"""So many entries are made bytes at once where the log is written anew: all together would be half a gigabyte."""

Kept = list[tuple[str, list[Any]]]


class StateUnusable(Exception):
    """What a run remembers cannot be kept on this machine; the message says why."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was remembered of one batch; `mark` says where input and outputs stood after it."""

    kept: Kept
    mark: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of what a log that was written anew begins with; the batch that has the rest follows."""

    kept: Kept


@dataclass
class StateLog:
    """The state of one run, in a folder of its own; `made_with` is what must be the same for it to be of any use."""

    directory: Path
    made_with: Mapping[str, Any]
    _file: BinaryIO | None = field(default=None, init=False)
    _size: int = field(default=0, init=False)
    _rewritten: int = field(default=0, init=False)

    @property
    def path(self) -> Path:
        """Return where the log is."""
        return self.directory / "state.log"

    def read(self) -> list[Batch]:
        """Return the batches of the log, and go on behind the last that is whole; none where it is of no use."""
        self.close()
        with told_of(self.directory):
            return self._read()

    def forget(self) -> None:
        """Begin anew."""
        with told_of(self.directory):
            self._begin()

    def add(self, batch: Batch) -> None:
        """Add a batch; after a crash of the machine it may be lost, which costs no more than reading it again."""
        assert self._file is not None, "read it first"
        with told_of(self.directory):
            self._size += _write(self._file, batch)
            self._file.flush()

    @property
    def size(self) -> int:
        """Return how many bytes it has."""
        return self._size

    @property
    def is_long(self) -> bool:
        """Return whether it has grown to twice what it was when it was last written anew."""
        return self._size > max(REWRITE_AT_LEAST, 2 * self._rewritten)

    def rewrite(self, batch: Batch) -> None:
        """Write the log anew with one batch that holds all that is still needed."""
        aside = self.path.with_suffix(".writing")
        with told_of(self.directory):
            with aside.open("wb") as file:
                size = sum(_write(file, told) for told in (self._header(), *_parts(batch), Batch([], batch.mark)))
                file.flush()
                os.fsync(file.fileno())
            self.close()
            aside.replace(self.path)
            self._file, self._size, self._rewritten = self.path.open("ab"), size, size

    def close(self) -> None:
        """Close the file; what could not be written to it is given up."""
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                file.close()

    def _read(self) -> list[Batch]:
        batches: list[Batch] = []
        parts: Kept = []
        whole = first = 0
        if self.path.exists():
            with self.path.open("rb") as file:
                for number, (told, end) in enumerate(_frames(file)):
                    if number == 0 and told != self._header():
                        return self._begin()
                    parts += told.kept if number else []
                    if isinstance(told, Batch):
                        batches.append(Batch(parts, told.mark))
                        whole, first, parts = end, first or end, []
        if not batches:
            return self._begin()
        os.truncate(self.path, whole)
        self._file = self.path.open("ab")
        self._size, self._rewritten = whole, first  # when it was last written anew, it ended with its first batch
        return batches

    def _header(self) -> dict[str, Any]:
        return {"format": _FORMAT, "version": PIPELINE_VERSION, **self.made_with}

    def _begin(self) -> list[Batch]:
        self.close()
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = self.path.open("wb")
        self._size = self._rewritten = _write(self._file, self._header())
        self._file.flush()
        return []


@contextmanager
def told_of(directory: Path) -> Iterator[None]:
    """Say of an error of the disk what it is about."""
    try:
        yield
    except OSError as error:
        raise StateUnusable(
            f"What this run remembers cannot be kept in {directory}: {error.strerror or error}. --state names another "
            "place for it. What was read and has no line in the ledger is for the next run."
        ) from error


def _write(file: BinaryIO, told: Any) -> int:
    body = pickle.dumps(told, protocol=pickle.HIGHEST_PROTOCOL)
    file.write(_FRAME.pack(len(body), zlib.crc32(body)))
    file.write(body)
    return _FRAME.size + len(body)


def _parts(batch: Batch) -> Iterator[_Part]:
    for name, entries in batch.kept:
        for first in range(0, len(entries), WRITTEN_TOGETHER):
            yield _Part([(name, entries[first : first + WRITTEN_TOGETHER])])


def _frames(file: BinaryIO) -> Iterator[tuple[Any, int]]:
    """Yield what is in each whole frame, and where the frame ends."""
    end = 0
    while len(head := file.read(_FRAME.size)) == _FRAME.size:
        length, crc = _FRAME.unpack(head)
        body = file.read(length)
        if not body or len(body) < length or zlib.crc32(body) != crc:
            return
        end += _FRAME.size + length
        yield pickle.loads(body), end
