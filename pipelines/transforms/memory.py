"""The indexes of a run that reads batch by batch: they live in this process, from one batch to the next."""

import ctypes
import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

Entries = list[Any]

GIVEN_BACK_EVERY = 500
"""Articles, in a process."""
_C = ctypes.CDLL(None)

Keeping = Literal["process", "runner", "nowhere"]
"""Where indexes live on: in this process from batch to batch, in the runner's state, or nowhere, as the input ends."""


@dataclass
class Memory:
    """Every index by its name, and what they were given to keep since that was last taken.

    `now` is how far event time has come, in milliseconds, and None where the input has ended. `entries` is how many
    entries each index would be made again from.
    """

    now: int | None = 0
    entries: Counter[str] = field(default_factory=Counter)
    _indexes: dict[str, Any] = field(default_factory=dict)
    _loaded: dict[str, list[Entries]] = field(default_factory=lambda: defaultdict(list))
    _kept: list[tuple[str, Entries]] = field(default_factory=list)

    def index(self, name: str, make: Callable[[], Any]) -> Any:
        """Return an index, made when it is first asked for, with what was loaded for it."""
        if name not in self._indexes:
            self._indexes[name] = make()
            with no_collection():
                for entries in self._loaded.pop(name, []):
                    self._indexes[name].load(entries)
        return self._indexes[name]

    def keep(self, name: str, entries: Entries) -> None:
        """Note what an index needs to be made again."""
        if entries:
            self._kept.append((name, entries))
            self.entries[name] += len(entries)

    def take_kept(self) -> list[tuple[str, Entries]]:
        """Return what was noted since the last call, in order."""
        kept, self._kept = self._kept, []
        return kept

    def load(self, kept: Iterable[tuple[str, Entries]]) -> None:
        """Take back what `take_kept` gave, before anything is added."""
        for name, entries in kept:
            self._loaded[name].append(entries)
            self.entries[name] += len(entries)

    def expire(self, before: int) -> list[tuple[str, Entries]]:
        """Let every index forget what it will not need after `before`; return all that they still need.

        What was loaded for one that nobody has asked for yet stays as it is.
        """
        unasked = [(name, entries) for name, loaded in self._loaded.items() for entries in loaded]
        stay = unasked + [(name, index.expire(before)) for name, index in self._indexes.items()]
        self.entries.clear()
        for name, entries in stay:
            self.entries[name] += len(entries)
        return stay

    def clear(self) -> None:
        """Forget everything."""
        self.now = 0
        for one in (self._indexes, self._loaded, self._kept, self.entries):
            one.clear()


@contextmanager
def no_collection() -> Iterator[None]:
    """Let Python look for no garbage meanwhile: where all that is made stays, looking takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class Heap:
    """What C's allocator keeps of what was freed, for later."""

    _articles: int = 0

    def note(self, articles: int) -> None:
        """Give it back to the system once in so many articles: some milliseconds. glibc alone can be asked."""
        self._articles += articles
        if self._articles >= GIVEN_BACK_EVERY:
            self._articles = 0
            if hasattr(_C, "malloc_trim"):
                _C.malloc_trim(0)


HEAP = Heap()
MEMORY = Memory()
