"""Run the sentence over one batch of messages after another, in this process: put together once, run many times."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import apache_beam as beam
from apache_beam import PCollection
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.transforms.environments import EmbeddedPythonEnvironment

from connectors.message import Delivery, Message
from pipelines.core.article import RawArticle
from pipelines.core.ledger import Done
from pipelines.news import ReadNews
from pipelines.options import Settings
from pipelines.runners.beam_bugs import work_around_all


@dataclass
class _HandOver:
    """What goes into a job and what comes out, for Beam has no element from outside but what it is built with."""

    messages: list[Message] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)


_HANDED = _HandOver()


class Job:
    """Beam's in-process runner with the whole sentence on it, read from Beam's own form of a pipeline at every batch.

    Putting the sentence together takes longer than running it over twenty articles.
    """

    def __init__(self, settings: Settings, decode: Callable[[Message], RawArticle]) -> None:
        work_around_all()
        logging.getLogger("apache_beam").setLevel(logging.ERROR)
        self._options = PipelineOptions(list(settings.beam_arguments))
        pipeline = beam.Pipeline(runner=FnApiRunner(), options=self._options)
        _build(pipeline, settings, decode)
        self._pipeline = pipeline.to_runner_api(default_environment=EmbeddedPythonEnvironment.default())

    def run(self, messages: list[Message]) -> list[Delivery]:
        """Return the records that a batch makes; a bug in any transform comes out here."""
        _HANDED.messages, _HANDED.deliveries = messages, []
        FnApiRunner().run_via_runner_api(self._pipeline, self._options)
        deliveries, _HANDED.deliveries, _HANDED.messages = _HANDED.deliveries, [], []
        return deliveries


def _build(pipeline: beam.Pipeline, settings: Settings, decode: Callable[[Message], RawArticle]) -> None:
    messages = pipeline | "Begin" >> beam.Impulse() | "Batch" >> beam.FlatMap(_take).with_output_types(Message)
    deliveries: PCollection[Delivery] = messages | "News" >> ReadNews(settings, decode, Done())
    _ = deliveries | "HandBack" >> beam.Map(_hand_back)


def _take(_: bytes) -> Iterator[Message]:
    return iter(_HANDED.messages)


def _hand_back(delivery: Delivery) -> None:
    _HANDED.deliveries.append(delivery)
