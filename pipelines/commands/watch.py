"""Show a run while it runs: one live line where a person watches, and a file that `rasid status` reads."""

import json
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from pipelines.batches.progress import Progress
from pipelines.commands.status import WAITING_AFTER_S
from pipelines.core.records.ledger import RECORD_OF
from pipelines.options import KafkaSource, Settings
from schemas.codec import decode

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
    updated: float = field(default_factory=time.time)
    heard: float = field(default_factory=time.monotonic)
    progress: Progress = field(default_factory=Progress)
    _written: float = 0.0

    def __call__(self, progress: Progress) -> None:
        """Note how far the run has come."""
        self.progress, self.heard, self.updated = progress, time.monotonic(), time.time()
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
        if progress.waiting >= WAITING_AFTER_S:
            return f"Kafka does not answer, for {progress.waiting:.0f} s; waiting, {progress.read:,} read so far"
        of_all = f" of {progress.total:,}" if progress.total else ""
        done = sum(progress.written[name] for name in RECORD_OF)
        return f"{progress.read:,}{of_all} read, {done:,} recorded, {progress.written['event']:,} event records"

    @property
    def is_stuck(self) -> bool:
        """Return whether nothing was heard for so long that the run had better be started again."""
        return time.monotonic() - self.heard > STUCK_AFTER_S

    @property
    def is_ready(self) -> bool:
        """Return whether messages are read, from brokers that answer."""
        return self.progress.has_begun and self.progress.waiting < WAITING_AFTER_S

    @property
    def health(self) -> dict[str, Any]:
        """Return how the run is, for machines that ask."""
        progress = self.progress
        return {
            "alive": True,
            "ready": self.is_ready,
            "progressing": not self.is_stuck,
            "silent_s": round(time.monotonic() - self.heard, 1),
            "waiting_s": round(progress.waiting, 1),
            "read": progress.read,
            "said": self.line(),
        }

    def is_well(self, checks: Sequence[str]) -> bool:
        """Return whether all of these are so of the run's health."""
        health = self.health
        return all(health[name] for name in checks)

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
            "reasons": dict(progress.reasons),
            "lag": {str(partition): count for partition, count in progress.lag.items()},
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
                if watcher.is_stuck:
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


def about(settings: Settings) -> dict[str, Any]:
    """Return what `rasid status` says of a run that never changes."""
    source = settings.source
    topic, bootstrap = None, None
    if isinstance(source, KafkaSource):
        topic, bootstrap = source.topic, source.connection.bootstrap
    return {
        "from": f"kafka://{bootstrap}/{topic}" if topic else "files",
        "topic": topic,
        "bootstrap": bootstrap,
        "to": [
            *([f"kafka://{settings.to_kafka.bootstrap}"] if settings.to_kafka else []),
            *([f"files:{settings.to_files}"] if settings.to_files else []),
        ],
        "endless": settings.endless,
    }
