"""Read and write Avro container files whose bytes depend on nothing but their records."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from fastavro import block_reader, reader, writer
from fastavro.read import SchemaResolutionError
from fastavro.schema import SchemaParseException

from schemas.bounded_blocks import bound_blocks
from schemas.catalog import fingerprint_of, load_schema
from schemas.codec import by_alias, encode
from schemas.errors import UndecodableBytes
from schemas.framing import single_object_header

bound_blocks()
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

    With `record` they are read as its latest version, whichever they were written in; a null is a record without
    fields. Raises UndecodableBytes where the file is damaged, or holds another record.
    """
    with _opened(source, "rb") as file:
        try:
            rows = reader(file, load_schema(record) if record else None)
            for row in rows:
                if row is None:
                    yield {}
                    continue
                if not isinstance(row, dict):
                    raise UndecodableBytes(f"The Avro file holds {type(row).__name__}, not records.")
                yield row if record else by_alias(row, rows.writer_schema)
        except _DAMAGE as error:
            raise UndecodableBytes(f"The Avro file is damaged or holds another record: {error!r}.") from error


def _opened(file: str | Path | IO[bytes], mode: str) -> Any:
    return open(file, mode) if isinstance(file, str | Path) else nullcontext(file)


def container_header(record: str) -> bytes:
    """Return how an Avro container file of a record's latest version begins; blocks may be added to it for ever.

    The sync marker, which Avro takes at random, is a hash of the schema.
    """
    packed = BytesIO()
    marker = _marker(record)
    writer(packed, load_schema(record), [], codec="deflate", codec_compression_level=_LEVEL, sync_marker=marker)
    return packed.getvalue()


def container_block(record: str, values: Sequence[bytes]) -> bytes:
    """Return a block for a container file that begins with `container_header`: records in single-object encoding.

    They must be of the record's latest version, as everything is that this version of rasid writes.
    """
    header = single_object_header(fingerprint_of(record))
    assert all(value.startswith(header) for value in values), "written with another schema"
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    packed = deflate.compress(b"".join(value[len(header) :] for value in values)) + deflate.flush()
    return _long(len(values)) + _long(len(packed)) + packed + _marker(record)


def read_beginning(path: Path, record: str, length: int | None = None) -> Iterator[dict[str, Any]]:
    """Read the records in the first `length` bytes of a container file; none in an empty one.

    Raises UndecodableBytes, naming the file, where it is damaged or holds another record.
    """
    yield from read_between(path, record, 0, path.stat().st_size if length is None else length)


def read_between(path: Path, record: str, start: int, end: int) -> Iterator[dict[str, Any]]:
    """Read the records in the bytes from `start` to `end` of a container file: both are 0 or the ends of blocks.

    Raises UndecodableBytes, naming the file, where it is damaged or holds another record.
    """
    with path.open("rb") as file:
        header = _header_length(file) if start else 0
        file.seek(0)
        kept = file.read(header)
        file.seek(start)
        kept += file.read(end - start)
    try:
        yield from read_container(BytesIO(kept), record) if kept else ()
    except UndecodableBytes as error:
        raise UndecodableBytes(f"{path}: {error}") from error


def _header_length(file: IO[bytes]) -> int:
    """Return how long the header of a container file is: what stands before its first block; 0 where it is damaged."""
    with suppress(*_DAMAGE):
        block_reader(file)
        return file.tell()
    return 0


def container_values(path: Path, record: str) -> Iterator[bytes]:
    """Yield the records of a container file as they were given to `container_block`, one after another."""
    for row in read_container(path, record):
        yield encode(record, row)


def whole_length(path: Path) -> int:
    """Return how many bytes of a container file are whole: its header and the blocks that were not cut short."""
    whole = 0
    with path.open("rb") as file:
        try:
            for block in block_reader(file):
                whole = block.offset + block.size
        except _DAMAGE:
            pass
    return whole


def _marker(record: str) -> bytes:
    return blake2b(fingerprint_of(record), digest_size=16).digest()


def _long(number: int) -> bytes:
    """Write a number of zero or more as Avro writes a long: zigzag, seven bits a byte."""
    number, written = number << 1, bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*written, number])
