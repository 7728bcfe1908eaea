"""A Kafka cluster in memory: one input topic, and the topics that a run writes to."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from connectors.kafka import log_reader
from connectors.kafka.connection import KafkaConnection
from connectors.message import Delivery, Message
from pipelines import audits, ledgers
from pipelines.batches import begin, kafka_output, outputs
from tests.connectors.kafka.logs import Consumer, Log

CONNECTION = KafkaConnection("one:9092")
INPUT = "news"


@dataclass
class Cluster:
    """`logs` are the input topic's partitions; `written` is what stands in the other topics."""

    logs: dict[int, Log] = field(default_factory=lambda: {0: Log.of(0)})
    topic_id: str = "first"
    written: dict[str, list[Delivery]] = field(default_factory=lambda: defaultdict(list))
    before_each_write: Callable[[], None] = lambda: None

    def send(self, *values: str, partition: int = 0) -> None:
        """Write messages to the input topic."""
        log = self.logs.setdefault(partition, Log.of(0))
        for value in values:
            log.values[log.end] = value.encode()
            log.offsets.append(log.end)
            log.end += 1

    def make_anew(self, topic_id: str) -> None:
        """Delete the input topic and make it anew, with as many partitions."""
        self.topic_id = topic_id
        for partition in self.logs:
            self.logs[partition] = Log.of(0)

    def topic_ids(self, connection: KafkaConnection, topics: Iterable[str]) -> dict[str, str]:
        return {topic: self.topic_id if topic == INPUT else f"id of {topic}" for topic in topics}

    def id_of_topic(self, connection: KafkaConnection, topic: str) -> str:
        return self.topic_ids(connection, [topic])[topic]

    def partition_bounds(self, connection: KafkaConnection, topic: str) -> dict[int, tuple[int, int]]:
        if topic == INPUT:
            return {partition: (log.first, log.end) for partition, log in self.logs.items()}
        return {0: (0, len(self.written[topic]))}

    def offsets_at(self, connection: KafkaConnection, topic: str, since: datetime) -> dict[int, int]:
        return {0: 0}

    def read_topic(
        self, connection: KafkaConnection, topic: str, start: Mapping[int, int] | str = "earliest"
    ) -> Iterator[Message]:
        first = start if isinstance(start, Mapping) else {}
        if topic == INPUT:
            for partition, log in self.logs.items():
                for offset in log.offsets:
                    if max(log.first, first.get(partition, 0)) <= offset:
                        yield Message(log.values[offset], topic, partition, offset)
            return
        for offset, one in list(enumerate(self.written[topic]))[first.get(0, 0) :]:
            yield Message(one.value, topic, 0, offset, key=one.key, timestamp=1_000_000_000_000 + offset)

    def patches(self, patch: pytest.MonkeyPatch) -> None:
        """Put it in the place of a real one."""
        for module in (begin, kafka_output, outputs, audits, ledgers):
            for name in ("topic_ids", "id_of_topic", "partition_bounds", "offsets_at", "read_topic"):
                if hasattr(module, name):
                    patch.setattr(module, name, getattr(self, name))
        patch.setattr(kafka_output, "cluster_id", lambda connection: "cluster")
        patch.setattr(outputs, "RecordWriter", partial(Writer, self))
        patch.setattr(begin, "LogReader", partial(log_reader.LogReader, identify=self.id_of_topic))
        patch.setattr(log_reader, "make_consumer", lambda connection, **more: Consumer(self.logs))
        patch.setattr(log_reader, "LOOK_EVERY_S", 0.0)


@dataclass
class Writer:
    """Stands for `RecordWriter`: what it wrote before it was killed is there."""

    cluster: Cluster
    connection: KafkaConnection
    topics: Mapping[str, str]
    frame: Any = None
    waiting: Any = None

    def write(self, deliveries: Sequence[Delivery]) -> dict[tuple[str, int], int]:
        ends = {}
        for one in deliveries:
            self.cluster.before_each_write()
            topic = self.topics[one.record]
            self.cluster.written[topic].append(one)
            ends[topic, 0] = len(self.cluster.written[topic])
        return ends

    def close(self) -> None:
        """Let go."""
