"""Count names and kinds of events in event-time windows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam import DoFn, PCollection

from pipelines.core.arrival import Analyzed
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.duplicates.sighting import milliseconds
from pipelines.core.shards import shard_of
from pipelines.core.trends.count import Counted, count_article
from pipelines.core.trends.echo import Echoed, EchoIndex, Spoken, Word
from pipelines.core.trends.index import MINUTE, Cell, Key, Trend, TrendIndex
from pipelines.transforms.answer_from_shards import AnswerFromShards
from pipelines.transforms.panes import close_windows

CELL = 10 * MINUTE


@dataclass
class CountTrends(beam.PTransform):
    """Count articles by what they speak of: small fixed windows first, sliding ones composed of those.

    `size` and `period` of the sliding windows and `lateness` are in milliseconds. An article that comes late updates
    its windows; one later than `lateness` is recorded, and only not counted. A copy counts as its original does.
    """

    shards: int
    horizon: int
    size: int
    period: int
    lateness: int
    endless: bool

    def expand(self, streams: "tuple[PCollection[Analyzed], PCollection[Linked]]") -> "PCollection[Trend]":
        """Wire it."""
        analyzed, linked = streams
        index = partial(TrendIndex, size=self.size, period=self.period, cell=CELL, lateness=self.lateness)
        word = tuple[int, Word]
        return (
            (
                analyzed | "Speak" >> beam.Map(partial(_speak, shards=self.shards)).with_output_types(word),
                linked | "EchoCopies" >> beam.FlatMap(partial(_echo, shards=self.shards)).with_output_types(word),
            )
            | "Words" >> beam.Flatten()
            | "Echo" >> AnswerFromShards(partial(EchoIndex, self.horizon), tuple[Key, Counted], self.endless)
            | "Count" >> beam.Map(_count).with_output_types(tuple[tuple[Key, int], Counted])
            | "Cells" >> close_windows(CELL, self.lateness, endless=self.endless)
            | "ByKey" >> beam.GroupByKey()
            | "MakeCells" >> beam.Map(_make_cell, self.shards).with_output_types(tuple[int, Cell])
            | "Index" >> AnswerFromShards(index, Trend, self.endless)
        )


def _speak(analyzed: Analyzed, shards: int) -> tuple[int, Word]:
    article = analyzed.article
    things = tuple(count_article(article, analyzed.analysis))
    return shard_of(article.article_id, shards), Spoken(milliseconds(article.published_at), article.article_id, things)


def _echo(linked: Linked, shards: int) -> Iterator[tuple[int, Word]]:
    """Let a mere copy count for what its original speaks of."""
    if linked.is_echo:
        copy = linked.copy.sighting
        yield shard_of(linked.root_id, shards), Echoed(copy.published, copy.article_id, copy.source, linked.root_id)


def _count(thing: tuple[Key, Counted], at: Any = DoFn.TimestampParam) -> tuple[tuple[Key, int], Counted]:
    key, counted = thing
    return (key, at.micros // 1000 // CELL * CELL), counted


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
