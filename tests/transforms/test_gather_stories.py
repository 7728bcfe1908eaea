from collections.abc import Callable
from random import Random

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.direct.direct_runner import BundleBasedDirectRunner
from apache_beam.testing.test_stream import TestStream as Events
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.window import TimestampedValue

from pipelines.core.arrival import Analyzed, Arrived
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.ids import digest
from pipelines.core.stories.version import StoryVersion
from pipelines.core.trends.trend import Trend
from pipelines.core.units import DAY, milliseconds
from pipelines.runners.launch import IN_PROCESS
from pipelines.transforms.gather_stories import GatherStories
from tests.transforms.test_merge_events import copy_of

FLOOD, RAIN = "السيول تجرف جسرين في درنة", "جسران في درنة جرفتهما السيول"
FAIR = "افتتاح معرض الكتاب بمشاركة ناشرين عرب"

FLOOD_STORY = digest("story", digest("url", "one"))
_FLOOD_ARTICLES = tuple(digest("url", one) for one in ("one", "three", "two"))
TREND = Trend(("entity", "Q1"), 0, "درنة", "LOC", 0, 9, 0, 9, _FLOOD_ARTICLES, 2, 0.0, 24, 5.0, 3)

Told = tuple[int, list[str], list[str]]


def told(version: StoryVersion | Trend) -> Told | str | None:
    """Tell a story's version, and the outlets that tell it and copy it; of a trend, what explains it."""
    if isinstance(version, Trend):
        return version.story_id
    return version.version, [one.source for one in version.articles], [one.source for one in version.copies]


@pytest.fixture
def news(analyze: Callable[..., Analyzed]) -> list[Analyzed]:
    return [
        analyze(0, "one", FLOOD, 0),
        analyze(1, "two", FAIR, 0.5, source="sada"),
        analyze(2, "three", RAIN, 1, source="marsa"),
        analyze(3, "one", f"{FLOOD} الليلة", 2, revision=1),
        analyze(4, "four", FLOOD, 90, source="rabia"),
    ]


@pytest.fixture
def copied(arrive: Callable[..., Arrived]) -> Linked:
    return copy_of(arrive(0, "one", FLOOD, 0), arrive(5, "five", FLOOD, 3, source="khamisa"))


@pytest.mark.parametrize("seed", range(3))
def test_a_bounded_run_tells_each_story_once(news: list[Analyzed], copied: Linked, seed: int) -> None:
    Random(seed).shuffle(news)
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        analyzed = pipeline | "News" >> beam.Create(news).with_output_types(Analyzed)
        linked = pipeline | "Copies" >> beam.Create([copied]).with_output_types(Linked)
        trends = pipeline | "Trends" >> beam.Create([TREND]).with_output_types(Trend)
        stories = (analyzed, linked, trends) | GatherStories(3 * DAY, "nowhere", endless=False)
        expected = [(4, ["masdar", "marsa"], ["khamisa"]), FLOOD_STORY]
        assert_that(stories | beam.Map(told), equal_to(expected))


def test_an_endless_run_tells_a_story_again_with_each_article(news: list[Analyzed]) -> None:
    events = Events()
    for one in news[:4]:
        events.add_elements([TimestampedValue(one, milliseconds(one.article.published_at) / 1000)])
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True
    with beam.Pipeline(runner=BundleBasedDirectRunner(), options=options) as pipeline:
        analyzed = pipeline | events.advance_watermark_to_infinity()
        analyzed = analyzed | beam.Map(lambda one: one).with_output_types(Analyzed)
        linked = pipeline | beam.Create([]).with_output_types(Linked)
        trends = pipeline | "Trends" >> beam.Create([]).with_output_types(Trend)
        stories = (analyzed, linked, trends) | GatherStories(3 * DAY, "runner", endless=True)
        expected: list[Told] = [(2, ["masdar", "marsa"], []), (3, ["masdar", "marsa"], [])]
        assert_that(stories | beam.Map(told), equal_to(expected))
