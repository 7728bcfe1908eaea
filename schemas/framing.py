"""Tell the three ways bytes announce their schema apart by their first bytes.

Avro single-object encoding: C3 01, then the schema's 8-byte fingerprint (Avro specification, "Single object encoding").
Confluent's wire format: 00, then the schema's id in the registry, 4 bytes big-endian. Anything else is taken for JSON:
no JSON text begins with either.
"""

from schemas.errors import UndecodableBytes

SINGLE_OBJECT = b"\xc3\x01"
SINGLE_OBJECT_LENGTH = 10
CONFLUENT = b"\x00"
CONFLUENT_LENGTH = 5


def single_object_header(fingerprint: bytes) -> bytes:
    """Return the 10 bytes before a body in Avro's single-object encoding."""
    return SINGLE_OBJECT + fingerprint


def confluent_header(schema_id: int) -> bytes:
    """Return the 5 bytes before a body in Confluent's wire format.

    >>> confluent_header(258).hex()
    '0000000102'
    """
    return CONFLUENT + schema_id.to_bytes(4, "big")


def read_confluent_id(data: bytes) -> int:
    """Return the schema id that bytes in Confluent's wire format name.

    >>> read_confluent_id(confluent_header(258) + b"body")
    258
    """
    if len(data) < CONFLUENT_LENGTH:
        raise UndecodableBytes("The message begins with byte 00, as Confluent's Avro does, but no schema id follows.")
    return int.from_bytes(data[1:CONFLUENT_LENGTH], "big")
