"""A consumer of logs that are kept here, for what reads topics."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from kafka import TopicPartition
from kafka.errors import KafkaError, OffsetOutOfRangeError


@dataclass
class Log:
    """A partition: the offsets that hold a message, the first that is kept, and the next to be written."""

    offsets: list[int]
    end: int
    first: int = 0
    values: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, count: int) -> "Log":
        """Return a partition with so many messages and nothing between them."""
        return cls(list(range(count)), count)


@dataclass
class Consumer:
    """Reads logs as kafka-python does with `auto_offset_reset="none"`."""

    logs: dict[int, Log]
    size: int = 10
    is_down: bool = False
    positions: dict[TopicPartition, int] = field(default_factory=dict)
    paused: set[TopicPartition] = field(default_factory=set)
    polls: list[tuple[int, int]] = field(default_factory=list)
    is_closed: bool = False
    errors: dict[str, list[KafkaError]] = field(default_factory=dict)
    """What a method raises the next times it is called, by its name, before it answers."""

    def assign(self, places: Iterable[TopicPartition]) -> None:
        self.positions = dict.fromkeys(places, -1)
        self.paused = set()

    def assignment(self) -> set[TopicPartition]:
        return set(self.positions)

    def seek(self, place: TopicPartition, offset: int) -> None:
        self.positions[place] = offset

    def _fail(self, method: str) -> None:
        if self.errors.get(method):
            raise self.errors[method].pop(0)

    def position(self, place: TopicPartition) -> int:
        self._fail("position")
        return self.positions[place]

    def highwater(self, place: TopicPartition) -> int | None:
        return None if self.is_down else self.logs[place.partition].end

    def pause(self, *places: TopicPartition) -> None:
        self.paused |= set(places)

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        self._fail("partitions_for_topic")
        return None if self.is_down else set(self.logs)

    def beginning_offsets(self, places: list[TopicPartition]) -> dict[TopicPartition, int]:
        self._fail("beginning_offsets")
        return {place: self.logs[place.partition].first for place in places}

    def end_offsets(self, places: list[TopicPartition]) -> dict[TopicPartition, int]:
        return {place: self.logs[place.partition].end for place in places}

    def close(self, *, autocommit: bool) -> None:
        self.is_closed = not autocommit

    def poll(self, timeout_ms: int, max_records: int) -> Mapping[TopicPartition, list[Any]]:
        self.polls.append((timeout_ms, max_records))
        polled: dict[TopicPartition, list[Any]] = {}
        for place in sorted(set(self.positions) - self.paused) if not self.is_down else ():
            log, at = self.logs[place.partition], self.positions[place]
            if not log.first <= at <= log.end:
                raise OffsetOutOfRangeError({place: at})
            left = max_records - sum(map(len, polled.values()))
            there = [offset for offset in log.offsets if offset >= at]
            some = there[:left]
            if some:
                polled[place] = [self._record(place, offset) for offset in some]
            self.positions[place] = log.end if there == some else some[-1] + 1 if some else at
        return polled

    def _record(self, place: TopicPartition, offset: int) -> Any:
        made_up = f"{place.partition}:{offset}".encode().ljust(self.size, b".")
        value = self.logs[place.partition].values.get(offset, made_up)
        more = {"key": b"k", "headers": [("h", b"v")], "timestamp": 5}
        return SimpleNamespace(value=value, topic=place.topic, partition=place.partition, offset=offset, **more)
