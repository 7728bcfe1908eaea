"""Read and write Avro container files whose bytes depend on nothing but their records."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from fastavro import reader, writer
from fastavro.read import SchemaResolutionError
from fastavro.schema import SchemaParseException

from schemas.catalog import fingerprint_of, load_schema
from schemas.codec import by_alias, decode, encode
from schemas.errors import UndecodableBytes

_LEVEL = 6
_DAMAGE = (
    *(EOFError, ValueError, LookupError, OverflowError),
    *(zlib.error, SchemaParseException, SchemaResolutionError),
)


def write_container(
    target: str | Path | IO[bytes], record: str, rows: Iterable[Mapping[str, Any]], version: int | None = None
) -> int:
    """Write records into an Avro container file, deflated, and return how many they were.

    The same records in the same order give the same bytes (with the same zlib): the sync marker, which Avro takes at
    random, is a hash of the schema and the first record.
    """
    rows = list(rows)
    schema = load_schema(record, version)
    seed = encode(record, rows[0], version) if rows else fingerprint_of(record, version)
    marker = blake2b(seed, digest_size=16).digest()
    with _opened(target, "wb") as file:
        writer(
            file, schema, rows, codec="deflate", codec_compression_level=_LEVEL, sync_marker=marker,
            strict=True, disable_tuple_notation=True,
        )  # fmt: skip
    return len(rows)


def read_container(source: str | Path | IO[bytes], record: str | None = None) -> Iterator[dict[str, Any]]:
    """Read the records of an Avro container file, one after another.

    With `record` they are read as its latest version, whichever they were written in. Raises UndecodableBytes where the
    file is damaged, or holds another record.
    """
    with _opened(source, "rb") as file:
        try:
            rows = reader(file, load_schema(record) if record else None)
            for row in rows:
                if not isinstance(row, dict):
                    raise UndecodableBytes(f"The Avro file holds {type(row).__name__}, not records.")
                yield row if record else by_alias(row, rows.writer_schema)
        except _DAMAGE as error:
            raise UndecodableBytes(f"The Avro file is damaged or holds another record: {error!r}.") from error


def _opened(file: str | Path | IO[bytes], mode: str) -> Any:
    return open(file, mode) if isinstance(file, str | Path) else nullcontext(file)


def pack_container(record: str, values: Sequence[bytes]) -> bytes:
    """Return the bytes of an Avro container file with records that are in single-object encoding."""
    packed = BytesIO()
    write_container(packed, record, [decode(value).fields for value in values])
    return packed.getvalue()
