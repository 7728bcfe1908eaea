"""Open a file as plain bytes in UTF-8, whatever it is packed with; say what it is where it is no text."""

import bz2
import codecs
import gzip
import io
from typing import IO

from connectors.files.bounded import Lost

_LAYERS = 2
_PIECE = 64 * 1024
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_KINDS = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"PAR1", "a Parquet file"),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard"),
    (b"\xfd7zXZ", "packed with xz"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"%PDF-", "a PDF file"),
    (b"<?xml", "XML"),
    (b"<rss", "XML"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
)
_LONGEST_MARK = 16


def open_file(path: str) -> io.BufferedReader:
    """Open a file for reading bytes, unpacking gzip and bzip2 by its first bytes, also where it was packed twice."""
    stream = open(path, "rb")  # noqa: SIM115 - closed by the caller
    for _ in range(_LAYERS):
        begin = first_bytes(stream)
        if begin[:2] == b"\x1f\x8b":
            stream = io.BufferedReader(_Unpacked(gzip.GzipFile(fileobj=stream), stream), _PIECE)
        elif begin[:3] == b"BZh" and begin[3:4].isdigit():
            stream = io.BufferedReader(_Unpacked(bz2.BZ2File(stream), stream), _PIECE)
    return stream


def first_bytes(stream: IO[bytes]) -> bytes:
    """Return some bytes that a stream begins with, and leave them in it; none where it cannot be looked into."""
    try:
        return stream.peek(_LONGEST_MARK)[:_LONGEST_MARK] if isinstance(stream, io.BufferedReader) else b""
    except EOFError:
        return b""


def in_utf8(stream: IO[bytes]) -> IO[bytes]:
    """Return a stream in UTF-8 of one in UTF-16 with its mark; any other is itself.

    Raises Lost, naming what it is, for one that is neither text nor ours.
    """
    begin = first_bytes(stream)
    encoding = _UTF16.get(begin[:2])
    if encoding is not None:
        return io.BufferedReader(_Recoded(stream, encoding))
    for mark, what in _KINDS:
        if begin.lower().startswith(mark.lower()):
            raise Lost(
                "undecodable", f"The file is {what}; JSON lines, tables (CSV) and Avro are read: convert it.", begin
            )
    return stream


class _Unpacked(io.RawIOBase):
    """Unpacked bytes: all that can be, and only then the error."""

    def __init__(self, packed: gzip.GzipFile | bz2.BZ2File, below: IO[bytes]) -> None:
        self._packed, self._below = packed, below

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._packed.read1(len(buffer))
        except OSError as error:
            if error.errno is not None:
                raise
            raise EOFError(str(error)) from error  # the bytes are wrong, not the disk
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._packed.close()
            self._below.close()
        super().close()


class _Recoded(io.RawIOBase):
    """UTF-8 of a stream in another encoding; what is none of it becomes U+FFFD, for the pipeline to judge."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        self._stream, self._rest = stream, b""
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = self._stream.read(_PIECE)
            self._rest = self._decoder.decode(piece, final=not piece).encode("utf-8", "replace")
            if not piece and not self._rest:
                return 0
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
