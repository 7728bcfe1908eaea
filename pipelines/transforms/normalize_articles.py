"""Bring every article into the one form that records quote from."""

from dataclasses import dataclass

import apache_beam as beam
from apache_beam import PCollection

from connectors.message import Message
from pipelines.core.arrival import Arrived
from pipelines.core.article import Article, RawArticle
from pipelines.core.normalization import normalize_article
from pipelines.transforms.map_or_reject import MapOrReject, Refusals
from pipelines.transforms.refused import origin_of


@dataclass
class NormalizeArticles(beam.PTransform):
    """Repair the text, read the publication time and the byline; refuse what is no Arabic article."""

    refusals: Refusals

    def expand(self, articles: "PCollection[tuple[Message, RawArticle]]") -> "PCollection[Arrived]":
        """Wire it; from here on nothing can be refused, and the original bytes are let go."""
        return (
            articles
            | "Normalize" >> MapOrReject("normalize", _normalize, self.refusals)
            | "Arrive" >> beam.MapTuple(_arrive).with_output_types(Arrived)
        )


def _normalize(raw: RawArticle) -> Article:
    return normalize_article(raw).article


def _arrive(message: Message, article: Article) -> Arrived:
    return Arrived(origin_of(message), article)
