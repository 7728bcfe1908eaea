"""Make the record of each message that has none yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import apache_beam as beam
from apache_beam import PCollection

from connectors.message import Delivery
from pipelines.core.article import Origin
from pipelines.core.ledger import Done


class HasOrigin(Protocol):
    """Something that one message became."""

    @property
    def origin(self) -> Origin:
        """Return where the message came from."""


T = TypeVar("T", bound=HasOrigin)


@dataclass
class DeliverNew(beam.PTransform, Generic[T]):
    """Turn what messages became into records with their ledger lines, but for the messages that are done."""

    deliver: Callable[[T], Delivery]
    done: Done

    def expand(self, found: "PCollection[T]") -> "PCollection[Delivery]":
        """Wire it."""
        return found | beam.FlatMap(self._deliver).with_output_types(Delivery)

    def _deliver(self, one: Any) -> Iterator[Delivery]:
        if one.origin not in self.done:
            yield self.deliver(one)
