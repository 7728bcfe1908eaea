"""Read files as messages in a pipeline."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam import PCollection
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Timestamp

from connectors.files.lines import NamedFile
from connectors.message import Message


@dataclass
class ReadFromFiles(beam.PTransform):
    """Read files as messages, stamped with their event time in milliseconds (1970 where they have none)."""

    files: tuple[NamedFile, ...]
    read: Callable[[NamedFile], Iterator[Message]]
    event_time: Callable[[Message], int | None]

    def expand(self, root: Any) -> "PCollection[Message]":
        """Wire it: one element a file."""
        return (
            root
            | "Files" >> beam.Create(self.files, reshuffle=False)
            | "Lines" >> beam.FlatMap(self.read).with_output_types(Message)
            | "Stamp" >> beam.Map(self._stamp).with_output_types(Message)
        )

    def _stamp(self, message: Message) -> TimestampedValue:
        return TimestampedValue(message, Timestamp(micros=(self.event_time(message) or 0) * 1000))
