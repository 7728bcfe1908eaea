"""The contract: every record's schema as data, and the code that reads and writes by it."""

from schemas.catalog import latest_version, load_schema, records
from schemas.codec import Decoded, decode, decode_message, encode, encode_confluent
from schemas.containers import read_container, write_container
from schemas.errors import CannotRead, RegistryFailed, UndecodableBytes, UnknownSchemaId, WrongField
from schemas.plain_json import from_json, to_json
from schemas.registry import SchemaRegistry
from schemas.topics import Topic, load_topics, message_key, topic_of

__all__ = [
    "CannotRead",
    "Decoded",
    "RegistryFailed",
    "SchemaRegistry",
    "Topic",
    "UndecodableBytes",
    "UnknownSchemaId",
    "WrongField",
    "decode",
    "decode_message",
    "encode",
    "encode_confluent",
    "from_json",
    "latest_version",
    "load_schema",
    "load_topics",
    "message_key",
    "read_container",
    "records",
    "to_json",
    "topic_of",
    "write_container",
]
