"""Apply a pure function; turn its named refusals into rejections, and let its bugs crash."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import apache_beam as beam
from apache_beam import DoFn, PCollection
from apache_beam.pvalue import TaggedOutput

from connectors.message import Message
from pipelines.core.rejection import Rejected
from pipelines.transforms.refused import Refused

T = TypeVar("T")
U = TypeVar("U")

REFUSED = "refused"


@dataclass
class Refusals:
    """The refusals of every stage of one pipeline, gathered as the stages are put together."""

    collected: "list[PCollection[Refused]]" = field(default_factory=list)

    def add(self, outputs: Any) -> Any:
        """Keep a stage's refusals; return what it let through."""
        self.collected.append(outputs[REFUSED])
        return outputs[None]


@dataclass
class MapOrReject(beam.PTransform, Generic[T, U]):
    """Map (message, element) pairs to (message, result) pairs; a `Rejected` becomes a refusal with its message."""

    stage: str
    function: Callable[[T], U]
    refusals: Refusals

    def expand(self, pairs: "PCollection[tuple[Message, T]]") -> "PCollection[tuple[Message, U]]":
        """Wire it: one output, and the refusals on the side."""
        return self.refusals.add(pairs | beam.ParDo(_Apply(self.stage, self.function)).with_outputs(REFUSED))


@dataclass
class _Apply(DoFn):
    stage: str
    function: Callable[[Any], Any]

    def process(self, pair: tuple[Message, Any]) -> Iterator[Any]:
        message, element = pair
        try:
            result = self.function(element)
        except Rejected as refusal:
            yield TaggedOutput(REFUSED, Refused(message, self.stage, refusal))
        else:
            yield message, result
