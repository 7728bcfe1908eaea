from collections.abc import Callable
from random import Random

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.direct.direct_runner import BundleBasedDirectRunner
from apache_beam.testing.test_stream import TestStream as Events
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.window import TimestampedValue

from pipelines.core.arrival import Analyzed
from pipelines.core.article import Origin
from pipelines.core.duplicates.clusters import Copy, Linked
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.verdict import Match
from pipelines.core.trends.trend import CLOCK, Trend
from pipelines.core.units import milliseconds
from pipelines.runners.launch import IN_PROCESS
from pipelines.transforms.count_trends import CountTrends, _make_cell
from pipelines.transforms.memory import Keeping

HOUR = 60 * 60 * 1000
MIDNIGHT = 1_773_100_800_000

Told = tuple[str, float, int, int]

Analyze = Callable[..., Analyzed]


def told(trend: Trend) -> Told:
    """Tell what is counted, the hour in which its peak ends, how many articles it has, and of how many outlets."""
    return trend.key[1], (trend.end - MIDNIGHT) / HOUR, len(trend.articles), trend.outlets


def count_trends(keeping: Keeping, lateness: int = 24 * HOUR, shards: int = 2) -> CountTrends:
    return CountTrends(shards, 72 * HOUR, size=HOUR, period=HOUR // 2, lateness=lateness, keeping=keeping)


def day_before(analyze: Analyze) -> list[Analyzed]:
    """Return a day of other news, without which it is too early to tell."""
    return [analyze(100 + n, f"before{n}", hour=-5.0 * n - 0.5, names="Q9") for n in range(6)]


def nothing(pipeline: beam.Pipeline) -> beam.PCollection[Linked]:
    return pipeline | "NoCopies" >> beam.Create([]).with_output_types(Linked)


def stamped(analyzed: Analyzed) -> TimestampedValue:
    return TimestampedValue(analyzed, milliseconds(analyzed.article.published_at) / 1000)


def seconds(hour: float) -> float:
    return MIDNIGHT / 1000 + hour * 3600


@pytest.mark.parametrize("shards", [1, 2, 5])
def test_a_bounded_run_counts_articles_in_sliding_windows(analyze: Analyze, shards: int) -> None:
    news = [
        *day_before(analyze),
        analyze(0, "one", hour=0.1, names="Q1 Q1 Q2"),
        analyze(1, "two", hour=0.4, names="Q1", source="sada"),
        analyze(2, "two", hour=0.45, names="Q1", source="sada", revision=1),
        analyze(3, "three", hour=0.9, names="Q1", source="sada"),
        analyze(4, "four", hour=5.0, events="e1", names="Q2"),
    ]
    Random(shards).shuffle(news)
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        analyzed = pipeline | beam.Create(news) | beam.Map(stamped).with_output_types(Analyzed)
        trends = (analyzed, nothing(pipeline)) | count_trends("nowhere", shards=shards)
        assert_that(trends | beam.Map(told), equal_to([("Q1", 1.0, 3, 2)]))


def run_endless(events: Events, lateness: int, expected: list[Told]) -> None:
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True
    with beam.Pipeline(runner=BundleBasedDirectRunner(), options=options) as pipeline:
        analyzed = pipeline | events | beam.Map(lambda one: one).with_output_types(Analyzed)
        trends = (analyzed, nothing(pipeline)) | count_trends("runner", lateness=lateness)
        assert_that(trends | beam.Map(told), equal_to(expected))


def test_an_endless_run_tells_a_window_again_for_each_late_article(analyze: Analyze) -> None:
    events = (
        Events()
        .add_elements([stamped(one) for one in day_before(analyze)])
        .add_elements([stamped(analyze(n, f"url{n}", hour=0.1, names="Q1", source=f"paper{n % 2}")) for n in range(3)])
        .advance_watermark_to(seconds(3))
        .add_elements([stamped(analyze(7, "late", hour=0.1, names="Q1"))])
        .add_elements([stamped(analyze(8, "later", hour=0.6, names="Q1"))])
        .advance_watermark_to_infinity()
    )
    run_endless(events, 48 * HOUR, [("Q1", 1.0, 3, 2), ("Q1", 1.0, 4, 3), ("Q1", 1.0, 5, 3)])


def test_what_is_too_late_is_not_counted(analyze: Analyze) -> None:
    events = (
        Events()
        .add_elements([stamped(one) for one in day_before(analyze)])
        .add_elements([stamped(analyze(n, f"url{n}", hour=0.1, names="Q1", source=f"paper{n % 2}")) for n in range(3)])
        .advance_watermark_to(seconds(3))
        .add_elements([stamped(analyze(7, "late", hour=0.1, names="Q1"))])
        .advance_watermark_to_infinity()
    )
    run_endless(events, HOUR, [("Q1", 1.0, 3, 2)])


@pytest.mark.parametrize("key", [("LOC", "Q1"), (CLOCK, "1")])
def test_a_window_that_flink_closes_with_nothing_in_it_makes_no_cell(key: tuple[str, str]) -> None:
    assert list(_make_cell(((key, 0), []), 2)) == []


def test_kinds_of_events_are_counted_too(analyze: Analyze) -> None:
    news = [analyze(n, f"url{n}", hour=0.1, events=f"e{n} f{n}", source=f"paper{n % 2}") for n in range(3)]
    news += day_before(analyze)
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        analyzed = pipeline | beam.Create(news) | beam.Map(stamped).with_output_types(Analyzed)
        trends = (analyzed, nothing(pipeline)) | count_trends("nowhere")
        assert_that(trends | beam.Map(told), equal_to([("AID", 1.0, 3, 2)]))


def copy_of(original: Analyzed, number: int, hour: float, kind: str = "near", *, is_dropped: bool = True) -> Linked:
    """Return what deduplication says of a copy of an article in another paper."""
    at, root = MIDNIGHT + int(hour * HOUR), original.article.article_id
    known = Sighting(at, root, original.origin, "text", "sada")
    sighting = Sighting(at, f"{number:020x}", Origin("t", 1, number), "other", f"paper {number}")
    match = Match(known, kind, 0.9, 0.95)
    return Linked(Copy(sighting, 0, (match,), is_dropped), match, "cluster", root)


@pytest.mark.parametrize("shards", [1, 3])
def test_a_copy_counts_for_what_its_original_speaks_of(analyze: Analyze, shards: int) -> None:
    original, before = analyze(0, "one", hour=0.1, names="Q1"), day_before(analyze)
    copies = [copy_of(original, 1, 0.2), copy_of(original, 2, 0.3)]
    in_part = [copy_of(original, 3, 0.3, "contained"), copy_of(original, 4, 0.3, is_dropped=False)]
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        analyzed = pipeline | beam.Create([original, *before]) | beam.Map(stamped).with_output_types(Analyzed)
        linked = pipeline | "Copies" >> beam.Create(copies + in_part).with_output_types(Linked)
        trends = (analyzed, linked) | count_trends("nowhere", shards=shards)
        assert_that(trends | beam.Map(told), equal_to([("Q1", 1.0, 3, 3)]))
