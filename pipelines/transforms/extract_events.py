"""Find names, dates and events in the articles that are no copies."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam import PCollection
from apache_beam.utils.timestamp import Timestamp
from apache_beam.utils.windowed_value import WindowedValue

from pipelines.core.arrival import Analyzed, Kept
from pipelines.core.entities.model import EntityModel
from pipelines.transforms.readers import READERS


@dataclass
class ExtractEvents(beam.PTransform):
    """Analyze new articles and revisions; a copy was analyzed where it was first printed."""

    model: EntityModel = "fast"

    def expand(self, kept: "PCollection[Kept]") -> "PCollection[Analyzed]":
        """Wire it."""
        return kept | beam.ParDo(_Analyze(self.model)).with_output_types(Analyzed)


@dataclass
class _Analyze(beam.DoFn):
    """Analyze articles as they come, or a bundle's together where this process has readers to share them among.

    Each goes on with its own time and window.
    """

    model: EntityModel

    def start_bundle(self) -> None:
        self._waiting: list[WindowedValue] = []

    def process(
        self, kept: Kept, at: Timestamp = beam.DoFn.TimestampParam, window: Any = beam.DoFn.WindowParam
    ) -> Iterator[WindowedValue]:
        self._waiting.append(WindowedValue(kept, at, (window,)))
        if not READERS.are_many:
            yield from self._flush()

    def finish_bundle(self) -> Iterator[WindowedValue]:
        yield from self._flush()

    def _flush(self) -> Iterator[WindowedValue]:
        waiting, self._waiting = self._waiting, []
        found = READERS.analyze([one.value.article for one in waiting], self.model)
        for one, analysis in zip(waiting, found, strict=True):
            kept = one.value
            yield one.with_value(Analyzed(kept.origin, kept.article, kept.revision, analysis))
