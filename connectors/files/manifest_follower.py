"""Follow the manifest of a folder that another process writes into: of what was read once only what came is read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from connectors.files.manifest import NAME, FolderDamaged


class ManifestReplaced(Exception):
    """The commits that were read are no longer in the manifest: the folder was made anew."""


class _Commit(NamedTuple):
    name: str
    sizes: dict[str, int]
    line: bytes


@dataclass
class ManifestFollower:
    """Reads on in a folder's manifest; `last` is the last commit that was read, "" before the first."""

    directory: Path
    last: str = ""
    _end: int = 0
    _last_line: bytes = b""

    def read(self) -> dict[str, int]:
        """Return the files that changed since and how many bytes of each are committed; at first, of all.

        So too where the manifest was written anew. A line that is not whole yet is left for later. Raises
        FileNotFoundError where there is no manifest, ManifestReplaced, and FolderDamaged where a line cannot be read.
        """
        sizes: dict[str, int] = {}
        names = set()
        with (self.directory / NAME).open("rb") as file:
            goes_on = self._goes_on(file)
            end, last = file.seek(self._end if goes_on else 0), None
            for commit in self._commits(file, end):
                sizes |= commit.sizes
                names.add(commit.name)
                end, last = end + len(commit.line), commit
        if not goes_on and self.last and self.last not in names:
            raise ManifestReplaced(f"{self.directory} was made anew: it has not the commits that were read so far.")
        if last is not None:
            self._end, self.last, self._last_line = end, last.name, last.line
        return sizes

    def read_again(self) -> None:
        """Let the next reading begin at the beginning."""
        self._end, self._last_line = 0, b""

    def _goes_on(self, file: BinaryIO) -> bool:
        """Return whether the last line that was read stands where it stood."""
        file.seek(self._end - len(self._last_line))
        return bool(self._last_line) and file.read(len(self._last_line)) == self._last_line

    def _commits(self, file: BinaryIO, at: int) -> Iterator[_Commit]:
        for line in file:
            if not line.endswith(b"\n"):
                return
            try:
                told = json.loads(line)
                yield _Commit(told["commit"], {one["file"]: int(one["bytes"]) for one in told["files"]}, line)
            except (ValueError, LookupError, TypeError) as error:
                raise FolderDamaged(f"{self.directory / NAME} is damaged at byte {at:,}: {error!r}.") from error
            at += len(line)
