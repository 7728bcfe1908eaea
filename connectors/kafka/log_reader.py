"""Read a topic batch by batch, from given offsets on: nothing is skipped without being said."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata

from connectors.kafka.admin import id_of_topic
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.consume import NoSuchTopic, make_consumer, to_message
from connectors.message import Message

LOOK_EVERY_S = 15.0
"""How often to look for new partitions, and whether the topic is still the one it was."""
POLLED_AT_ONCE = 100
GATHERED_S = 0.05
"""What is read together may come so far apart: a poll tells of one partition at a time."""
LOST_AT_MOST = 5
"""So often in a row reading may fail where its place is found again; what goes on failing is no matter of places."""


class TopicReplaced(Exception):
    """The topic was deleted, or made anew under its name, while it was read."""


@dataclass(frozen=True, slots=True)
class Expired:
    """Offsets `start` to `stop` (exclusive) that retention took before they were read."""

    partition: int
    start: int
    stop: int


@dataclass
class LogReader:
    """Reads on from `positions` (offset by partition), up to `ends` where the reading is to end.

    A partition that is added later is read from its beginning. Raises TopicReplaced where the topic is another than
    `topic_id` says. While no broker answers there is nothing to read, and reading goes on when one does.
    """

    connection: KafkaConnection
    topic: str
    topic_id: str
    positions: dict[int, int]
    ends: Mapping[int, int] | None = None
    expired: list[Expired] = field(default_factory=list)
    identify: Callable[[KafkaConnection, str], str] = id_of_topic

    def __post_init__(self) -> None:
        self._consumer = self._make_consumer()
        self._looked, self._lost = time.monotonic(), 0
        self._unanswered: float | None = None
        self._assign()

    def _make_consumer(self) -> KafkaConsumer:
        return make_consumer(self.connection, auto_offset_reset="none", metadata_max_age_ms=int(LOOK_EVERY_S * 1000))

    def read(self, most: int, most_bytes: int, wait_s: float) -> list[Message]:
        """Return what has come: at most `most` messages, and no more once there are `most_bytes`.

        Waits for the first message `wait_s` seconds, and a little for what is on its way behind it.
        """
        self._look()
        messages: list[Message] = []
        size, wait, ends = 0, wait_s, None
        while len(messages) < most and size < most_bytes and not self.is_at_end:
            came = self._poll(min(POLLED_AT_ONCE, most - len(messages)), wait)
            ends = ends or time.monotonic() + GATHERED_S
            messages += came
            size, wait = size + sum(len(message.value) for message in came), max(0.0, ends - time.monotonic())
            if not came and (wait == 0.0 or not messages):
                break
        return messages

    @property
    def is_at_end(self) -> bool:
        """Return whether all was read up to `ends`."""
        return self.ends is not None and all(self.positions[one] >= end for one, end in self.ends.items())

    @property
    def waiting_s(self) -> float:
        """Return for how many seconds no broker is known to have answered, as far as was looked."""
        return time.monotonic() - self._unanswered if self._unanswered else 0.0

    @property
    def lag(self) -> dict[int, int]:
        """Return by partition how many offsets behind our position there are, as the broker last told while we read."""
        ends = self._last_ends()
        return {one: max(0, end - self.positions[one]) for one, end in sorted(ends.items()) if end is not None}

    @property
    def behind(self) -> set[int]:
        """Return the partitions that have more to be read, as far as is known."""
        ends = self._last_ends()
        if self.ends is not None:
            ends = {one: self.ends.get(one, 0) for one in ends}
        return {one for one, end in ends.items() if end is None or end > self.positions[one]}

    def _last_ends(self) -> dict[int, int | None]:
        """Return where each partition ends, as the broker last told while we read; None where it has not yet."""
        return {place.partition: self._consumer.highwater(place) for place in self._consumer.assignment()}

    def close(self) -> None:
        """Let go of the connection."""
        self._consumer.close(autocommit=False)

    def _poll(self, most: int, wait_s: float) -> list[Message]:
        try:
            polled = self._consumer.poll(timeout_ms=int(wait_s * 1000), max_records=most)
            reached = {place: self._consumer.position(place) for place in self._consumer.assignment()}
        except KafkaError as error:  # an offset that is not there, a log that was cut short, a topic that is gone
            self._lost += 1
            if self._lost > LOST_AT_MOST:
                raise
            self._find_place(getattr(error, "divergent_offsets", {}))
            return []
        self._lost = 0 if polled else self._lost
        records = chain.from_iterable(polled.values())
        messages = [replace(to_message(record), origin_id=self.topic_id) for record in records]
        self._unanswered = None if messages else self._unanswered
        kept = [message for message in messages if self._is_wanted(message)]
        for place, offset in reached.items():
            self._note(place, offset)
        return kept

    def _note(self, place: TopicPartition, reached: int) -> None:
        """Note how far a partition was read; what lies behind its end was polled, perhaps, and is not read."""
        at = self.positions[place.partition]
        if self.ends is not None:
            end = max(at, self.ends.get(place.partition, 0))
            if reached >= end:
                self._consumer.pause(place)
            reached = min(reached, end)
        self.positions[place.partition] = max(at, reached)

    def _is_wanted(self, message: Message) -> bool:
        return self.ends is None or message.offset < self.ends.get(message.partition, 0)

    def _find_place(self, cut: Mapping[TopicPartition, OffsetAndMetadata | None]) -> None:
        """Go on where the log begins now, or where it was cut short before us; raises TopicReplaced: it is another.

        `cut` is what the broker told of where the log went on otherwise than it had been read, if it told that; what
        has been written there since may reach further than we had read.
        """
        self._check_topic()
        places = list(self._consumer.assignment())
        try:
            firsts, lasts = self._consumer.beginning_offsets(places), self._consumer.end_offsets(places)
        except KafkaError:  # on its way to be deleted, or nobody answers: from where we were, it fails again
            firsts, lasts = {}, {}
        for place, first in firsts.items():
            known = cut.get(place)
            at = min(self.positions[place.partition], known.offset if known else lasts[place])
            if at < first:
                self.expired.append(Expired(place.partition, at, first))
            self.positions[place.partition] = max(at, first)
        self._seek()

    def _look(self) -> None:
        """Every so often, see whether the topic is the same and whether it has more partitions."""
        if time.monotonic() - self._looked < LOOK_EVERY_S:
            return
        self._looked = time.monotonic()
        self._check_topic()
        there = self._partitions()
        if self.ends is None and there - set(self.positions):
            self.positions = dict.fromkeys(there, 0) | self.positions
            self._assign()

    def _partitions(self) -> set[int]:
        try:
            return self._consumer.partitions_for_topic(self.topic) or set()
        except KafkaError:  # nobody answers: there is another look soon
            return set()

    def _check_topic(self) -> None:
        try:
            now = self.identify(self.connection, self.topic)
        except NoSuchTopic as error:
            raise TopicReplaced(f"The topic {self.topic} was deleted while it was read.") from error
        except KafkaError:  # nobody answers: that is not for us to judge
            self._unanswered = self._unanswered or time.monotonic()
            return
        self._unanswered = None
        if now != self.topic_id:
            raise TopicReplaced(f"The topic {self.topic} was deleted and made anew while it was read.")

    def _assign(self) -> None:
        self._consumer.assign([TopicPartition(self.topic, one) for one in sorted(self.positions)])
        self._seek()

    def _seek(self) -> None:
        for partition, at in self.positions.items():
            self._consumer.seek(TopicPartition(self.topic, partition), at)
