"""Keep a block of an Avro container from filling the memory: some KB of it can be packed GBs."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import IO, Any

from fastavro.read import BLOCK_READERS

LARGEST_BLOCK = 256 * 1024 * 1024
"""In bytes, unpacked. Writers end a block at some 16 KB to 64 MB."""
_MOST_LZMA_MEMORY = 128 * 1024 * 1024
_MOST_SHIFT = 63


def bound_blocks() -> None:
    """Have fastavro unpack blocks up to `LARGEST_BLOCK`; it raises ValueError for a larger one."""
    BLOCK_READERS["deflate"] = _reader(lambda: zlib.decompressobj(-15))
    BLOCK_READERS["bzip2"] = _reader(bz2.BZ2Decompressor)
    BLOCK_READERS["xz"] = _reader(lambda: lzma.LZMADecompressor(memlimit=_MOST_LZMA_MEMORY))


def _reader(begin: Callable[[], Any]) -> Callable[[IO[bytes]], BytesIO]:
    def read(file: IO[bytes]) -> BytesIO:
        length, unpacking = _read_length(file), begin()
        packed = file.read(length)
        if len(packed) < length:
            raise EOFError("a block is cut off")
        try:
            block = unpacking.decompress(packed, LARGEST_BLOCK + 1)
        except (OSError, lzma.LZMAError) as error:
            raise ValueError(f"a block is damaged: {error}") from error
        if len(block) > LARGEST_BLOCK:
            raise ValueError(f"a block holds more than {LARGEST_BLOCK} bytes; at most that is read")
        if not unpacking.eof:
            raise ValueError("a block is damaged: it does not end")
        return BytesIO(block)

    return read


def _read_length(file: IO[bytes]) -> int:
    """Read a long as Avro writes it: zigzag, seven bits a byte."""
    number = shift = 0
    while shift <= _MOST_SHIFT:
        byte = file.read(1)
        if not byte:
            raise EOFError("a block is cut off")
        number |= (byte[0] & 0x7F) << shift
        shift += 7
        if not byte[0] & 0x80:
            break
    length = number >> 1
    if number & 1:
        raise ValueError("a block has a length below zero")
    return length
