"""Share files out to parts, each small enough to be carried beside the working tree in one call."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from pipelines.training.device.course.arrays import CONTENTS, hash_of

CARRIED, _SPARE = 64 * 2**20, 2**18
"""So many bytes travel in a call, the working tree counted in."""


def room_beside(tree: Path) -> int:
    """Return how many bytes can be carried beside the files of a working tree that git does not ignore."""
    listed = subprocess.run(
        ["git", "-C", str(tree), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
    )
    names = {name for name in listed.stdout.decode().split("\0") if name}
    return CARRIED - _SPARE - sum((tree / name).lstat().st_size for name in names if (tree / name).is_file())


def share_out(sizes: Sequence[tuple[str, int]], room: int) -> dict[str, int]:
    """Return the part that each file goes in, in order: part 1 is what is needed first.

    Raises ValueError where one file alone is too large.

    >>> share_out([("a", 5), ("b", 4), ("c", 3)], 8)
    {'a': 1, 'b': 2, 'c': 2}
    """
    parts: dict[str, int] = {}
    part, left = 1, room
    for name, size in sizes:
        if size > room:
            raise ValueError(f"{name} has {size} bytes, only {room} can be carried beside the working tree")
        if size > left:
            part, left = part + 1, room
        parts[name], left = part, left - size
    return parts


def make_parts(files: Sequence[Path], folder: Path, room: int) -> dict[int, list[Path]]:
    """Move files into `folder`/1 and so on; the first part also says which part holds what, with its SHA-256."""
    hashes = {path.name: hash_of(path) for path in files}
    listed = 150 * len(files)
    places = share_out([(CONTENTS, listed), *((path.name, path.stat().st_size) for path in files)], room)
    found: dict[int, list[Path]] = {}
    for path in files:
        own = folder / str(places[path.name])
        own.mkdir(exist_ok=True)
        found.setdefault(places[path.name], []).append(path.replace(own / path.name))
    contents = {name: f"{places[name]} {hashes[name]}" for name in hashes}
    (folder / "1" / CONTENTS).write_text(json.dumps(contents, indent=1), "utf-8")
    return found
