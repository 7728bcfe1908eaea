"""Write so that it stays written, whatever ends the process or the machine."""

import os
from pathlib import Path


def append_durably(path: Path, at: int, added: bytes) -> None:
    """Write at the end of what is committed: over what an attempt that failed may have left there."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in path.parents[1:4]:  # a folder is there when the one above says so
            sync_folder(folder)
    is_new = not path.exists()
    with path.open("xb" if is_new else "r+b") as file:
        file.seek(at)
        file.write(added)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make what a folder names durable."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
