"""Gather what all articles say of one event into one record."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import apache_beam as beam
from apache_beam import PCollection

from pipelines.core.arrival import Analyzed
from pipelines.core.duplicates.clusters import Copy, Linked
from pipelines.core.events.merging import EventIndex, EventVersion
from pipelines.core.events.reports import Corrected, Observed, Report, follow, observe
from pipelines.core.records.event import evidence_record
from pipelines.core.records.pieces import Fields, origin_fields
from pipelines.core.shards import shard_of
from pipelines.core.units import from_millis, milliseconds
from pipelines.transforms.answer_from_shards import AnswerFromShards
from pipelines.transforms.memory import Keeping


@dataclass
class MergeEvents(beam.PTransform):
    """Merge the events of articles, corrections and copies; yield every version an hour of news brings.

    An event lives in the shard of its id. Corrections and copies concern any event of their article, so they go to
    every shard: they are few and small.
    """

    shards: int
    horizon: int
    keeping: Keeping

    def expand(self, streams: "tuple[PCollection[Analyzed], PCollection[Linked]]") -> "PCollection[EventVersion]":
        """Wire it."""
        analyzed, linked = streams
        return (
            (
                analyzed | "Observe" >> beam.FlatMap(reports_of).with_output_types(Report),
                linked | "FollowCopies" >> beam.FlatMap(reports_of_copy).with_output_types(Report),
            )
            | "Reports" >> beam.Flatten()
            | "Address" >> beam.FlatMap(partial(_address, shards=self.shards)).with_output_types(tuple[int, Report])
            | "Index" >> AnswerFromShards("events", partial(EventIndex, self.horizon), EventVersion, self.keeping)
        )


def reports_of(analyzed: Analyzed) -> Iterator[Report]:
    """Yield what an article reports, and for a correction that its earlier revisions no longer count."""
    article, at = analyzed.article, milliseconds(analyzed.article.published_at)
    for event in analyzed.analysis.events:
        evidence = evidence_record(event, article, analyzed.revision, analyzed.origin)
        yield observe(at, article.article_id, analyzed.revision, event, evidence)
    if analyzed.revision:
        yield Corrected(at, article.article_id, analyzed.revision)


def reports_of_copy(linked: Linked) -> Iterator[Report]:
    """Yield for a mere copy that its outlet reports what its original does."""
    copy = linked.copy
    if linked.is_echo:
        yield follow(copy.sighting.published, copy.sighting.article_id, linked.root_id, _outlet(copy))


def _address(report: Report, shards: int) -> Iterator[tuple[int, Report]]:
    if isinstance(report, Observed):
        yield shard_of(report.event_id, shards), report
    else:
        for shard in range(shards):
            yield shard, report


def _outlet(copy: Copy) -> Fields:
    """Return what is the copy's own in a piece of evidence; the quotation stays the original's."""
    sighting = copy.sighting
    return {
        "article_id": sighting.article_id,
        "revision": copy.revision,
        "source": sighting.source,
        "country": sighting.country,
        "url": sighting.url,
        "published_at": from_millis(sighting.published),
        "origin": origin_fields(sighting.origin),
    }
