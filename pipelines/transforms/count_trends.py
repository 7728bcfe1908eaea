"""Count names and kinds of events in event-time windows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam import DoFn, PCollection
from apache_beam.transforms import trigger
from apache_beam.transforms.window import FixedWindows
from apache_beam.utils.timestamp import Duration

from pipelines.core.arrival import Analyzed
from pipelines.core.shards import shard_of
from pipelines.core.trends.count import Counted, count_article
from pipelines.core.trends.index import MINUTE, Cell, Key, Trend, TrendIndex
from pipelines.transforms.answer_from_shards import AnswerFromShards

CELL = 10 * MINUTE


@dataclass
class CountTrends(beam.PTransform):
    """Count articles by what they speak of: small fixed windows first, sliding ones composed of those.

    `size` and `period` of the sliding windows and `lateness` are in milliseconds. An article that comes late updates
    its windows; one later than `lateness` is recorded as ever, and only not counted.
    """

    shards: int
    size: int
    period: int
    lateness: int
    endless: bool

    def expand(self, analyzed: "PCollection[Analyzed]") -> "PCollection[Trend]":
        """Wire it."""
        index = partial(TrendIndex, size=self.size, period=self.period, cell=CELL, lateness=self.lateness)
        return (
            analyzed
            | "Count" >> beam.FlatMap(_count).with_output_types(tuple[Key, Counted])
            | "Cells"
            >> beam.WindowInto(
                FixedWindows(CELL // 1000),
                trigger=trigger.AfterWatermark(late=trigger.AfterCount(1))
                if self.endless
                else trigger.DefaultTrigger(),
                accumulation_mode=trigger.AccumulationMode.ACCUMULATING,
                allowed_lateness=Duration(seconds=self.lateness // 1000 if self.endless else 0),
            )
            | "ByKey" >> beam.GroupByKey()
            | "MakeCells" >> beam.ParDo(_MakeCell(self.shards)).with_output_types(tuple[int, Cell])
            | "Index" >> AnswerFromShards(index, Trend, self.endless)
        )


def _count(analyzed: Analyzed) -> Iterator[tuple[Key, Counted]]:
    return count_article(analyzed.article, analyzed.analysis)


@dataclass
class _MakeCell(DoFn):
    shards: int

    def process(
        self, element: tuple[Key, Iterable[Counted]], window: Any = DoFn.WindowParam
    ) -> Iterator[tuple[int, Cell]]:
        key, counted = element
        distinct = sorted(set(counted), key=lambda one: (one.article_id, one.source, one.name))
        cell = Cell(
            key=key,
            name=distinct[0].name,
            type=distinct[0].type,
            start=window.start.micros // 1000,
            articles=tuple(sorted({(one.article_id, one.source) for one in distinct})),
        )
        yield shard_of(cell.shard_key, self.shards), cell
