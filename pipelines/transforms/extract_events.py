"""Find names, dates and events in the articles that are no copies."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam
from apache_beam import PCollection

from pipelines.core.analysis import analyze_article
from pipelines.core.arrival import Analyzed, Judged


@dataclass
class ExtractEvents(beam.PTransform):
    """Analyze new articles and revisions; a copy was analyzed where it was first printed."""

    def expand(self, judged: "PCollection[Judged]") -> "PCollection[Analyzed]":
        """Wire it."""
        return judged | beam.FlatMap(_analyze).with_output_types(Analyzed)


def _analyze(judged: Judged) -> Iterator[Analyzed]:
    if judged.verdict.outcome != "duplicate":
        yield Analyzed(judged.origin, judged.article, judged.verdict.revision, analyze_article(judged.article))
