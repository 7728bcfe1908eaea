"""Add records to files by record, date and hour of event time, batch by batch: each batch whole or not at all.

A batch is durable when its line is in the manifest. What a crash left behind it is cut off when the folder is next
opened, and what is in a file already is not added again: so a batch may be written anew, and nothing is ever twice.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from connectors.files.layout import by_file
from connectors.files.manifest import Entry, FolderDamaged, Manifest
from connectors.message import Delivery

LEDGER = "ledger"
WRITERS = 8
FILES_HELD = 400
"""So many files are remembered with what they hold; the others are read again when something comes for them."""


class FolderUnusable(Exception):
    """Another run writes into this folder, or it cannot be written to, or is full; the message says which."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How records become files that can be added to: `header(record)`, then `block(record, values)` after another.

    `values(path, record)` reads them back, and `whole_length(path)` tells how much of a file is no torn block.
    """

    suffix: str
    header: Callable[[str], bytes]
    block: Callable[[str, Sequence[bytes]], bytes]
    values: Callable[[Path, str], Iterator[bytes]]
    whole_length: Callable[[Path], int]


@dataclass
class _Open:
    """A file as it stands: its entry so far, its hash in the making, and the hashes of the records in it."""

    entry: Entry
    sha256: Any
    holds: set[bytes]


@dataclass
class Folder:
    """A folder that one run at a time writes into."""

    directory: Path
    format: FileFormat
    manifest: Manifest = field(init=False)
    _files: OrderedDict[str, _Open] = field(default_factory=OrderedDict, init=False)

    def open(self) -> "Folder":
        """Take the folder and sweep up what a crash has left; raises FolderUnusable or FolderDamaged."""
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self.directory / "_lock", timeout=0)
            self._lock.acquire()
        except Timeout as error:
            words = f"Another run is writing to {self.directory}: stop it, or choose another folder."
            raise FolderUnusable(words) from error
        except OSError as error:
            raise FolderUnusable(f"Records cannot be written to {self.directory}: {error.strerror}.") from error
        self.manifest = Manifest.read(self.directory)
        self._sweep()
        self._pool = ThreadPoolExecutor(WRITERS)
        return self

    def close(self) -> None:
        """Let the folder go."""
        self._pool.shutdown()
        self._lock.release()

    def add(self, deliveries: Iterable[Delivery]) -> None:
        """Add records, then the lines that rest on them, and commit it all; raises FolderUnusable: the disk is full."""
        named = by_file(deliveries, self.format.suffix)
        records = {file: values for file, values in named.items() if not file.startswith(f"{LEDGER}/")}
        lines = {file: values for file, values in named.items() if file.startswith(f"{LEDGER}/")}
        changed: dict[str, Entry] = {}
        try:
            for group in (records, lines):
                appended = self._pool.map(self._append, group, group.values())
                changed |= {one.file: one for one in appended if one is not None}
            if changed:
                self.manifest.commit(changed)
        except OSError as error:
            raise FolderUnusable(
                f"Records cannot be written to {self.directory}: {error.strerror or error}. What was read and has no "
                "line in the ledger is for the next run."
            ) from error
        while len(self._files) > FILES_HELD:
            self._files.popitem(last=False)

    def _append(self, file: str, values: Sequence[bytes]) -> Entry | None:
        """Add to a file what is not in it yet, durably; return its entry, None where nothing was new."""
        record = file.partition("/")[0]
        held = self._files[file] if file in self._files else self._load(record, file)
        path = self.directory / held.entry.file
        new = [value for value in values if _hash(value) not in held.holds]
        if not new:
            return None
        added = (b"" if held.entry.bytes else self.format.header(record)) + self.format.block(record, new)
        _append_durably(path, held.entry.bytes, added)
        held.sha256.update(added)
        held.holds.update(map(_hash, new))
        size, records = held.entry.bytes + len(added), held.entry.records + len(new)
        held.entry = Entry(held.entry.file, records, size, held.sha256.hexdigest())
        self._files[file] = held
        return held.entry

    def _load(self, record: str, file: str) -> _Open:
        """Read what a file holds; one that was begun with another schema is left alone, and another begun beside it."""
        header, stem = self.format.header(record), file.removesuffix(self.format.suffix)
        for part in count(1):
            file = f"{stem}-{part}{self.format.suffix}" if part > 1 else file
            data = self._committed(file)
            if not data:
                return _Open(Entry(file, 0, 0, ""), hashlib.sha256(), set())
            if data.startswith(header):
                break
        path = self.directory / file
        holds = {_hash(value) for value in self.format.values(path, record)}
        sha256 = hashlib.sha256(data)
        return _Open(Entry(file, len(holds), len(data), sha256.hexdigest()), sha256, holds)

    def _committed(self, file: str) -> bytes:
        """Return what is committed of a file, and cut off what is not."""
        entry, path = self.manifest.entries.get(file), self.directory / file
        if not path.exists():
            return b""
        os.truncate(path, entry.bytes if entry else 0)
        return path.read_bytes()

    def _sweep(self) -> None:
        """Cut off what was never committed. A file that no commit names keeps what is whole in it."""
        adopted: dict[str, Entry] = {}
        for path in sorted(self.directory.glob(f"*/date=*/hour=*/*{self.format.suffix}")):
            file = path.relative_to(self.directory).as_posix()
            entry = self.manifest.entries.get(file)
            size = path.stat().st_size
            if entry is None:
                adopted |= self._adopt(path, file)
            elif size > entry.bytes:
                os.truncate(path, entry.bytes)
            elif size < entry.bytes:
                raise FolderDamaged(
                    f"{path} has {size:,} bytes, and the manifest says {entry.bytes:,}: put back the whole file, or "
                    "delete it to go on without what it held."
                )
        for left in self.directory.glob("**/.*.writing"):
            left.unlink()
        self.manifest.rewrite()
        if adopted:
            self.manifest.commit(adopted)

    def _adopt(self, path: Path, file: str) -> dict[str, Entry]:
        whole = self.format.whole_length(path)
        if not whole:
            path.unlink()
            return {}
        os.truncate(path, whole)
        data, record = path.read_bytes(), file.partition("/")[0]
        records = sum(1 for _ in self.format.values(path, record))
        return {file: Entry(file, records, whole, hashlib.sha256(data).hexdigest())}


def _append_durably(path: Path, at: int, added: bytes) -> None:
    """Write at the end of what is committed: over what an attempt that failed may have left there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("r+b" if not is_new else "xb") as file:
        file.seek(at)
        file.write(added)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _hash(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=10).digest()
