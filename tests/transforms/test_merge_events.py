from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.direct.direct_runner import BundleBasedDirectRunner
from apache_beam.testing.test_stream import TestStream as Events
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.window import TimestampedValue

from pipelines.core.arrival import Analyzed, Arrived
from pipelines.core.duplicates.clusters import Copy, Linked
from pipelines.core.duplicates.sighting import see
from pipelines.core.duplicates.verdict import Match
from pipelines.core.events.merging import EventVersion
from pipelines.core.units import milliseconds
from pipelines.runners.launch import IN_PROCESS
from pipelines.transforms.merge_events import MergeEvents

DAY = 24 * 60 * 60 * 1000

Told = tuple[str, int, bool, list[tuple[str, int]]]


def told(version: EventVersion) -> Told:
    """Tell an event, its version, whether it is taken back, and the outlets and revisions it rests on."""
    evidence = [(one["source"], one["revision"]) for one in version.evidence]
    return version.event.event_id, version.version, version.retracted, evidence


def copy_of(original: Arrived, copy: Arrived, kind: str = "near", *, is_dropped: bool = True) -> Linked:
    first = see(original.article, original.origin)
    match = Match(first, kind, 0.9, 1.0)
    sighting = see(copy.article, copy.origin)
    return Linked(Copy(sighting, 0, (match,), is_dropped), match, "cluster", first.article_id)


@dataclass
class News:
    analyzed: list[Analyzed]
    linked: list[Linked]


@pytest.fixture
def news(analyze: Callable[..., Analyzed], arrive: Callable[..., Arrived]) -> News:
    first = arrive(0, "one", "خبر", 0)
    return News(
        [
            analyze(0, "one", "خبر", 0, events="e1 e2"),
            analyze(1, "two", "خبر آخر", 1, source="sada", events="e1"),
            analyze(3, "one", "خبر مصحح", 3, revision=1, events="e1"),
        ],
        [
            copy_of(first, arrive(2, "three", "خبر", 2, source="marsa")),
            copy_of(first, arrive(4, "one", "خبر", 4), "exact"),
            copy_of(first, arrive(5, "part", "جزء", 5, source="rabia"), "contained"),
            copy_of(first, arrive(6, "more", "خبر وزيادة", 6, source="khamisa"), is_dropped=False),
        ],
    )


VERSIONS: list[Told] = [
    ("e1", 1, False, [("masdar", 0)]),
    ("e1", 2, False, [("masdar", 0), ("sada", 0)]),
    ("e1", 3, False, [("masdar", 0), ("sada", 0), ("marsa", 0)]),
    ("e1", 5, False, [("sada", 0), ("masdar", 1), ("marsa", 0)]),
    ("e2", 1, False, [("masdar", 0)]),
    ("e2", 2, False, [("masdar", 0), ("marsa", 0)]),
    ("e2", 3, True, [("masdar", 0), ("marsa", 0)]),
]


@pytest.mark.parametrize("shards", [1, 2, 5])
def test_a_bounded_run_tells_every_version_an_hour_of_news_brings(news: News, shards: int) -> None:
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        analyzed = pipeline | "Analyzed" >> beam.Create(list(reversed(news.analyzed)))
        linked = pipeline | "Linked" >> beam.Create(list(reversed(news.linked)))
        versions = (analyzed, linked) | MergeEvents(shards, 3 * DAY, keeping="nowhere")
        assert_that(versions | beam.Map(told), equal_to(VERSIONS))


def newest(versions: Iterable[Told]) -> dict[str, Told]:
    return {one[0]: one for one in sorted(versions, key=lambda one: one[:2])}


def test_an_endless_run_ends_with_the_same_versions_though_a_text_comes_late(news: News) -> None:
    [late, *others] = news.analyzed
    arrivals: list[tuple[float, str, int, Any]] = [
        (one.origin.offset, "linked", one.copy.sighting.published, one) for one in news.linked
    ]
    arrivals += [
        (offset, "analyzed", milliseconds(one.article.published_at), one)
        for offset, one in [*((one.origin.offset, one) for one in others), (2.5, late)]
    ]
    events = Events(output_tags=("analyzed", "linked"))
    for _, tag, at, one in sorted(arrivals, key=lambda arrival: arrival[0]):
        events = events.add_elements([TimestampedValue(one, at // 1000)], tag=tag)
    events = events.advance_watermark_to_infinity("analyzed").advance_watermark_to_infinity("linked")
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True

    def check(versions: list[Told]) -> None:
        assert newest(versions) == newest(VERSIONS)
        assert len(versions) > len(VERSIONS), "hours that were told already are told again"

    with beam.Pipeline(runner=BundleBasedDirectRunner(), options=options) as pipeline:
        streams = pipeline | events
        analyzed = streams["analyzed"] | "A" >> beam.Map(lambda one: one).with_output_types(Analyzed)
        linked = streams["linked"] | "L" >> beam.Map(lambda one: one).with_output_types(Linked)
        versions = (analyzed, linked) | MergeEvents(2, 3 * DAY, keeping="runner")
        assert_that(versions | beam.Map(told), check)
