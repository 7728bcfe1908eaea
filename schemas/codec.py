"""Turn records into bytes and bytes into records.

Records are plain dicts: timestamps are aware datetimes in UTC, cut to milliseconds.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from fastavro import schemaless_reader, schemaless_writer

from schemas.catalog import fingerprint_of, latest_version, load_schema, records, versions
from schemas.errors import UndecodableBytes, UnknownSchemaId
from schemas.framing import (
    CONFLUENT,
    CONFLUENT_LENGTH,
    SINGLE_OBJECT,
    SINGLE_OBJECT_LENGTH,
    confluent_header,
    read_confluent_id,
    single_object_header,
)
from schemas.plain_json import conform, from_json
from schemas.registry import SchemaRegistry

# All that fastavro raised on 300,000 damaged bodies; UnicodeDecodeError is a ValueError.
_DAMAGE = (EOFError, IndexError, OverflowError, ValueError)


class Decoded(NamedTuple):
    """A record and the schema it was written with."""

    record: str
    version: int
    fields: dict[str, Any]


def encode(record: str, fields: Mapping[str, Any], version: int | None = None) -> bytes:
    """Write a record in Avro's single-object encoding, in its latest version where none is named.

    Raises ValueError or TypeError where a field is absent, unknown or of the wrong type: that is a bug, not bad input.
    """
    header, schema = _writer(record, version)
    return _write(header, schema, fields)


def encode_confluent(record: str, fields: Mapping[str, Any], schema_id: int, version: int | None = None) -> bytes:
    """Write a record in Confluent's wire format under the id the registry gave its schema."""
    return _write(confluent_header(schema_id), load_schema(record, version), fields)


def decode(data: bytes) -> Decoded:
    """Read a record in Avro's single-object encoding, in the version it was written in.

    Raises UnknownSchemaId where no schema of ours has the fingerprint, UndecodableBytes where the bytes are damaged.
    """
    record, version, schema = _known(data)
    return Decoded(record, version, _read(data, SINGLE_OBJECT_LENGTH, schema))


def decode_message(
    data: bytes, expected: str = "raw_article", registry: SchemaRegistry | None = None
) -> dict[str, Any]:
    """Read one message, Avro in either framing or JSON, as the latest version of the record expected.

    Raises UndecodableBytes, UnknownSchemaId or WrongField; RegistryFailed where the registry does not answer.

    >>> message = '{"source": "masdar", "title": "أمطار على الساحل"}'.encode()
    >>> decode_message(message)["title"]
    'أمطار على الساحل'
    """
    if data.startswith(SINGLE_OBJECT):
        return _read_single_object(data, expected)
    if data.startswith(CONFLUENT):
        return _read_confluent(data, expected, registry)
    return from_json(expected, data)


def _read_single_object(data: bytes, expected: str) -> dict[str, Any]:
    record, version, schema = _known(data)
    if record != expected:
        raise UnknownSchemaId(f"The message holds a record of type {record}; {expected} belongs on this topic.")
    reader = None if version == latest_version(expected) else load_schema(expected)
    fields: dict[str, Any] = _read(data, SINGLE_OBJECT_LENGTH, schema, reader)
    return fields


def _read_confluent(data: bytes, expected: str, registry: SchemaRegistry | None) -> dict[str, Any]:
    schema_id = read_confluent_id(data)
    if data[CONFLUENT_LENGTH : CONFLUENT_LENGTH + 1] == b"{":  # JSON in the same framing; no Avro body begins so
        return from_json(expected, data[CONFLUENT_LENGTH:])
    if registry is None:
        raise UnknownSchemaId(f"The message names schema {schema_id} of a registry; give the address of the registry.")
    # The producer's own schema may have another name and more fields: what matters are the fields that are ours.
    schema = registry.schema(schema_id)
    return conform(expected, by_alias(_read(data, CONFLUENT_LENGTH, schema), schema))


def by_alias(fields: Any, schema: Any) -> Any:
    """Return a record's fields under their aliases too: a producer's own schema may name ours so.

    >>> by_alias({"heading": "خبر"}, {"fields": [{"name": "heading", "aliases": ["title"]}]})
    {'heading': 'خبر', 'title': 'خبر'}
    """
    if isinstance(schema, list):  # of null and a record
        schema = next((branch for branch in schema if isinstance(branch, dict)), None)
    for one in schema.get("fields", ()) if isinstance(schema, dict) and isinstance(fields, dict) else ():
        for alias in one.get("aliases", ()):
            fields.setdefault(alias, fields.get(one["name"]))
    return fields


def _known(data: bytes) -> tuple[str, int, dict[str, Any]]:
    known = _by_header().get(data[:SINGLE_OBJECT_LENGTH])
    if known is not None:
        return known
    if not data.startswith(SINGLE_OBJECT):
        raise UndecodableBytes("The bytes do not begin with C3 01, as Avro's single-object encoding does.")
    named = data[2:SINGLE_OBJECT_LENGTH].hex()
    raise UnknownSchemaId(f"The message names an Avro schema of fingerprint {named}, which no schema of rasid has.")


@cache
def _by_header() -> dict[bytes, tuple[str, int, dict[str, Any]]]:
    return {
        single_object_header(fingerprint_of(record, version)): (record, version, load_schema(record, version))
        for record in records()
        for version in versions(record)
    }


@cache
def _writer(record: str, version: int | None) -> tuple[bytes, dict[str, Any]]:
    return single_object_header(fingerprint_of(record, version)), load_schema(record, version)


def _write(header: bytes, schema: dict[str, Any], fields: Mapping[str, Any]) -> bytes:
    out = BytesIO()
    out.write(header)
    schemaless_writer(out, schema, fields, strict=True, disable_tuple_notation=True)
    return out.getvalue()


def _read(data: bytes, start: int, schema: Any, reader: dict[str, Any] | None = None) -> Any:
    source = BytesIO(data)
    source.seek(start)
    try:
        fields: Any = schemaless_reader(source, schema, reader)
    except _DAMAGE as error:
        raise UndecodableBytes(f"The Avro body is damaged or was written with another schema: {error!r}.") from error
    if source.tell() != len(data):
        raise UndecodableBytes(f"{len(data) - source.tell()} bytes are left over after the Avro record.")
    return fields
