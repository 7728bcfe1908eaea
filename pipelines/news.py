"""THE SENTENCE: what happens to an article, from the message to the records. Start reading here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam import PCollection

from connectors.message import Delivery, Message
from pipelines.core.article import RawArticle
from pipelines.core.ledger import Done
from pipelines.options import Settings
from pipelines.transforms.count_trends import CountTrends
from pipelines.transforms.decode_articles import DecodeArticles
from pipelines.transforms.deduplicate_articles import DeduplicateArticles
from pipelines.transforms.deliver_new import DeliverNew
from pipelines.transforms.deliver_records import (
    deliver_article,
    deliver_duplicate,
    deliver_event,
    deliver_rejection,
    deliver_story_or_trend,
)
from pipelines.transforms.extract_events import ExtractEvents
from pipelines.transforms.gather_stories import GatherStories
from pipelines.transforms.map_or_reject import Refusals
from pipelines.transforms.merge_events import MergeEvents
from pipelines.transforms.normalize_articles import NormalizeArticles


@dataclass
class ReadNews(beam.PTransform):
    """Read messages of Arabic news; yield the records they make, encoded.

    Messages that are `done` are read to remember them, and not recorded again.
    """

    settings: Settings
    decode: Callable[[Message], RawArticle]
    done: Done

    def expand(self, messages: "PCollection[Message]") -> "PCollection[Delivery]":
        """Decode, normalize, deduplicate; read what is new; merge its events, count trends, gather stories; deliver."""
        settings, refusals = self.settings, Refusals()
        keep: dict[str, Any] = {"horizon": settings.horizon, "keeping": settings.keeping}
        spread = keep | {"shards": 1 if settings.keeping == "process" else settings.shards}

        kept, linked = (
            messages
            | "Decode" >> DecodeArticles(self.decode, refusals)
            | "Normalize" >> NormalizeArticles(refusals)
            | "Deduplicate" >> DeduplicateArticles(**keep)
        )
        analyzed = kept | "Extract" >> ExtractEvents(settings.entity_model)
        events = (analyzed, linked) | "Merge" >> MergeEvents(**spread)
        trends = (analyzed, linked) | "Trends" >> CountTrends(
            size=settings.window, period=settings.period, lateness=settings.allowed_lateness, **spread
        )
        told = (analyzed, linked, trends) | "Stories" >> GatherStories(**keep, endless=settings.endless)
        refused = refusals.collected | "Refused" >> beam.Flatten()
        return (
            analyzed | "Articles" >> DeliverNew(deliver_article, self.done),
            linked | "Duplicates" >> DeliverNew(deliver_duplicate, self.done),
            refused | "Rejections" >> DeliverNew(deliver_rejection, self.done),
            events | "Events" >> beam.Map(deliver_event).with_output_types(Delivery),
            told | "StoriesAndTrends" >> beam.Map(deliver_story_or_trend).with_output_types(Delivery),
        ) | "Deliveries" >> beam.Flatten()
