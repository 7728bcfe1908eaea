"""The manifest of a folder: which files it holds, how long each is, and what it hashes to, commit by commit.

`_manifest.jsonl` has a line for each commit, with the new state of every file that the commit changed; the last line
that names a file is true of it. A line is there whole or not at all, so a commit is too, however many files it changed.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from connectors.files.durable import sync_folder

NAME = "_manifest.jsonl"
REMEMBERED = 1000
"""So many of the last commits can be recognised."""
REWRITE_AT_LEAST = 16 * 1024 * 1024


class FolderDamaged(Exception):
    """A folder of records is not as its manifest says; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file is: `records` and `bytes` long; `sha256` is of all its bytes."""

    file: str
    records: int
    bytes: int
    sha256: str


@dataclass
class Manifest:
    """The manifest of one folder; read it before anything is written."""

    directory: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    commits: list[str] = field(default_factory=list)
    _changed: list[list[str]] = field(default_factory=list, init=False)
    _size: int = field(default=0, init=False)
    _rewritten: int = field(default=0, init=False)

    @classmethod
    def read(cls, directory: Path) -> "Manifest":
        """Read a folder's manifest, and change nothing; empty where there is none.

        A line that a crash cut short is no line. Raises FolderDamaged where another cannot be read.
        """
        manifest = cls(directory)
        for line in _lines(directory / NAME):
            try:
                told = json.loads(line)
                manifest.entries |= {one["file"]: Entry(**one) for one in told["files"]}
                manifest._note(told["commit"], [one["file"] for one in told["files"]], len(line))
            except (ValueError, LookupError, TypeError) as error:
                raise FolderDamaged(f"{directory / NAME} is damaged at byte {manifest._size:,}: {error!r}.") from error
        return manifest

    @property
    def last(self) -> str:
        """Return the name of the last commit, which depends on all before it; "" before the first."""
        return self.commits[-1] if self.commits else ""

    def commit(self, changed: Mapping[str, Entry]) -> None:
        """Add a commit, durably."""
        files = [asdict(changed[name]) for name in sorted(changed)]
        name = hashlib.sha256(json.dumps([self.last, files]).encode()).hexdigest()[:20]
        line = json.dumps({"commit": name, "files": files}).encode() + b"\n"
        with (self.directory / NAME).open("ab") as file:
            file.truncate(self._size)  # a crash, or a full disk, may have left half a line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        self.entries |= changed
        self._note(name, [one["file"] for one in files], len(line))

    @property
    def is_long(self) -> bool:
        """Return whether it has grown to twice what it was when it was last written anew."""
        return self._size > max(REWRITE_AT_LEAST, 2 * self._rewritten)

    @property
    def is_worn(self) -> bool:
        """Return whether it is to be written anew: it is long, torn or not there, or names files that are gone."""
        path = self.directory / NAME
        is_torn = not path.exists() or path.stat().st_size != self._size
        return self.is_long or is_torn or not all((self.directory / name).exists() for name in self.entries)

    def rewrite(self) -> None:
        """Write the manifest anew and short: the last commits by name, and every file that is still there."""
        self.entries = {name: one for name, one in self.entries.items() if (self.directory / name).exists()}
        kept = self.commits[-REMEMBERED:]
        lines: list[dict[str, Any]] = [{"commit": name, "files": []} for name in kept[:-1]]
        files = [asdict(self.entries[name]) for name in sorted(self.entries)]
        lines += [{"commit": name, "files": files} for name in kept[-1:]]
        temporary = self.directory / f".{NAME}.writing"
        with temporary.open("wb") as file:
            file.writelines(json.dumps(line).encode() + b"\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
            self._size = self._rewritten = file.tell()
        temporary.replace(self.directory / NAME)
        sync_folder(self.directory)
        self.commits, self._changed = kept, self._changed[-REMEMBERED:]

    def changed_since(self, commit: str) -> set[str]:
        """Return the files that the commits after one have changed, and others where that was written anew since."""
        later = self._changed[self.commits.index(commit) + 1 :] if commit in self.commits else [list(self.entries)]
        return {name for names in later for name in names}

    def _note(self, commit: str, changed: list[str], length: int) -> None:
        self.commits.append(commit)
        self._changed.append(changed)
        if len(self.commits) > 2 * REMEMBERED:
            del self.commits[:-REMEMBERED], self._changed[:-REMEMBERED]
        self._size += length


def committed_files(directory: Path, record: str) -> Iterator[tuple[str, Path, int | None]]:
    """Yield the files of one record, hour by hour: the name below the folder, the path, and how long it is.

    Its length is that of what is committed, and None where no commit names the file; a run may be writing to it.
    """
    # In this order: a file is in the manifest before it is there.
    paths, entries = sorted(directory.glob(f"{record}/date=*/hour=*/*.avro")), Manifest.read(directory).entries
    for path in paths:
        name = path.relative_to(directory).as_posix()
        yield name, path, entries[name].bytes if name in entries else None


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the whole lines of a file."""
    if path.exists():
        with path.open("rb") as file:
            yield from (line for line in file if line.endswith(b"\n"))
