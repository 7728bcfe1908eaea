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

from pipelines.core.arrival import Arrived, Judged
from pipelines.core.duplicates.sighting import milliseconds
from pipelines.runners.launch import IN_PROCESS
from pipelines.transforms.deduplicate_articles import DeduplicateArticles

DAY = 24 * 60 * 60 * 1000
Told = tuple[int, str, int, int | None]


def told(judged: Judged, at: Timestamp = beam.DoFn.TimestampParam) -> Told:
    assert at.micros // 1000 == milliseconds(judged.article.published_at)
    verdict, original = judged.verdict, judged.verdict.original
    return judged.origin.offset, verdict.outcome, verdict.revision, original.origin.offset if original else None


def news(arrive: Callable[..., Arrived]) -> list[Arrived]:
    return [
        arrive(0, "one", "زلزال", 0),
        arrive(1, "one", "زلزال قوي", 1),
        arrive(2, "two", "زلزال", 2, "sada"),
        arrive(3, "two", "زلزال", 3, "sada"),
        arrive(4, "three", "مطر", 4),
        arrive(5, "one", "زلزال", 80),
    ]


VERDICTS = [
    (0, "article", 0, None),
    (1, "revision", 1, None),
    (2, "duplicate", 0, 0),
    (3, "duplicate", 0, 2),
    (4, "article", 0, None),
    (5, "article", 0, None),  # three days later
]


@pytest.mark.parametrize("shards", [1, 4])
def test_a_bounded_run_tells_new_from_corrected_and_copied_whatever_the_order(
    arrive: Callable[..., Arrived], shards: int
) -> None:
    shuffled = news(arrive)
    Random(shards).shuffle(shuffled)
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        judged = pipeline | beam.Create(shuffled) | DeduplicateArticles(shards, 3 * DAY, endless=False)
        assert_that(judged | beam.Map(told), equal_to(VERDICTS))


def test_an_endless_run_judges_by_what_has_arrived(arrive: Callable[..., Arrived]) -> None:
    events = Events()
    for one in news(arrive):
        seconds = milliseconds(one.article.published_at) // 1000
        events = events.add_elements([TimestampedValue(one, seconds)]).advance_watermark_to(seconds)
    late = arrive(6, "late", "مطر", 3.5)
    events = events.add_elements([TimestampedValue(late, milliseconds(late.article.published_at) // 1000)])
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True
    with beam.Pipeline(runner=BundleBasedDirectRunner(), options=options) as pipeline:
        arrived = (
            pipeline | events.advance_watermark_to_infinity() | beam.Map(lambda one: one).with_output_types(Arrived)
        )
        judged = arrived | DeduplicateArticles(4, 3 * DAY, endless=True)
        # The late one was published first, but arrived when the other was out already; the horizon reaches both ways.
        assert_that(judged | beam.Map(told), equal_to([*VERDICTS, (6, "duplicate", 0, 4)]))


def test_a_text_and_its_correction_of_one_moment_are_judged_in_the_order_of_the_partition(
    arrive: Callable[..., Arrived],
) -> None:
    first, second = arrive(7, "one", "زلزال"), arrive(8, "one", "زلزال قوي")
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        judged = pipeline | beam.Create([second, first]) | DeduplicateArticles(4, 3 * DAY, endless=False)
        assert_that(judged | beam.Map(told), equal_to([(7, "article", 0, None), (8, "revision", 1, None)]))
