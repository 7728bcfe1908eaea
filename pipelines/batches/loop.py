"""Read a batch, make its records, write them, remember: over and over, to the end of the input or until it is stopped.

A batch is done when its lines are in the ledger. Whatever ends a run before that costs the next one that batch.
"""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from filelock import FileLock, Timeout

from connectors.kafka.consume import NoSuchTopic
from connectors.kafka.event_clock import EventClock
from connectors.kafka.log_reader import TopicReplaced
from connectors.message import Delivery, Message
from pipelines.batches.batches import Batches
from pipelines.batches.begin import Beginning, begin
from pipelines.batches.job import Job
from pipelines.batches.outputs import Outputs, open_outputs
from pipelines.batches.progress import Progress
from pipelines.batches.state import Batch, StateLog, told_of
from pipelines.inputs import Decoder
from pipelines.options import KafkaSource, Settings
from pipelines.transforms.memory import HEAP, MEMORY

WAIT_S = 1.0
SKEW_MS = 60_000
"""A window is closed so long after event time has passed it."""
TICK_EVERY_S = 60.0
"""So often windows are closed where nothing comes."""
ANEW_WITHIN_S = 60.0
"""So long a topic may be gone before it is made anew."""
FORGET_EVERY_MS = 6 * 60 * 60 * 1000


class Stopped(Exception):
    """The run was told to stop while it waited for a broker; the message says what that means."""


class AlreadyRuns(Exception):
    """Another run does the same."""


@dataclass
class BatchRun:
    """One run on this machine. `watch` is called whenever there is something to tell, and every second."""

    settings: Settings
    watch: Callable[[Progress], None]
    stop: Event = field(default_factory=Event)
    progress: Progress = field(default_factory=Progress)
    clock: EventClock = field(default_factory=EventClock)
    _behind: Collection[int] = ()

    def go(self) -> Progress:
        """Run to the end of the input, or until `stop` is set."""
        with ExitStack() as stack:
            stack.callback(MEMORY.clear)
            home = state_home(self.settings)
            stack.enter_context(_alone(home))
            outputs = open_outputs(self.settings, self._wait)
            stack.callback(outputs.close)
            state = StateLog(home, {"horizon": self.settings.horizon, "window": self.settings.window})
            stack.callback(state.close)
            job = Job(self.settings, Decoder(self.settings.max_message_bytes, self.settings.registry).decode)
            while not self._read_all(job, outputs, state):
                self.watch(self.progress)
        return self.progress

    def _read_all(self, job: Job, outputs: Outputs, state: StateLog) -> bool:
        """Read one source to its end; False where it was replaced by another under its name, which is to be read."""
        beginning = self._begin(outputs, state)
        self.progress.total, self.progress.has_begun = beginning.batches.total, True
        for event in beginning.events:
            self.clock.advance(event)
        try:
            self._loop(job, outputs, state, beginning)
        except TopicReplaced:
            return False
        finally:
            beginning.batches.close()
        return True

    def _begin(self, outputs: Outputs, state: StateLog) -> Beginning:
        """Find out where to begin; a topic that was there before may be on its way to be made anew."""
        before, since = bool(self.progress.read), time.monotonic()
        while True:
            try:
                return begin(self.settings, outputs, state, lambda: self.watch(self.progress))
            except NoSuchTopic:
                if not before or self.stop.wait(WAIT_S) or time.monotonic() - since > ANEW_WITHIN_S:
                    raise

    def _loop(self, job: Job, outputs: Outputs, state: StateLog, beginning: Beginning) -> None:
        batches, ticked, forgotten = beginning.batches, time.monotonic(), self.clock.reached or 0
        if beginning.position and not batches.position.items() <= beginning.position.items():
            state.add(Batch([], self._mark(outputs, beginning)))  # the log ends before where it was read to
        while not self.stop.is_set():
            messages = batches.read(WAIT_S)
            self._look(batches, state)
            ended = batches.is_at_end and not self.settings.endless
            idle = time.monotonic() - ticked > TICK_EVERY_S
            to_close = ended and (self.progress.read or beginning.position)  # an endless run leaves windows open
            if messages or to_close or (idle and self.settings.endless):
                ticked = time.monotonic()
                MEMORY.now = None if ended else self._now()
                deliveries = job.run(messages)
                self._note(messages, deliveries, outputs.commit(deliveries))
                state.add(Batch(MEMORY.take_kept(), self._mark(outputs, beginning)))
                HEAP.note(len(messages))
                if ended or (self._is_stream and abs((self.clock.reached or 0) - forgotten) > FORGET_EVERY_MS):
                    forgotten = self.clock.reached or 0
                    self._forget(outputs, state, beginning)
            self.watch(self.progress)
            if ended:
                break

    def _look(self, batches: Batches, state: StateLog) -> None:
        """Note what the source and the state say of themselves."""
        self.progress.expired, self.progress.waiting = batches.expired, batches.waiting_s
        self.progress.lag, self.progress.state_bytes = dict(batches.lag), state.size
        self._behind = batches.behind

    def _note(self, messages: list[Message], deliveries: list[Delivery], written: list[Delivery]) -> None:
        self.progress.add(messages, written, time.time())
        for one in deliveries:
            if one.line is not None and one.outcome != "rejection" and one.line.timestamp is not None:
                self.clock.advance(one.line.timestamp, one.place[1] if one.place else None)
        self.progress.reached = self.clock.reached

    def _mark(self, outputs: Outputs, beginning: Beginning) -> dict[str, Any]:
        batches = beginning.batches
        beginning.position |= batches.position
        self.progress.position = beginning.position
        marks = {name: mark for output in outputs.all for name, mark in output.mark().items()}
        if not batches.is_behind:
            beginning.since = marks
        told = {"position": dict(beginning.position), "events": list(self.clock.recent), "since": beginning.since}
        return told | marks

    def _forget(self, outputs: Outputs, state: StateLog, beginning: Beginning) -> None:
        """Let go of what the horizon has passed."""
        stay = MEMORY.expire(self._reached())
        if state.is_long:
            state.rewrite(Batch(stay, self._mark(outputs, beginning)))

    @property
    def _is_stream(self) -> bool:
        """Return whether what comes is in some order of time; files may be in any, and are remembered to their end."""
        return isinstance(self.settings.source, KafkaSource)

    def _now(self) -> int:
        """Return how far windows may be closed: by the clock on the wall too, where the input never ends."""
        if not self._is_stream:
            return 0
        now = self.clock.now() if self.settings.endless else self._reached()
        return max(0, self.clock.hold(int(now or 0), self._behind) - SKEW_MS)

    def _reached(self) -> int:
        """Return how far event time has come: never beyond the present, whatever dates the news bears."""
        return self.clock.hold(min(self.clock.reached or 0, int(time.time() * 1000)), self._behind)

    def _wait(self, seconds: float) -> None:
        self.progress.waiting = seconds
        self.watch(self.progress)
        if self.stop.is_set():
            raise Stopped(
                f"Kafka has not answered for {seconds:.0f} s. What was read and has no line in the ledger is for the "
                "next run: start it when Kafka is back."
            )


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the lock of a run; raises AlreadyRuns where another has it. The system takes it back from what is killed."""
    try:
        with FileLock(home / "lock", timeout=0):
            yield
    except Timeout as error:
        words = "Another run reads from there and writes to there (`rasid status` shows it): stop it first."
        raise AlreadyRuns(words) from error


def state_home(settings: Settings) -> Path:
    """Return the folder where this machine keeps what runs between these places remember."""
    home = settings.state / settings.name
    with told_of(home):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return home
