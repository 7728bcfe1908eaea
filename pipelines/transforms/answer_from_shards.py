"""Keep an index by shard, and answer each element from the index of its shard."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, ClassVar, Generic

import apache_beam as beam
from apache_beam import DoFn, PCollection
from apache_beam.coders import PickleCoder, VarIntCoder
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.transforms.userstate import BagStateSpec, ReadModifyWriteStateSpec, TimerSpec, on_timer
from apache_beam.transforms.window import GlobalWindow, TimestampedValue
from apache_beam.utils.timestamp import Timestamp
from apache_beam.utils.windowed_value import WindowedValue

from pipelines.core.units import DAY
from pipelines.transforms.index import E, Index, T, U
from pipelines.transforms.memory import MEMORY, Keeping
from pipelines.transforms.windowing import emit_after_each

MOST_TOGETHER = 1000


@dataclass
class AnswerFromShards(beam.PTransform, Generic[T, U, E]):
    """Group elements keyed by shard, and answer each group from that shard's index.

    Kept by the runner, it costs one state read and two writes a group, however many elements it has: a state read is a
    round trip on Flink. The index itself stays in the worker's memory; a version cell tells when it must be read back
    from the bag (a restart, a moved shard, a failed bundle). Timers are set only there: a bounded job ends by itself,
    and its watermark jumps from nothing to the end. `name` is the index's own, in a run.
    """

    name: str
    index: Callable[[], Index[T, U, E]]
    answers: Any
    keeping: Keeping

    def expand(self, elements: "PCollection[tuple[int, T]]") -> "PCollection[U]":
        """Wire it; the elements' windows are forgotten, their event times come from the index."""
        answer = _ANSWERS[self.keeping](self.name, self.index)
        at_once = emit_after_each(endless=self.keeping == "runner")
        return (
            (elements if self.keeping == "process" else elements | "AtOnce" >> at_once)
            | "Together" >> beam.ParDo(_Gather()).with_output_types(tuple[int, list[Any]])
            | "ByShard" >> beam.GroupByKey()
            | "Answer" >> beam.ParDo(answer).with_output_types(self.answers)
        )


@dataclass
class _Gather(DoFn):
    """Send what a bundle brings to a shard as one list: cheaper, and an index can put it in order.

    A runner may hand on elements by their event time and in no order where that is equal, as it is for a text and its
    correction an hour later under the same date.
    """

    waiting: dict[int, list[tuple[Timestamp, Any]]] = field(default_factory=lambda: defaultdict(list))

    def start_bundle(self) -> None:
        self.waiting.clear()

    def process(self, element: tuple[int, Any], at: Timestamp = DoFn.TimestampParam) -> None:
        shard, one = element
        self.waiting[shard].append((at, one))

    def finish_bundle(self) -> Iterator[WindowedValue]:
        for shard, waiting in self.waiting.items():
            for first in range(0, len(waiting), MOST_TOGETHER):
                some = waiting[first : first + MOST_TOGETHER]
                yield WindowedValue((shard, [one for _, one in some]), min(at for at, _ in some), (GlobalWindow(),))


@dataclass
class _Held:
    version: int
    index: Index[Any, Any, Any]
    newest: float = 0  # the latest event time of an answer, in seconds, and never later than now


@dataclass
class _AnswerOnce(DoFn):
    """Answer all that a shard is ever asked: on bounded input there is one group a shard, and nothing to remember."""

    name: str
    make_index: Callable[[], Index[Any, Any, Any]]

    def process(self, element: tuple[int, Iterable[list[Any]]]) -> Iterator[TimestampedValue]:
        outputs, _ = self.make_index().add(list(chain.from_iterable(element[1])))
        for milliseconds, output in outputs:
            yield TimestampedValue(output, Timestamp(micros=milliseconds * 1000))


@dataclass
class _AnswerHere(DoFn):
    """Answer from an index of this process: a run that reads batch by batch has one group a batch, and one shard."""

    name: str
    make_index: Callable[[], Index[Any, Any, Any]]

    def process(self, element: tuple[int, Iterable[list[Any]]]) -> Iterator[TimestampedValue]:
        index = MEMORY.index(self.name, self.make_index)
        outputs, kept = index.add(list(chain.from_iterable(element[1])))
        MEMORY.keep(self.name, kept)
        for milliseconds, output in outputs:
            yield TimestampedValue(output, Timestamp(micros=milliseconds * 1000))


@dataclass
class _Answer(DoFn):
    name: str
    make_index: Callable[[], Index[Any, Any, Any]]

    VERSION: ClassVar = ReadModifyWriteStateSpec("version", VarIntCoder())
    ENTRIES: ClassVar = BagStateSpec("entries", PickleCoder())
    EXPIRY: ClassVar = TimerSpec("expiry", TimeDomain.WATERMARK)
    # An index for each shard this worker process has met, for all its threads: a key is never in two bundles at once.
    held: ClassVar[dict[tuple[str, int], _Held]] = {}

    def process(
        self,
        element: tuple[int, Iterable[list[Any]]],
        earliest: Timestamp = DoFn.TimestampParam,
        version: Any = DoFn.StateParam(VERSION),
        entries: Any = DoFn.StateParam(ENTRIES),
        expiry: Any = DoFn.TimerParam(EXPIRY),
    ) -> Iterator[TimestampedValue]:
        shard, asked = element[0], list(chain.from_iterable(element[1]))
        if not asked:  # Flink ends with a pane more, which may have nothing in it
            return
        held = self._hold(shard, version, entries)
        outputs, kept = held.index.add(asked)
        if kept:
            entries.add(kept)
        if held.version == 0:
            expiry.set(earliest + DAY / 1000)
        self._bump(shard, held, version)
        held.newest = max([held.newest, *(min(at / 1000, time.time()) for at, _ in outputs)])
        for milliseconds, output in outputs:
            yield TimestampedValue(output, Timestamp(micros=milliseconds * 1000))

    def _hold(self, shard: int, version: Any, entries: Any) -> _Held:
        """Return the shard's index; an error before it is held again leaves none behind, rather than half a change."""
        current = version.read() or 0
        held = self.held.pop((self.name, shard), None)
        if held is None or held.version != current:
            held = _Held(current, self.make_index())
            for kept in entries.read():
                held.index.load(kept)
        return held

    def _bump(self, shard: int, held: _Held, version: Any) -> None:
        held.version += 1
        version.write(held.version)
        self.held[self.name, shard] = held

    @on_timer(EXPIRY)
    def forget(
        self,
        shard: int = DoFn.KeyParam,
        fired: Timestamp = DoFn.TimestampParam,
        version: Any = DoFn.StateParam(VERSION),
        entries: Any = DoFn.StateParam(ENTRIES),
        expiry: Any = DoFn.TimerParam(EXPIRY),
    ) -> None:
        held = self._hold(shard, version, entries)
        stay = held.index.expire(fired.micros // 1000)
        entries.clear()
        if not stay:  # begin anew with the next element; or a watermark at the end of time would fire for ever
            version.clear()
            return
        entries.add(stay)
        self._bump(shard, held, version)
        # From the newest: day by day behind one old article, the watermark waits for a bundle a day, for years.
        expiry.set(max(fired, Timestamp(held.newest)) + DAY / 1000)


_ANSWERS: dict[Keeping, Any] = {
    "process": _AnswerHere,
    "runner": _Answer,
    "nowhere": _AnswerOnce,
}
