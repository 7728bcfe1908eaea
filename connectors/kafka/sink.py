"""Write records to their topics, and each message's ledger line only after its record."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import Any, ClassVar

import apache_beam as beam
from apache_beam import DoFn, PCollection
from kafka import KafkaProducer

from connectors.kafka.connection import KafkaConnection
from connectors.message import Delivery

FLUSH_EVERY = 5000
REMEMBERED = 100_000
MOST_BYTES = 16 * 1024 * 1024


@dataclass
class WriteToKafka(beam.PTransform):
    """Send each delivery to the topic of its record; return when every one is acknowledged by all replicas.

    Lines are sent when the records before them are acknowledged: what has a line was written. `frame` makes a message's
    value of a record's name and bytes, where they are not sent as they are. A version that a newer one with its key has
    overtaken is not sent: runners work on bundles side by side, and a compacted topic keeps the last it was sent.
    """

    connection: KafkaConnection
    topics: Mapping[str, str]
    frame: Callable[[str, bytes], bytes] | None = None

    def expand(self, deliveries: "PCollection[Delivery]") -> "PCollection[None]":
        """Wire it; nothing comes out."""
        return deliveries | beam.ParDo(_Send(self.connection, dict(self.topics), self.frame)).with_output_types(None)


_SERIAL = count()


def close_producers() -> None:
    """Close what this process has kept open to write; nothing may be writing still."""
    while _Send.producers:
        _Send.producers.popitem()[1].close()


@dataclass
class _Send(DoFn):
    connection: KafkaConnection
    topics: dict[str, str]
    frame: Callable[[str, bytes], bytes] | None
    run: int = field(default_factory=lambda: next(_SERIAL))
    sent: list[Any] = field(default_factory=list)
    lines: list[Delivery] = field(default_factory=list)

    producers: ClassVar[dict[KafkaConnection, KafkaProducer]] = {}
    newest: ClassVar[OrderedDict[tuple[int, str, bytes], int]] = OrderedDict()
    in_order: ClassVar[Lock] = Lock()

    def start_bundle(self) -> None:
        self.sent, self.lines = [], []

    def process(self, delivery: Delivery) -> Iterable[None]:
        self._send(delivery)
        if delivery.line is not None:
            self.lines.append(delivery.line)
        if len(self.sent) >= FLUSH_EVERY:
            self._settle()
        return ()

    def finish_bundle(self) -> None:
        self._settle()

    def _settle(self) -> None:
        """Wait for the records, then write their lines and wait for those."""
        self._wait()
        for line in self.lines:
            self._send(line)
        self.lines = []
        self._wait()

    def _send(self, delivery: Delivery) -> None:
        value = self.frame(delivery.record, delivery.value) if self.frame else delivery.value
        with self.in_order:
            if self._is_newest(delivery):
                self.sent.append(self._producer().send(self.topics[delivery.record], value=value, key=delivery.key))

    def _is_newest(self, delivery: Delivery) -> bool:
        name = (self.run, delivery.record, delivery.key)
        if self.newest.get(name, 0) > delivery.version:
            return False
        if delivery.version:
            self.newest[name] = delivery.version
            self.newest.move_to_end(name)
            if len(self.newest) > REMEMBERED:
                self.newest.popitem(last=False)
        return True

    def _wait(self) -> None:
        if self.sent:
            self._producer().flush()
            for future in self.sent:
                future.get()
            self.sent = []

    def _producer(self) -> KafkaProducer:
        if self.connection not in self.producers:
            self.producers[self.connection] = KafkaProducer(
                **self.connection.client_settings(),
                linger_ms=20,
                batch_size=256 * 1024,
                compression_type="lz4",
                max_request_size=MOST_BYTES,
            )
        return self.producers[self.connection]
