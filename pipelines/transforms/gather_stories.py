"""Gather the articles of one happening into a story, and say which story explains a trend."""

from dataclasses import dataclass
from functools import partial

import apache_beam as beam
from apache_beam import PCollection

from pipelines.core.arrival import Analyzed
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.stories.index import Heard, StoryIndex
from pipelines.core.stories.telling import Copied, Telling, tell, tell_copy
from pipelines.core.stories.version import StoryVersion
from pipelines.core.trends.counter import Tick
from pipelines.core.trends.trend import Trend
from pipelines.transforms.answer_from_shards import AnswerFromShards
from pipelines.transforms.memory import MEMORY, Keeping


@dataclass
class GatherStories(beam.PTransform):
    """Let every article find its story, one after the other in one place; yield stories that change, and trends.

    Where the input is `endless` articles find their place as they come. Where it ends, they do so in the order of
    publication when it has ended: batches wait for that, and on a cluster all come together. So do trends, which are
    asked for by what story their articles are in.
    """

    horizon: int
    keeping: Keeping
    endless: bool

    def expand(
        self, streams: "tuple[PCollection[Analyzed], PCollection[Linked], PCollection[Trend]]"
    ) -> "PCollection[StoryVersion | Trend]":
        """Wire it."""
        analyzed, linked, trends = streams
        waits = self.keeping == "process" and not self.endless
        heard = [
            analyzed | "Tell" >> beam.Map(tell).with_output_types(Telling),
            linked | "TellCopies" >> beam.FlatMap(tell_copy).with_output_types(Copied),
            trends,
        ]
        if waits:
            heard.append(analyzed.pipeline | "Time" >> beam.Impulse() | beam.Map(_tick).with_output_types(Tick))
        index = partial(StoryIndex, self.horizon, waits)
        return (
            tuple(heard)
            | "Heard" >> beam.Flatten()
            | "InOnePlace" >> beam.Map(_in_one_place).with_output_types(tuple[int, Heard])
            | "Gather" >> AnswerFromShards("stories", index, StoryVersion | Trend, self.keeping)
        )


def _tick(_: bytes) -> Tick:
    return Tick(MEMORY.now)


def _in_one_place(heard: Heard) -> tuple[int, Heard]:
    return 0, heard
