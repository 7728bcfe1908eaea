"""Add records to files by record, date and hour of event time, batch by batch: each batch whole or not at all.

A batch is durable when its line is in the manifest. What a crash left behind it is cut off when the folder is next
opened, and what is in a file already is not added again: so a batch may be written anew, and nothing is ever twice.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from connectors.files.durable import append_durably
from connectors.files.layout import FileFormat, by_file
from connectors.files.manifest import Entry, FolderDamaged, Manifest
from connectors.message import Delivery

LEDGER = "ledger"
WRITERS = 8
_WHAT_TO_DO = "Put back the file as it was, or delete it to go on without what it held."
FILES_HELD = 400
"""So many files are remembered with what they hold; the others are read again when something comes for them."""


class FolderUnusable(Exception):
    """Another run writes into this folder, or it cannot be written to, or is full; the message says which."""


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
            self.manifest = Manifest.read(self.directory)
            self._sweep()
        except Timeout as error:
            told = f"Another run is writing to {self.directory}: stop it, or choose another folder."
            raise FolderUnusable(told) from error
        except OSError as error:
            raise self._cannot_write(error) from error
        self._pool = ThreadPoolExecutor(WRITERS)
        return self

    def close(self) -> None:
        """Let the folder go."""
        self._pool.shutdown()
        self._lock.release()

    def add(self, deliveries: Iterable[Delivery]) -> None:
        """Add records, then the lines that rest on them, and commit it all; raises FolderUnusable: the disk is full."""
        try:
            self._add(by_file(deliveries, self.format.suffix))
        except OSError as error:
            self._files.clear()  # what they hold is no longer what is committed
            raise self._cannot_write(error) from error
        while len(self._files) > FILES_HELD:
            self._files.popitem(last=False)

    def _cannot_write(self, error: OSError) -> FolderUnusable:
        left = "What was read and has no line in the ledger is for the next run."
        return FolderUnusable(f"Records cannot be written to {self.directory}: {error.strerror or error}. {left}")

    def _add(self, named: Mapping[str, Sequence[bytes]]) -> None:
        """Add to files. New ones are committed empty first: what a crash leaves in them belongs to no commit."""
        files = dict(zip(named, self._each(self._hold, [(file,) for file in named]), strict=True))
        if new := {one.entry.file: one.entry for one in files.values() if one.entry.file not in self.manifest.entries}:
            self.manifest.commit(new)
        changed: dict[str, Entry] = {}
        for is_line in (False, True):
            group = [(files[file], values) for file, values in named.items() if is_line == (_record(file) == LEDGER)]
            changed |= {one.file: one for one in self._each(self._append, group) if one is not None}
        if changed:
            self.manifest.commit(changed)
        if self.manifest.is_long:
            self.manifest.rewrite()

    def _each(self, function: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Call a function side by side, and return what it returns when the last call has ended, even if one failed."""
        calls = [self._pool.submit(function, *some) for some in arguments]
        wait(calls)
        return [call.result() for call in calls]

    def _hold(self, file: str) -> _Open:
        if file not in self._files:
            self._files[file] = self._load(_record(file), file)
        self._files.move_to_end(file)
        return self._files[file]

    def _append(self, held: _Open, values: Sequence[bytes]) -> Entry | None:
        """Add to a file what is not in it yet, durably; return its entry, None where nothing was new."""
        record, path = _record(held.entry.file), self.directory / held.entry.file
        new = [value for value in values if _hash(value) not in held.holds]
        if not new:
            return None
        added = (b"" if held.entry.bytes else self.format.header(record)) + self.format.block(record, new)
        append_durably(path, held.entry.bytes, added)
        held.sha256.update(added)
        held.holds.update(map(_hash, new))
        size, records = held.entry.bytes + len(added), held.entry.records + len(new)
        held.entry = Entry(held.entry.file, records, size, held.sha256.hexdigest())
        return held.entry

    def _load(self, record: str, file: str) -> _Open:
        """Read what a file holds; one that was begun with another schema is left alone, and another begun beside it."""
        header, stem = self.format.header(record), file.removesuffix(self.format.suffix)
        for part in count(1):
            file = f"{stem}-{part}{self.format.suffix}" if part > 1 else file
            entry, path = self.manifest.entries.get(file), self.directory / file
            data = self._committed(path, entry) if entry is not None and path.exists() else b""
            if data.startswith(header):
                break
            if not data and (entry is not None or not path.exists()):
                return _Open(Entry(file, 0, 0, hashlib.sha256().hexdigest()), hashlib.sha256(), set())
        assert entry is not None
        return _Open(entry, hashlib.sha256(data), {_hash(value) for value in self.format.values(path, record)})

    def _committed(self, path: Path, entry: Entry) -> bytes:
        """Return what is committed of a file, and cut off what is not; raises FolderDamaged where it is another."""
        _cut_off(path, entry)
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise FolderDamaged(f"{path} is not what the manifest says. {_WHAT_TO_DO}")
        return data

    def _sweep(self) -> None:
        """Cut off what was never committed. A file that no commit names is not ours: what is whole in it stays."""
        adopted: dict[str, Entry] = {}
        for path in sorted(self.directory.glob(f"*/date=*/hour=*/*{self.format.suffix}")):
            file = path.relative_to(self.directory).as_posix()
            entry = self.manifest.entries.get(file)
            if entry is None:
                adopted |= self._adopt(path, file)
            elif entry.bytes:
                _cut_off(path, entry)
            else:
                path.unlink()
        for left in self.directory.glob("**/.*.writing"):
            left.unlink()
        if self.manifest.is_worn:
            self.manifest.rewrite()
        if adopted:
            self.manifest.commit(adopted)

    def _adopt(self, path: Path, file: str) -> dict[str, Entry]:
        whole = self.format.whole_length(path)
        if whole == 0:
            raise FolderDamaged(f"{path} is in no manifest and holds no whole record: take it away.")
        os.truncate(path, whole)
        records = sum(1 for _ in self.format.values(path, _record(file)))
        return {file: Entry(file, records, whole, hashlib.sha256(path.read_bytes()).hexdigest())}


def _cut_off(path: Path, entry: Entry) -> None:
    """Cut off what is not committed; raises FolderDamaged where the file is shorter than what is."""
    size = path.stat().st_size
    if size < entry.bytes:
        raise FolderDamaged(f"{path} has {size:,} bytes, and the manifest says {entry.bytes:,}. {_WHAT_TO_DO}")
    if size > entry.bytes:
        os.truncate(path, entry.bytes)


def _record(file: str) -> str:
    return file.partition("/")[0]


def _hash(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=10).digest()
