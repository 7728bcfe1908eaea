"""Show a run while it runs: one live line where a person watches, and a file that `rasid status` reads."""

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from pipelines.batches.loop import Progress
from schemas.codec import decode

OUTCOMES = ("article", "revision", "duplicate", "rejection")
WRITE_EVERY_S = 1.0
STUCK_AFTER_S = 600.0
STUCK = 4
"""The exit code of a run that has stood still for ten minutes though nothing kept it from going on."""


@dataclass
class Watcher:
    """Told of all progress; `status` is the file to write it to, and `about` what of the run never changes."""

    status: Path
    about: dict[str, Any]
    started: float = field(default_factory=time.time)
    heard: float = field(default_factory=time.monotonic)
    progress: Progress = field(default_factory=Progress)
    _written: float = 0.0

    def __call__(self, progress: Progress) -> None:
        """Note how far the run has come."""
        self.progress, self.heard = progress, time.monotonic()
        if self.heard - self._written >= WRITE_EVERY_S:
            self._written = self.heard
            self.write("running")

    def write(self, state: str) -> None:
        """Write the status file, whole or not at all; a run does not end because nobody can watch it."""
        aside, told = self.status.with_suffix(".writing"), json.dumps(self._told(state), ensure_ascii=False, indent=1)
        with suppress(OSError):
            aside.write_text(told, "utf-8")
            aside.replace(self.status)

    def line(self) -> str:
        """Return how far it has come in one line."""
        progress = self.progress
        if progress.waiting >= 2:
            return f"Kafka does not answer, for {progress.waiting:.0f} s; waiting, {progress.read:,} read so far"
        of_all = f" of {progress.total:,}" if progress.total else ""
        done = sum(progress.written[name] for name in OUTCOMES)
        return f"{progress.read:,}{of_all} read, {done:,} recorded, {progress.written['event']:,} event records"

    def _told(self, state: str) -> dict[str, Any]:
        progress = self.progress
        reached = progress.reached and datetime.fromtimestamp(progress.reached / 1000, UTC).isoformat()
        return {
            **self.about,
            "state": state,
            "pid": os.getpid(),
            "started": self.started,
            "updated": time.time(),
            "read": progress.read,
            "written": dict(progress.written),
            "expired": progress.expired,
            "waiting_s": progress.waiting,
            "event_time": reached,
            "position": progress.position,
            "rejections": [_tell_rejection(decode(one.value).fields) for one in progress.rejections],
        }


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Show the live line while the run goes on, twice a second, and end a run that has got stuck."""
    ended = threading.Event()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("starting")

        def show() -> None:
            while not ended.wait(0.5):
                bar.update(task, description=watcher.line())
                if time.monotonic() - watcher.heard > STUCK_AFTER_S:
                    _end_stuck(watcher)

        thread = threading.Thread(target=show, daemon=True)
        thread.start()
        state = "failed"
        try:
            yield
            state = "ended"
        finally:
            ended.set()
            thread.join()
            watcher.write(state)


def _end_stuck(watcher: Watcher) -> None:
    watcher.write("stuck")
    sys.stderr.write(
        f"\nrasid: the run has stood still for {STUCK_AFTER_S / 60:.0f} minutes, for no reason that it knows; it ends "
        f"with code {STUCK}. Start it again: it goes on where its ledger ends.\n"
    )
    os._exit(STUCK)


def _tell_rejection(fields: dict[str, Any]) -> dict[str, Any]:
    origin = fields["origin"]
    place = f"{origin['topic']}/{origin['partition']}@{origin['offset']}"
    return {"origin": place, "reason": fields["reason"], "message": fields["message"]}
