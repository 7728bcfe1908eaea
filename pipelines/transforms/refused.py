"""A message that a stage refused, and where a message stood; knows no Beam."""

from dataclasses import dataclass

from connectors.message import Message
from pipelines.core.article import Origin
from pipelines.core.rejection import Rejected


@dataclass(frozen=True, slots=True)
class Refused:
    """A message that cannot be used, where that was noticed, and why."""

    message: Message
    stage: str
    refusal: Rejected

    @property
    def origin(self) -> Origin:
        """Return where the message came from."""
        return origin_of(self.message)


def origin_of(message: Message) -> Origin:
    """Return where a message stood, as records tell it."""
    return Origin(message.topic, message.partition, message.offset, message.origin_id)
