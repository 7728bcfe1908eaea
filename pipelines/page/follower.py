"""A thread that follows a source into the store, and tells the open pages when something is new."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from pipelines.page.pruning import prune
from pipelines.page.sources import Source, SourceReplaced
from pipelines.page.store import Positions, Store

LOG = logging.getLogger("rasid")
LOOK_EVERY_S = 0.5
PRUNE_EVERY_S = 60 * 60.0
BEAT_S = 15.0
"""So often an open page hears that the connection lives."""


@dataclass
class Follower:
    """Reads on and on. `open_source` is called with what was read so far, and again where the source was replaced.

    `anew` counts how often all was read anew for that.
    """

    store: Store
    open_source: Callable[[Positions], Source]
    problems: int = 0
    is_behind: bool = True
    is_missing: bool = False
    anew: int = 0
    failure: BaseException | None = None
    lag: dict[str, int] | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    on_failure: Callable[[], None] = lambda: None
    _pruned: float | None = None
    _listeners: set["_Listener"] = field(default_factory=set)

    def start(self) -> None:
        """Follow in a thread of its own."""
        self._thread = threading.Thread(target=self._run, daemon=True, name="rasid-page-follower")
        self._thread.start()

    def end(self) -> None:
        """Let the thread end, when what is at hand is in the store, and all pages' connections."""
        self.stop.set()
        self.tell()

    def close(self) -> None:
        """End the thread and all pages' connections, and wait for the thread."""
        self.end()
        self._thread.join()

    async def changes(self) -> AsyncIterator[int | None]:
        """Yield the store's number of the newest change: now, and when there is news; None is a sign of life."""
        listener = _Listener(asyncio.get_running_loop(), asyncio.Event())
        self._listeners.add(listener)
        try:
            is_news = True
            while not self.stop.is_set():
                listener.news.clear()
                yield self.store.seq if is_news else None
                try:
                    is_news = await asyncio.wait_for(listener.news.wait(), BEAT_S)
                except TimeoutError:
                    is_news = False
        finally:
            self._listeners.discard(listener)

    def look(self, source: Source) -> None:
        """Read once what is there."""
        for batch in source.read():
            for problem in batch.problems:
                LOG.warning(f"A record cannot be read, and is left out: {problem}")
            self.problems += len(batch.problems)
            if batch.positions and self.store.add(batch.stored, batch.positions):
                self.tell()
            if self.stop.is_set():
                return
        self.lag = dict(source.lag) if source.lag is not None else None
        self._note(is_behind=bool(self.lag and any(self.lag.values())), is_missing=source.is_missing)

    def _note(self, *, is_behind: bool, is_missing: bool) -> None:
        """Note how far the reading is, and whether there is anything to read; pages are told where that changes."""
        if is_missing != self.is_missing:
            gone = "is not there any more. What was read of it stays on the page."
            LOG.warning(f"What the page is read from {gone if is_missing else 'is there again.'}")
        if (is_behind, is_missing) != (self.is_behind, self.is_missing):
            self.is_behind, self.is_missing = is_behind, is_missing
            self.tell()

    def _run(self) -> None:
        try:
            self._follow()
        except BaseException as error:  # noqa: BLE001 - handed to whoever started us, who ends with it
            self.fail(error)

    def fail(self, error: BaseException) -> None:
        """End the page with an error of a thread."""
        self.failure = error
        self.on_failure()

    def _follow(self) -> None:
        while not self.stop.is_set():
            try:
                source = self.open_source(self.store.positions())
            except SourceReplaced as replaced:
                self._begin_anew(replaced)
                continue
            try:
                while not self.stop.is_set():
                    self.look(source)
                    self._prune()
                    self.stop.wait(LOOK_EVERY_S)
            except SourceReplaced as replaced:
                self._begin_anew(replaced)
            finally:
                source.close()

    def _prune(self) -> None:
        """Every so often, when all is read that was there, take out what is old."""
        if not self.is_behind and (self._pruned is None or time.monotonic() - self._pruned > PRUNE_EVERY_S):
            self._pruned = time.monotonic()
            prune(self.store)

    def _begin_anew(self, replaced: SourceReplaced) -> None:
        LOG.warning(f"{replaced} All records are read again.")
        self.anew, self.is_behind = self.anew + 1, True
        self.store.forget()

    def tell(self) -> None:
        """Let every open page look whether something is new."""
        for listener in list(self._listeners):
            listener.tell()


@dataclass(eq=False)
class _Listener:
    loop: asyncio.AbstractEventLoop
    news: asyncio.Event

    def tell(self) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.news.set)
