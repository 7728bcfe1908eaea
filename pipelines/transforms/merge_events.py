"""Gather what all articles say of one event into one record."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import apache_beam as beam
from apache_beam import PCollection

from pipelines.core.arrival import Analyzed, Judged
from pipelines.core.duplicates.sighting import milliseconds
from pipelines.core.events.merging import Copied, Corrected, EventIndex, EventVersion, Observed, Report
from pipelines.core.records.event import evidence_record
from pipelines.core.records.pieces import Fields, origin_fields, to_millis
from pipelines.core.shards import shard_of
from pipelines.transforms.answer_from_shards import AnswerFromShards


@dataclass
class MergeEvents(beam.PTransform):  # type: ignore[misc]
    """Merge the events of articles, corrections and copies; yield every version an hour of news brings.

    An event lives in the shard of its id. Corrections and copies concern any event of their article, so they go to
    every shard: they are few and small.
    """

    shards: int
    horizon: int
    endless: bool

    def expand(self, streams: "tuple[PCollection[Analyzed], PCollection[Judged]]") -> "PCollection[EventVersion]":
        """Wire it."""
        analyzed, judged = streams
        keyed = tuple[int, Report]
        observed = analyzed | "Observe" >> beam.FlatMap(partial(_observe, shards=self.shards)).with_output_types(keyed)
        copied = judged | "FollowCopies" >> beam.FlatMap(partial(_copy, shards=self.shards)).with_output_types(keyed)
        return (
            (observed, copied)
            | "Reports" >> beam.Flatten()
            | "Index" >> AnswerFromShards(partial(EventIndex, self.horizon), EventVersion, self.endless)
        )


def _observe(analyzed: Analyzed, shards: int) -> Iterator[tuple[int, Report]]:
    article, at = analyzed.article, milliseconds(analyzed.article.published_at)
    for event in analyzed.analysis.events:
        evidence = evidence_record(event, article, analyzed.revision, analyzed.origin)
        report = Observed(at, article.article_id, analyzed.revision, event, evidence)
        yield shard_of(event.event_id, shards), report
    if analyzed.revision:
        for shard in range(shards):
            yield shard, Corrected(at, article.article_id, analyzed.revision)


def _copy(judged: Judged, shards: int) -> Iterator[tuple[int, Report]]:
    original = judged.verdict.original
    if original is not None and original.article_id != judged.article.article_id:
        at = milliseconds(judged.article.published_at)
        report = Copied(at, judged.article.article_id, original.article_id, _outlet(judged))
        for shard in range(shards):
            yield shard, report


def _outlet(judged: Judged) -> Fields:
    """Return what is the copy's own in a piece of evidence; the quotation stays the original's."""
    article = judged.article
    return {
        "article_id": article.article_id,
        "revision": judged.verdict.revision,
        "source": article.source,
        "country": article.country,
        "url": article.url,
        "published_at": to_millis(article.published_at),
        "origin": origin_fields(judged.origin),
    }
