"""Put records into Confluent's wire format, under the ids a registry gives their schemas."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.framing import SINGLE_OBJECT_LENGTH, confluent_header
from schemas.registry import SchemaRegistry
from schemas.topics import load_topics

OURS = ("raw_article", "ledger")


@dataclass(frozen=True, slots=True)
class ConfluentFraming:
    """Ids of our records' schemas in a registry; turns single-object encoding into Confluent's wire format."""

    ids: Mapping[str, int]

    def __call__(self, record: str, value: bytes) -> bytes:
        """Return a record's bytes with the other header, the body being the same in both; unchanged without an id.

        >>> ConfluentFraming({"event": 7})("event", bytes.fromhex("c301") + bytes(8) + b"body").hex()
        '0000000007626f6479'
        """
        return confluent_header(self.ids[record]) + value[SINGLE_OBJECT_LENGTH:] if record in self.ids else value


def register_schemas(url: str) -> ConfluentFraming:
    """Register the latest schema of every topic written for others, under `<topic>-value`; raises RegistryFailed.

    The input topic's schema is its producers' affair. The ledger is our own book, which a restart and an audit must be
    able to read without a registry.
    """
    registry = SchemaRegistry(url)
    topics = [one for one in load_topics() if one.record not in OURS]
    return ConfluentFraming({one.record: registry.register(f"{one.name}-value", one.record) for one in topics})
