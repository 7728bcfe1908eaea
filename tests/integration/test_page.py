"""The page follows the topics of a real Kafka: from where it was, and anew where a topic was made anew."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaProducer

from connectors.kafka.admin import TopicSpec, recreate_topic
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.local.broker import LocalBroker
from pipelines.commands.topics import create_all
from pipelines.page.follower import Follower
from pipelines.page.sources import SourceReplaced, TopicsSource
from pipelines.page.store import Store
from schemas.codec import encode
from schemas.topics import message_key, topic_of
from tests.page.conftest import RECORDS, event

pytestmark = pytest.mark.integration


@pytest.fixture
def own_kafka(tmp_path: Path, jar_cache: Path) -> Iterator[KafkaConnection]:
    """Yield a broker whose topics no other test reads."""
    broker = LocalBroker(tmp_path / "kafka", cache=jar_cache)
    try:
        connection = KafkaConnection(broker.start())
        create_all(connection)
        yield connection
    finally:
        broker.stop()


def send(kafka: KafkaConnection, records: dict[str, list[dict[str, Any]]]) -> None:
    with closing(KafkaProducer(**kafka.client_settings())) as producer:
        for record, rows in records.items():
            for row in rows:
                producer.send(topic_of(record).name, key=message_key(topic_of(record), row), value=encode(record, row))
        producer.flush()


def follow(kafka: KafkaConnection, store: Store, until: int) -> None:
    """Look until the store has so many records."""
    follower = Follower(store, lambda positions: TopicsSource(kafka, positions, None))
    with closing(follower.open_source(store.positions())) as source:
        for _ in range(100):
            follower.look(source)
            if store.ask("SELECT count(*) AS n FROM records")[0]["n"] >= until and not follower.is_behind:
                return
    raise AssertionError(store.ask("SELECT record, count(*) AS n FROM records GROUP BY record"))


def test_follows_from_where_it_was_and_refuses_a_topic_made_anew(own_kafka: KafkaConnection, tmp_path: Path) -> None:
    number = sum(map(len, RECORDS.values()))
    send(own_kafka, RECORDS)
    with closing(Store(tmp_path / "page.duckdb")) as store:
        follow(own_kafka, store, number)
    send(own_kafka, {"event": [event("later")]})
    with closing(Store(tmp_path / "page.duckdb")) as store:
        before = store.seq
        follow(own_kafka, store, number + 1)
        assert store.seq == before + 1
        assert [row["event_id"] for row in store.ask("SELECT event_id FROM events ORDER BY 1")] == ["e1", "e2", "later"]
        recreate_topic(own_kafka, TopicSpec(topic_of("event").name, partitions=4))
        with pytest.raises(SourceReplaced):
            TopicsSource(own_kafka, store.positions(), None)
