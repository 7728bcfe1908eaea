"""Write records to their topics, as long as it takes: an outage is waited for, and said."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError, MessageSizeTooLargeError

from connectors.kafka.connection import KafkaConnection
from connectors.message import LARGEST, Delivery

FOR_EVER_MS = 2**31 - 1
ASK_EVERY_S = CLOSE_WITHIN_S = 1.0
ATTEMPTS = 5
"""So often a record is sent anew that a broker refused, each time by a new producer; waiting for one is no refusal."""


class CannotWrite(Exception):
    """A record cannot be written; the message says which and what to do."""


def go_on_waiting(seconds: float) -> None:
    """Be patient: the usual answer to how long to wait for a broker."""


@dataclass
class RecordWriter:
    """Sends deliveries, and returns when every one is acknowledged by all replicas.

    `frame` makes a message's value of a record's name and bytes, where they are not sent as they are. `waiting` is told
    every second how long nobody has acknowledged anything; it may raise, to give up.
    """

    connection: KafkaConnection
    topics: Mapping[str, str]
    frame: Callable[[str, bytes], bytes] | None = None
    waiting: Callable[[float], None] = go_on_waiting
    _producer: KafkaProducer | None = field(default=None, init=False)
    _since: float = field(default_factory=time.monotonic, init=False)

    def write(self, deliveries: Sequence[Delivery]) -> dict[tuple[str, int], int]:
        """Send deliveries in their order and wait for all; raises CannotWrite where a broker refuses one for good.

        Returns the offset behind the last that was written, by topic and partition.
        """
        left: list[Delivery] = list(deliveries)
        ends: dict[tuple[str, int], int] = {}
        for attempt in range(ATTEMPTS):
            self._since = time.monotonic()
            left, refusal = self._try(left, ends)
            if not left:
                return ends
            if isinstance(refusal, MessageSizeTooLargeError):
                break
            self.close()  # its memory of the broker's log is what may be wrong
            time.sleep(0.2 * attempt)
        raise CannotWrite(
            f"Kafka refuses {len(left)} records, the first of topic {self.topics[left[0].record]} with "
            f"{len(left[0].value):,} bytes: {refusal!r}. See that the topic exists and takes messages of "
            f"{LARGEST // 2**20} MiB (max.message.bytes); `rasid topics create` makes such topics."
        )

    def close(self) -> None:
        """Let go of the connection; what was not acknowledged is given up."""
        if self._producer is not None:
            # kafka-python 3.0.12 waits for what can never be sent, and leaves its thread behind: end that first.
            self._producer._sender.force_close()
            with suppress(KafkaError):
                self._producer.close(timeout=CLOSE_WITHIN_S)
            self._producer = None

    def _try(
        self, deliveries: Iterable[Delivery], ends: dict[tuple[str, int], int]
    ) -> tuple[list[Delivery], Exception | None]:
        """Send once; return what was refused, and why. Notes in `ends` where the others stand."""
        sent = [(delivery, self._send(delivery)) for delivery in deliveries]
        for _, future in sent:
            self._await(future)
        for written in (future.value for _, future in sent if not future.failed()):
            place = written.topic, written.partition
            ends[place] = max(written.offset + 1, ends.get(place, 0))
        refused = [(delivery, future.exception) for delivery, future in sent if future.failed()]
        return [delivery for delivery, _ in refused], refused[0][1] if refused else None

    def _send(self, delivery: Delivery) -> Any:
        value = self.frame(delivery.record, delivery.value) if self.frame else delivery.value
        while True:
            try:
                return self._made().send(self.topics[delivery.record], value=value, key=delivery.key)
            except KafkaTimeoutError:  # no metadata, or its buffer is full
                self.waiting(time.monotonic() - self._since)
            except KafkaError as error:
                return _Refused(error)

    def _await(self, future: Any) -> None:
        while not future.is_done:
            try:
                future.get(timeout=ASK_EVERY_S)
            except KafkaError:  # it took too long; or the record is refused, and the future is done
                if not future.is_done:
                    self.waiting(time.monotonic() - self._since)
        self._since = time.monotonic()

    def _made(self) -> KafkaProducer:
        if self._producer is None:
            self._producer = KafkaProducer(
                **self.connection.client_settings(),
                linger_ms=5,
                batch_size=256 * 1024,
                compression_type="lz4",
                max_request_size=LARGEST,
                max_block_ms=int(ASK_EVERY_S * 1000),
                delivery_timeout_ms=FOR_EVER_MS,  # else what waits for a broker expires, and `flush` with it
            )
        return self._producer


@dataclass(frozen=True)
class _Refused:
    """Stands for the future of what could not even be handed to the producer."""

    exception: Exception
    is_done: bool = True

    def failed(self) -> bool:
        return True
