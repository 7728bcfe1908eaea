"""Decode messages: JSON or Avro, told apart by their first bytes."""

from collections.abc import Callable
from dataclasses import dataclass

import apache_beam as beam
from apache_beam import PCollection

from connectors.message import Message
from pipelines.core.article import RawArticle
from pipelines.transforms.map_or_reject import MapOrReject, Refusals
from pipelines.transforms.metrics import count


@dataclass
class DecodeArticles(beam.PTransform):
    """Read each message as the article its publisher sent."""

    decode: Callable[[Message], RawArticle]
    refusals: Refusals

    def expand(self, messages: "PCollection[Message]") -> "PCollection[tuple[Message, RawArticle]]":
        """Wire it."""
        return (
            messages
            | "Pair" >> beam.Map(_pair).with_output_types(tuple[Message, Message])
            | "Decode" >> MapOrReject("decode", self.decode, self.refusals)
        )


def _pair(message: Message) -> tuple[Message, Message]:
    count("read")
    return message, message
