"""Find names, dates and events in the articles that are no copies."""

from dataclasses import dataclass

import apache_beam as beam
from apache_beam import PCollection

from pipelines.core.analysis import analyze_article
from pipelines.core.arrival import Analyzed, Kept
from pipelines.core.entities.tagging.tagger import EntityModel


@dataclass
class ExtractEvents(beam.PTransform):
    """Analyze new articles and revisions; a copy was analyzed where it was first printed."""

    model: EntityModel = "fast"

    def expand(self, kept: "PCollection[Kept]") -> "PCollection[Analyzed]":
        """Wire it."""
        return kept | beam.Map(_analyze, self.model).with_output_types(Analyzed)


def _analyze(kept: Kept, model: EntityModel) -> Analyzed:
    return Analyzed(kept.origin, kept.article, kept.revision, analyze_article(kept.article, model))
