from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from kafka import KafkaProducer
from typer.testing import CliRunner

from connectors.kafka.admin import TopicSpec, create_topics
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.local.broker import LocalBroker
from pipelines.cli import app
from schemas.codec import encode
from tests.tables.conftest import event

pytestmark = pytest.mark.integration
TOPIC = "rasid.events"


@pytest.fixture
def own_kafka(tmp_path: Path, jar_cache: Path) -> Iterator[str]:
    """Yield the address of a broker whose topics no other test reads."""
    broker = LocalBroker(tmp_path / "kafka", cache=jar_cache)
    try:
        yield broker.start()
    finally:
        broker.stop()


def test_topics_give_the_newest_of_what_is_left_and_name_what_cannot_be_read(own_kafka: str, tmp_path: Path) -> None:
    connection = KafkaConnection(own_kafka)
    create_topics(connection, [TopicSpec(TOPIC, partitions=2)])
    producer = KafkaProducer(**connection.client_settings())
    told = [event("e1", 2), event("e1", 1), event("e2"), event("e3", retracted=True), event("مصر")]
    for row in told:
        producer.send(TOPIC, key=row["event_id"].encode(), value=encode("event", row))
    producer.send(TOPIC, key=b"e2", value=None)
    producer.send(TOPIC, key=b"e1", value=b"no record", partition=0)
    producer.flush()
    producer.close()
    to = tmp_path / "events.parquet"
    done = CliRunner().invoke(app, ["export", "--from", f"kafka://{own_kafka}", "--to", str(to)])
    assert done.exit_code == 1, done.output
    assert f"rasid: {TOPIC}/0@" in done.stderr
    assert "1 records could not be read" in done.stderr
    assert {(row["event_id"], row["version"]) for row in pq.read_table(to).to_pylist()} == {("e1", 2), ("مصر", 1)}
