"""Watches: filters that a person saved under a name, in a file beside the page's database."""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from pipelines.page.choice import Choice

MOST = 200
LONGEST = 80


class WatchesUnreadable(Exception):
    """The file of watches is no such file: a person changed it, or a disk damaged it."""


class Watch(NamedTuple):
    """A saved filter."""

    name: str
    choice: Choice


def read_watches(path: Path) -> list[Watch]:
    """Return the watches of a file, in the order in which they were saved; raises WatchesUnreadable."""
    if not path.exists():
        return []
    try:
        told = json.loads(path.read_text("utf-8"))
        if not isinstance(told, list):
            raise TypeError(told)
        return [Watch(_text(one["name"]), Choice.read(_texts(one["choice"]))) for one in told]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise WatchesUnreadable(f"{path} cannot be read: {error!r}.") from error


def save_watch(path: Path, name: str, query: str) -> None:
    """Save a filter under a name; one of that name is replaced."""
    watch = Watch(name.strip()[:LONGEST] or query[:LONGEST], Choice.read(dict(parse_qsl(query))))
    kept = [one for one in read_watches(path) if one.name != watch.name]
    _write(path, [*kept, watch][-MOST:])


def delete_watch(path: Path, name: str) -> None:
    """Forget a watch."""
    _write(path, [one for one in read_watches(path) if one.name != name])


def _text(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError(told)
    return told


def _texts(told: Any) -> dict[str, str]:
    if not isinstance(told, dict):
        raise TypeError(told)
    return {_text(name): _text(value) for name, value in told.items()}


def _write(path: Path, watches: list[Watch]) -> None:
    """Write all watches, whole or not at all."""
    new = path.with_suffix(".writing")
    text = json.dumps([{"name": one.name, "choice": one.choice.parts} for one in watches], ensure_ascii=False, indent=1)
    with new.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
