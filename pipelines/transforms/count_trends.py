"""Count names and kinds of events in event-time windows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import apache_beam as beam
from apache_beam import PCollection

from pipelines.core.arrival import Analyzed
from pipelines.core.duplicates.sighting import milliseconds
from pipelines.core.shards import shard_of
from pipelines.core.trends.count import Counted, count_article
from pipelines.core.trends.index import MINUTE, Cell, Key, Trend, TrendIndex
from pipelines.transforms.answer_from_shards import AnswerFromShards
from pipelines.transforms.panes import close_windows

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
            | "Count" >> beam.FlatMap(_count).with_output_types(tuple[tuple[Key, int], Counted])
            | "Cells" >> close_windows(CELL, self.lateness, endless=self.endless)
            | "ByKey" >> beam.GroupByKey()
            | "MakeCells" >> beam.Map(_make_cell, self.shards).with_output_types(tuple[int, Cell])
            | "Index" >> AnswerFromShards(index, Trend, self.endless)
        )


def _count(analyzed: Analyzed) -> Iterator[tuple[tuple[Key, int], Counted]]:
    start = milliseconds(analyzed.article.published_at) // CELL * CELL
    for key, counted in count_article(analyzed.article, analyzed.analysis):
        yield (key, start), counted


def _make_cell(element: tuple[tuple[Key, int], Iterable[Counted]], shards: int) -> tuple[int, Cell]:
    (key, start), counted = element
    distinct = sorted(set(counted), key=lambda one: (one.article_id, one.source, one.name))
    cell = Cell(
        key=key,
        name=distinct[0].name,
        type=distinct[0].type,
        start=start,
        articles=tuple(sorted({(one.article_id, one.source) for one in distinct})),
    )
    return shard_of(cell.shard_key, shards), cell
