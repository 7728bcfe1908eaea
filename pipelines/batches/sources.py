"""Where batches of messages come from: a topic, from the offsets a restart gives, or files, from their first line."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import chain, islice
from typing import Any

from connectors.kafka.log_reader import LogReader
from connectors.message import LARGEST, Message
from pipelines.core.ledger import Done
from pipelines.inputs import read_messages
from pipelines.options import FileSource

MOST_MESSAGES = 500
"""A batch holds so many messages at most: what a crash costs, and what must be finished before a stop (some 5 s)."""
MOST_BYTES = LARGEST


@dataclass
class TopicBatches:
    """The messages of one topic. `done` is what had its line in each output when the reading began."""

    reader: LogReader
    done: tuple[Done, ...]
    slower: int = 1
    total: int | None = None

    def __post_init__(self) -> None:
        if self.reader.ends is not None:
            self.total = sum(max(0, end - self.reader.positions[one]) for one, end in self.reader.ends.items())

    def read(self, wait_s: float) -> list[Message]:
        """Return the next messages."""
        return self.reader.read(MOST_MESSAGES // self.slower, MOST_BYTES, wait_s)

    @property
    def is_at_end(self) -> bool:
        """Return whether the ends are reached that were seen at the start."""
        return self.reader.is_at_end

    @property
    def position(self) -> dict[str, dict[int, int]]:
        """Return the next offset of each partition of the topic."""
        return {self.reader.topic_id: dict(self.reader.positions)}

    @property
    def expired(self) -> int:
        """Return how many offsets retention took before they were read; some may have held no message."""
        return max(map(self._expired, self.done), default=0)

    @property
    def is_behind(self) -> bool:
        """Return whether anything behind the positions has its line in an output."""
        reader = self.reader
        return any(
            stretches[-1][1] > reader.positions.get(partition, 2**63)
            for done in self.done
            for (topic, partition, topic_id), stretches in done.stretches.items()
            if stretches and topic == reader.topic and topic_id in {reader.topic_id, ""}
        )

    @property
    def waiting_s(self) -> float:
        """Return for how many seconds no broker has answered."""
        return self.reader.waiting_s

    @property
    def lag(self) -> dict[int, int]:
        """Return how far each partition's end was ahead when the broker last told."""
        return self.reader.lag

    @property
    def behind(self) -> set[int]:
        """Return the partitions that have more to be read."""
        return self.reader.behind

    def _expired(self, done: Done) -> int:
        reader = self.reader
        return sum(
            stop - start
            for gone in reader.expired
            for start, stop in done.missing((reader.topic, gone.partition, reader.topic_id), gone.start, gone.stop)
        )

    def close(self) -> None:
        """Let go of the connection."""
        self.reader.close()


@dataclass
class FileBatches:
    """The lines of files, in the order of their names. Those that were `read_before` are not read again.

    `read_before` has for each file how many messages it gave, and a hash of them all: a file that has only grown is
    read from where it ended, and another under its name from its beginning. `done` is what has its line in each output;
    `meet` is called before anything is read of a file from its beginning: its messages may have their lines too.
    """

    source: FileSource
    read_before: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    done: tuple[Done, ...] = ()
    meet: Callable[[], None] = lambda: None
    slower: int = 1
    total: int | None = None
    expired: int = 0
    waiting_s: float = 0.0
    lag: Mapping[int, int] = field(default_factory=dict)
    behind: Collection[int] = ()

    def __post_init__(self) -> None:
        self._read: dict[str, tuple[int, str]] = dict(self.read_before)
        self._messages = chain.from_iterable(self._messages_of(file) for file in self.source.files)
        self._next = next(self._messages, None)

    def read(self, wait_s: float) -> list[Message]:
        """Return the next messages; it never waits."""
        batch: list[Message] = []
        size = 0
        while self._next is not None and len(batch) < MOST_MESSAGES // self.slower and size < MOST_BYTES:
            batch.append(self._next)
            size += len(self._next.value)
            self._read[self._next.topic] = _add(self._read.get(self._next.topic, (0, "")), self._next)
            self._next = next(self._messages, None)
        return batch

    @property
    def is_at_end(self) -> bool:
        """Return whether every line was read."""
        return self._next is None

    @property
    def is_behind(self) -> bool:
        """Return whether there is more to read, while anything has its line."""
        return not self.is_at_end and any(done.stretches for done in self.done)

    @property
    def position(self) -> dict[str, tuple[int, str]]:
        """Return for each file how many messages were read, and a hash of them all."""
        return dict(self._read)

    def close(self) -> None:
        """Do nothing: a file closes with its last line."""

    def _messages_of(self, file: Any) -> Iterator[Message]:
        before = self.read_before.get(file.name, (0, ""))
        messages = map(identify, read_messages(file))
        if not before[0] or reduce(_add, islice(messages, before[0]), (0, "")) != before:
            self._read.pop(file.name, None)
            self.meet()
            messages = map(identify, read_messages(file))
        yield from messages


def _add(read: tuple[int, str], message: Message) -> tuple[int, str]:
    count, told = read
    return count + 1, hashlib.blake2b((told + message.origin_id).encode(), digest_size=8).hexdigest()


def identify(message: Message) -> Message:
    """Return a line of a file with its id: a hash of its bytes."""
    return replace(message, origin_id=hashlib.blake2b(message.value, digest_size=8).hexdigest())
