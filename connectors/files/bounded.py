"""Read the lines of a file that may be damaged, cut off or made to fill the memory; what is lost is said."""

import gzip
import zlib
from collections.abc import Iterator
from typing import IO

from connectors.message import LARGEST, Message, unreadable

LONGEST_LINE = LARGEST
"""In bytes; a longer line is passed over, and its beginning kept for the rejection."""
_KEPT, _PIECE = 1024, 1024 * 1024
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile)


class Lost(Exception):
    """What a file held from here on cannot be read: a rejection's reason, a sentence, and the bytes that came last."""

    def __init__(self, reason: str, sentence: str, value: bytes = b"") -> None:
        super().__init__(sentence)
        self.reason, self.sentence, self.value = reason, sentence, value

    def message(self, topic: str, offset: int) -> Message:
        """Return the message that tells the pipeline so."""
        return unreadable(topic, offset, self.reason, self.sentence, self.value)


def bounded_lines(stream: IO[bytes]) -> Iterator[bytes | Lost]:
    """Yield the lines of a file with their ends, and in place of one that is too long what it was.

    Raises `Lost` where the file is damaged or ends in the middle.
    """
    number = 0
    try:
        while line := stream.readline(LONGEST_LINE + 1):
            number += 1
            yield line if len(line) <= LONGEST_LINE else _pass_over(stream, line)
    except _DAMAGE as error:
        what = f"The file is damaged, or ends in the middle, behind line {number}"
        raise Lost("undecodable", f"{what}: {error}; what followed is lost, fetch the file again.") from error


def _pass_over(stream: IO[bytes], line: bytes) -> Lost:
    """Read on to the end of a line, keeping nothing but its beginning."""
    size, last = len(line), line
    while last and not last.endswith(b"\n"):
        last = stream.readline(_PIECE)
        size += len(last)
    sentence = f"The line has {size} bytes; at most {LONGEST_LINE} are read, whatever --max-message-bytes says."
    return Lost("too_long", sentence, line[:_KEPT])
