"""Read a TensorFlow checkpoint (its second format) with numpy alone: an index, a sorted table, beside the raw numbers.

The index is a table of LevelDB's form: blocks of keys that share their beginnings with the key before, values that are
protocol buffers, and a footer that says where the block of blocks stands.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

INDEX, DATA = "variables.index", "variables.data-00000-of-00001"
_FOOTER, _FLOAT, _TYPE, _SHAPE, _SHARD, _OFFSET, _SIZE = 48, 1, 1, 2, 3, 4, 5

Floats = npt.NDArray[np.float32]


def read_checkpoint(folder: Path) -> dict[str, Floats]:
    """Return the tensors of 32-bit floats by name; other tensors are left out, numbers stay on the disk until asked.

    Raises ValueError where blocks are compressed or the numbers stand in several files.
    """
    index = (folder / INDEX).read_bytes()
    data = np.memmap(folder / DATA, np.uint8, "r")
    footer = index[-_FOOTER:]
    at = _skip(footer, 2)  # the block of statistics
    where, at = _varint(footer, at)
    size, _ = _varint(footer, at)
    found: dict[str, Floats] = {}
    for _, handle in _entries(index, where, size):
        first, at = _varint(handle, 0)
        for key, value in _entries(index, first, _varint(handle, at)[0]):
            tensor = _tensor(value, data) if key else None  # the empty key says how the table is made
            if tensor is not None:
                found[key.decode()] = tensor
    return found


def _varint(given: bytes, at: int) -> tuple[int, int]:
    """Return a number of 7 bits a byte, the lowest first, and where it ends."""
    number = shift = 0
    while True:
        byte = given[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at


def _skip(given: bytes, numbers: int) -> int:
    at = 0
    for _ in range(numbers):
        _, at = _varint(given, at)
    return at


def _entries(index: bytes, where: int, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield keys and values of a block."""
    if index[where + size]:
        raise ValueError("the checkpoint's index is compressed")
    block = index[where : where + size]
    (restarts,) = struct.unpack_from("<I", block, size - 4)
    at, end, key = 0, size - 4 - 4 * restarts, b""
    while at < end:
        shared, at = _varint(block, at)
        own, at = _varint(block, at)
        length, at = _varint(block, at)
        key = key[:shared] + block[at : at + own]
        yield key, block[at + own : at + own + length]
        at += own + length


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the fields of a protocol buffer: their numbers, and numbers or bytes."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        kind, value = tag & 7, 0
        if kind == 0:
            value, at = _varint(message, at)
            yield tag >> 3, value
            continue
        size = {1: 8, 5: 4}.get(kind, 0)
        if kind == 2:
            size, at = _varint(message, at)
        yield tag >> 3, message[at : at + size]
        at += size


def _tensor(message: bytes, data: npt.NDArray[np.uint8]) -> Floats | None:
    fields = dict(_fields(message))
    if fields.get(_TYPE) != _FLOAT:
        return None
    if fields.get(_SHARD, 0):
        raise ValueError("the checkpoint's numbers stand in several files")
    shape_message, offset, size = fields.get(_SHAPE, b""), fields.get(_OFFSET, 0), fields.get(_SIZE, 0)
    assert isinstance(shape_message, bytes)
    assert isinstance(offset, int)
    assert isinstance(size, int)
    dimensions = [dict(_fields(one)).get(1, 0) for number, one in _fields(shape_message) if isinstance(one, bytes)]
    return np.frombuffer(data[offset : offset + size], np.float32).reshape([int(one) for one in dimensions])
