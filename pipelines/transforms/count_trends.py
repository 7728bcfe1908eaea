"""Count names and kinds of events in event-time windows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam import DoFn, PCollection

from pipelines.core.arrival import Analyzed
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.shards import shard_of
from pipelines.core.trends.count import Counted, count_article
from pipelines.core.trends.counter import CELL, Heard, Tick, TrendCounter, make_cell
from pipelines.core.trends.echo import Echoed, EchoIndex, Spoken, Word, speak
from pipelines.core.trends.index import TrendIndex
from pipelines.core.trends.trend import CLOCK, Cell, Key, Trend
from pipelines.core.units import milliseconds
from pipelines.transforms.answer_from_shards import AnswerFromShards
from pipelines.transforms.memory import MEMORY, Keeping
from pipelines.transforms.windowing import close_windows


@dataclass
class CountTrends(beam.PTransform):
    """Count articles by what they speak of: small fixed windows first, sliding ones composed of those.

    `size` and `period` of the sliding windows and `lateness` are in milliseconds. An article that comes late updates
    its windows; one later than `lateness` (`None`: none is) is recorded, and only not counted. A copy counts as its
    original does.
    """

    shards: int
    horizon: int
    size: int
    period: int
    lateness: int | None
    keeping: Keeping

    def expand(self, streams: "tuple[PCollection[Analyzed], PCollection[Linked]]") -> "PCollection[Trend]":
        """Wire it: in one place where batches tell how far time has come, in Beam's windows where the runner does."""
        analyzed, linked = streams
        spoken = analyzed | "Speak" >> beam.Map(_speak).with_output_types(Word)
        echoed = linked | "EchoCopies" >> beam.FlatMap(_echo).with_output_types(Word)
        if self.keeping == "process":
            ticks = analyzed.pipeline | "Time" >> beam.Impulse() | beam.Map(_tick).with_output_types(Heard)
            return (spoken, echoed, ticks) | "Heard" >> beam.Flatten() | "InOnePlace" >> self._in_one_place()
        return (spoken, echoed) | "Words" >> beam.Flatten() | "InWindows" >> self._in_windows()

    def _in_one_place(self) -> beam.PTransform:
        counter = partial(TrendCounter, self.horizon, self.size, self.period, self.lateness)
        together = beam.Map(_to_shard, shards=1).with_output_types(tuple[int, Heard])
        return "Together" >> together | "Count" >> AnswerFromShards("trends", counter, Trend, self.keeping)

    def _in_windows(self) -> beam.PTransform:
        lateness, endless = self.lateness or 0, self.keeping == "runner"
        index = partial(TrendIndex, size=self.size, period=self.period, cell=CELL, lateness=lateness)
        to_shard = beam.Map(_to_shard, shards=self.shards).with_output_types(tuple[int, Word])
        echoes = partial(EchoIndex, self.horizon)
        heard: Any = AnswerFromShards("echoes", echoes, tuple[Key, Counted], self.keeping)
        return (
            "ByArticle" >> to_shard
            | "Echo" >> heard
            | "Clock" >> beam.FlatMap(_tell_all, self.shards).with_output_types(tuple[Key, Counted])
            | "Count" >> beam.Map(_count).with_output_types(tuple[tuple[Key, int], Counted])
            | "Cells" >> close_windows(CELL, lateness, endless=endless)
            | "ByKey" >> beam.GroupByKey()
            | "MakeCells" >> beam.FlatMap(_make_cell, self.shards).with_output_types(tuple[int, Cell])
            | "Index" >> AnswerFromShards("trends", index, Trend, self.keeping)
        )


def _tick(_: bytes) -> Tick:
    return Tick(MEMORY.now)


def _speak(analyzed: Analyzed) -> Word:
    article = analyzed.article
    things = list(count_article(article, analyzed.analysis))
    return speak(milliseconds(article.published_at), article.article_id, things)


def _echo(linked: Linked) -> Iterator[Word]:
    """Let a mere copy count for what its original speaks of."""
    if linked.is_echo:
        copy = linked.copy.sighting
        yield Echoed(copy.published, copy.article_id, copy.source, linked.root_id)


def _to_shard(heard: Heard, shards: int) -> tuple[int, Heard]:
    if isinstance(heard, Spoken | Echoed) and shards > 1:
        return shard_of(heard.article_id if isinstance(heard, Spoken) else heard.root_id, shards), heard
    return 0, heard


def _tell_all(thing: tuple[Key, Counted], shards: int) -> Iterator[tuple[Key, Counted]]:
    """Let every shard know when there is news, of whatever things."""
    yield thing
    if shards > 1:
        yield from (((CLOCK, str(shard)), Counted("", "", "", "")) for shard in range(shards))


def _count(thing: tuple[Key, Counted], at: Any = DoFn.TimestampParam) -> tuple[tuple[Key, int], Counted]:
    key, counted = thing
    return (key, at.micros // 1000 // CELL * CELL), counted


def _make_cell(element: tuple[tuple[Key, int], Iterable[Counted]], shards: int) -> Iterator[tuple[int, Cell]]:
    """Make a cell of a pane; Flink closes each window with one more, which may have nothing in it."""
    (key, start), counted = element[0], list(element[1])
    if counted and key[0] == CLOCK:
        yield int(key[1]), Cell(key, "", "", start, ())
    elif counted:
        cell = make_cell(key, start, counted)
        yield shard_of(cell.shard_key, shards), cell
