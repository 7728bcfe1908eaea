from collections.abc import Callable
from random import Random

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.direct.direct_runner import BundleBasedDirectRunner
from apache_beam.testing.test_stream import TestStream as Events
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Timestamp

from pipelines.core.arrival import Arrived, Kept
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.units import milliseconds
from pipelines.runners.launch import IN_PROCESS
from pipelines.transforms.deduplicate_articles import DeduplicateArticles
from tests.core.duplicates.wire import OTHER_BODY, PARAGRAPHS

DAY = 24 * 60 * 60 * 1000
WIRE = " ".join(PARAGRAPHS[:2])
MORE = " ".join((*PARAGRAPHS[2:], OTHER_BODY))
Told = tuple[int, str, int, int | str | None]


def told(kept: Kept, at: Timestamp = beam.DoFn.TimestampParam) -> Told:
    assert at.micros // 1000 == milliseconds(kept.article.published_at)
    return kept.origin.offset, "revision" if kept.revision else "article", kept.revision, None


def told_link(linked: Linked, at: Timestamp = beam.DoFn.TimestampParam) -> Told:
    copy = linked.copy
    assert at.micros // 1000 == copy.sighting.published
    assert not linked.match.original.url or copy.sighting.signature
    outcome = linked.match.kind if copy.is_dropped else f"{linked.match.kind}, kept"
    return linked.origin.offset, outcome, copy.revision, linked.match.original.origin.offset


def told_all(streams: "tuple[beam.PCollection[Kept], beam.PCollection[Linked]]") -> "beam.PCollection[Told]":
    kept, linked = streams
    return (kept | beam.Map(told), linked | beam.Map(told_link)) | beam.Flatten()


def news(arrive: Callable[..., Arrived]) -> list[Arrived]:
    return [
        arrive(0, "one", "زلزال", 0),
        arrive(1, "one", "زلزال قوي", 1),
        arrive(2, "two", "زلزال", 2, "sada"),
        arrive(3, "two", "زلزال", 3, "sada"),
        arrive(4, "three", "مطر", 4),
        arrive(5, "one", "زلزال", 80),
        arrive(6, "wire", WIRE, 81),
        arrive(7, "copy", f"عاجل {WIRE}", 82, "sada"),
        arrive(8, "longer", f"{WIRE}\n{MORE}", 83, "marsa"),
        arrive(9, "copied", WIRE, 84, "sada"),
    ]


VERDICTS = [
    (0, "article", 0, None),
    (1, "revision", 1, None),
    (2, "exact", 0, 0),
    (3, "exact", 0, 2),
    (4, "article", 0, None),
    (5, "article", 0, None),  # three days later
    (6, "article", 0, None),
    (7, "near", 0, 6),
    (8, "article", 0, None),
    (8, "contained, kept", 0, 6),
    (9, "exact", 0, 6),
]


@pytest.mark.parametrize("seed", [1, 4])
def test_a_bounded_run_tells_new_from_corrected_and_copied_whatever_the_order(
    arrive: Callable[..., Arrived], seed: int
) -> None:
    shuffled = news(arrive)
    Random(seed).shuffle(shuffled)
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        judged = pipeline | beam.Create(shuffled) | DeduplicateArticles(3 * DAY, "nowhere")
        assert_that(told_all(judged), equal_to(VERDICTS))


def test_an_endless_run_judges_by_what_has_arrived(arrive: Callable[..., Arrived]) -> None:
    events = Events()
    for one in news(arrive):
        seconds = milliseconds(one.article.published_at) // 1000
        events = events.add_elements([TimestampedValue(one, seconds)]).advance_watermark_to(seconds)
    late = arrive(10, "late", "مطر", 3.5)
    events = events.add_elements([TimestampedValue(late, milliseconds(late.article.published_at) // 1000)])
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True
    with beam.Pipeline(runner=BundleBasedDirectRunner(), options=options) as pipeline:
        arrived = (
            pipeline | events.advance_watermark_to_infinity() | beam.Map(lambda one: one).with_output_types(Arrived)
        )
        judged = arrived | DeduplicateArticles(3 * DAY, "runner")
        # The late one was published first, but arrived when the other was out already; the horizon reaches both ways.
        assert_that(told_all(judged), equal_to([*VERDICTS, (10, "article", 0, None), (10, "exact, kept", 0, 4)]))


def test_a_text_and_its_correction_of_one_moment_are_judged_in_the_order_of_the_partition(
    arrive: Callable[..., Arrived],
) -> None:
    first, second = arrive(7, "one", "زلزال"), arrive(8, "one", "زلزال قوي")
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        judged = pipeline | beam.Create([second, first]) | DeduplicateArticles(3 * DAY, "nowhere")
        assert_that(told_all(judged), equal_to([(7, "article", 0, None), (8, "revision", 1, None)]))
