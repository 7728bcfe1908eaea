"""Write records to their topics from a pipeline, and each message's ledger line only after its record."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import ClassVar

import apache_beam as beam
from apache_beam import DoFn, PCollection

from connectors.kafka.connection import KafkaConnection
from connectors.kafka.record_writer import RecordWriter
from connectors.message import Delivery

WRITE_AT = 5000
REMEMBERED = 100_000


@dataclass
class WriteToKafka(beam.PTransform):
    """Send each delivery to the topic of its record; return when every one is acknowledged by all replicas.

    Lines are sent when the records before them are acknowledged: what has a line was written. `frame` makes a message's
    value of a record's name and bytes, where they are not sent as they are. A version that a newer one with its key has
    overtaken in this process is not sent: a compacted topic keeps the last it was sent. Where many processes write, the
    versions of one record must all come to one.
    """

    connection: KafkaConnection
    topics: Mapping[str, str]
    frame: Callable[[str, bytes], bytes] | None = None

    def expand(self, deliveries: "PCollection[Delivery]") -> "PCollection[None]":
        """Wire it; nothing comes out."""
        return deliveries | beam.ParDo(_Send(self.connection, dict(self.topics), self.frame)).with_output_types(None)


@dataclass
class _Send(DoFn):
    connection: KafkaConnection
    topics: dict[str, str]
    frame: Callable[[str, bytes], bytes] | None
    records: list[Delivery] = field(default_factory=list)

    # One for all threads of a worker process, which take turns: or an older version could overtake a newer one.
    writers: ClassVar[dict[KafkaConnection, RecordWriter]] = {}
    newest: ClassVar[OrderedDict[tuple[str, bytes], int]] = OrderedDict()
    in_order: ClassVar[Lock] = Lock()

    def start_bundle(self) -> None:
        self.records = []

    def process(self, delivery: Delivery) -> Iterable[None]:
        self.records.append(delivery)
        if len(self.records) >= WRITE_AT:
            self._write()
        return ()

    def finish_bundle(self) -> None:
        self._write()

    def _write(self) -> None:
        """Write the records, then their lines."""
        records, self.records = self.records, []
        with self.in_order:
            writer = self.writers.setdefault(self.connection, RecordWriter(self.connection, self.topics, self.frame))
            writer.write([one for one in records if self._is_newest(one)])
            writer.write([one.line for one in records if one.line is not None])

    def _is_newest(self, delivery: Delivery) -> bool:
        name = (delivery.record, delivery.key)
        if self.newest.get(name, 0) > delivery.version:
            return False
        if delivery.version:
            self.newest[name] = delivery.version
            self.newest.move_to_end(name)
            if len(self.newest) > REMEMBERED:
                self.newest.popitem(last=False)
        return True
