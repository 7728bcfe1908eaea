"""Write records and lines to the topics of a cluster, and nothing that stands there already."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from connectors.kafka.admin import cluster_id, id_of_topic
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.offsets import offsets_at, partition_bounds
from connectors.kafka.read_back import read_topic
from connectors.kafka.record_writer import RecordWriter
from connectors.message import Delivery
from pipelines.core.ledger import Done, LinesRead, Place, place_of
from pipelines.core.units import DAY
from pipelines.ledgers import Written, topic_lines
from schemas.catalog import fingerprint_of
from schemas.codec import decode
from schemas.framing import CONFLUENT, CONFLUENT_LENGTH, single_object_header
from schemas.topics import topic_of

WRITTEN_WITHIN_MS = DAY
MERGED = ("event", "story", "trend")
"""Records that no single message has: they are sent anew whenever something adds to them."""


@dataclass
class KafkaOutput:
    """The topics of one cluster. `done` are the messages that have their line there."""

    connection: KafkaConnection
    writer: RecordWriter
    lines: LinesRead = field(default_factory=lambda: LinesRead(0))
    done: Done = field(default_factory=Done)
    _standing: dict[tuple[str, bytes], tuple[int, bytes]] = field(default_factory=dict)
    _mark: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        ledger = topic_of("ledger").name
        self._mark = {
            "cluster": cluster_id(self.connection),
            "ledger": id_of_topic(self.connection, ledger),
            "ends": {partition: end for partition, (_, end) in partition_bounds(self.connection, ledger).items()},
        }

    def write_records(self, deliveries: Sequence[Delivery]) -> None:
        """Write records, of merged ones the newest, but for what stands in its topic already."""
        self.writer.write([one for one in _newest(deliveries) if not self._stands(one)])

    def write_lines(self, lines: Sequence[Delivery]) -> None:
        """Write lines; what they speak of is written everywhere."""
        for (_, partition), end in self.writer.write(lines).items():
            self._mark["ends"][partition] = end

    def all_lines(self) -> Iterator[Written]:
        """Yield the ledger."""
        return topic_lines(self.connection)

    def lines_since(self, mark: Mapping[str, Any]) -> Iterator[Written]:
        """Yield the lines written since a mark was made."""
        return topic_lines(self.connection, mark["kafka"]["ends"])

    def remember_standing(self, begins: Mapping[Place, int]) -> None:
        """Read what was written of merged records, so as not to send it again when news is read again from there.

        Where nothing is said of a place, it is read again from its beginning.
        """
        again = [
            line.written for line in self.lines.recent if line.origin.offset >= begins.get(place_of(line.origin), 0)
        ]
        first = min(again, default=0) - WRITTEN_WITHIN_MS if begins else 0  # records come before their lines
        since = datetime.fromtimestamp(max(0, first) / 1000, UTC)
        for record in MERGED:
            name = topic_of(record).name
            for message in read_topic(self.connection, name, start=offsets_at(self.connection, name, since)):
                value = self._unframe(record, message.value)
                if value:
                    self._standing[record, message.key or b""] = (decode(value).fields["version"], _hash(value))

    def _unframe(self, record: str, value: bytes) -> bytes:
        """Return a value as it was before it was framed; b"" where it was framed otherwise than it would be now."""
        if not value.startswith(CONFLUENT):
            return value
        plain, frame = single_object_header(fingerprint_of(record)) + value[CONFLUENT_LENGTH:], self.writer.frame
        return plain if frame is not None and frame(record, plain) == value else b""

    def mark(self) -> dict[str, Any]:
        """Return how far the ledger had come with our last line, and which ledger it is."""
        return {"kafka": {**self._mark, "ends": dict(self._mark["ends"])}}

    def goes_on_from(self, mark: Mapping[str, Any]) -> bool:
        """Return whether the ledger is one that had this mark, and was only added to since."""
        told, now = mark.get("kafka", {"ends": {}}), self._mark
        same = all(told.get(name) == now[name] for name in ("cluster", "ledger"))
        return same and all(end <= now["ends"].get(partition, -1) for partition, end in told["ends"].items())

    def _stands(self, delivery: Delivery) -> bool:
        version, value = self._standing.get((delivery.record, delivery.key), (-1, b""))
        return version > delivery.version or value == _hash(delivery.value)


def _newest(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Return all but the merged records that a later version follows, of deliveries in the order of their versions."""
    last = {(one.record, one.key): one for one in deliveries}
    return [one for one in deliveries if one.record not in MERGED or last[one.record, one.key] is one]


def _hash(value: bytes) -> bytes:
    return blake2b(value, digest_size=10).digest()
