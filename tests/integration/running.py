"""`rasid run` as a process of its own, as somebody would leave it running: started, watched, killed, started again."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.integration.desk import Desk

WITHIN_S, STOPPED_WITHIN_S = 480, 90  # what takes seconds takes minutes on a machine that does other things too


def await_that(condition: Callable[[], object], what: Callable[[], str], within_s: float = WITHIN_S) -> None:
    """Wait until a condition holds; fail with `what` says where it does not."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, what()
        time.sleep(0.2)


@dataclass
class Running:
    """A run between a desk's places, and what else it writes to; its state and its log lie in `folder`."""

    desk: Desk
    folder: Path
    more: Sequence[str] = ()
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    @property
    def log(self) -> str:
        return (self.folder / "run.log").read_text("utf-8")

    @property
    def command(self) -> list[str]:
        state = ("--state", str(self.folder / "state"))
        return [sys.executable, "-W", "ignore", "-m", "pipelines.cli", "run", *self.desk.places, *state, *self.more]

    def start(self) -> None:
        with (self.folder / "run.log").open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)

    @property
    def has_begun(self) -> bool:
        """Return whether it tells its status: before that, a signal ends it as it ends any program."""
        told = [json.loads(one.read_text("utf-8")) for one in (self.folder / "state").glob("*/status.json")]
        return any(status["pid"] == self.process.pid for status in told)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self, number: signal.Signals = signal.SIGTERM, code: int = 0) -> None:
        """Stop it, once it has begun; fails where it does not end soon and well, or leaves a trace behind."""
        await_that(lambda: self.has_begun, lambda: self.log[-3000:])
        self.process.send_signal(number)
        assert self.process.wait(STOPPED_WITHIN_S) == code, self.log[-3000:]
        assert "Traceback" not in self.log, self.log[-3000:]

    def await_lines(self, count: int, within_s: float = WITHIN_S) -> None:
        """Wait until the desk's messages have so many lines."""

        def there() -> bool:
            assert self.process.poll() is None, self.log[-3000:]
            return len(self.desk.lines()) >= count

        await_that(there, lambda: f"{len(self.desk.lines())} lines of {count}\n{self.log[-3000:]}", within_s)

    def await_said(self, words: str, within_s: float = WITHIN_S) -> None:
        """Wait until it has said something."""
        await_that(lambda: words in self.log, lambda: self.log[-3000:], within_s)


Start = Callable[..., Running]


def end_all(running: Iterable[Running]) -> None:
    """Kill what is still there."""
    for one in running:
        if one.process.poll() is None:
            os.kill(one.process.pid, signal.SIGCONT)
            one.kill()
