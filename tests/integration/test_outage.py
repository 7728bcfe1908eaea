"""A broker that goes and comes back: what is said of it."""

import gc
import logging
import os
import signal
import time

import pytest
from kafka import KafkaProducer, TopicPartition

from connectors.kafka import quiet
from connectors.kafka.admin import TopicSpec, create_topics
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.consume import make_consumer
from connectors.kafka.local.broker import LocalBroker
from tests.integration.desk import Desk, article
from tests.integration.running import Start

pytestmark = pytest.mark.integration


def talk_through_an_outage(broker: LocalBroker, connection: KafkaConnection) -> list[bytes]:
    """Send a message before and one during an outage of some seconds; return what was read."""
    with KafkaProducer(**connection.client_settings()) as producer, make_consumer(connection) as consumer:
        consumer.assign([TopicPartition("news", 0)])
        producer.send("news", b"before").get(10)
        heard = [one.value for many in consumer.poll(5000).values() for one in many]
        status = broker.status()
        assert status is not None
        os.kill(status.pid, signal.SIGKILL)
        producer.send("news", b"during")
        away = time.monotonic() + 4
        while time.monotonic() < away:
            consumer.poll(200)
        broker.start()
        back = time.monotonic() + 120
        while len(heard) < 2 and time.monotonic() < back:
            heard += [one.value for many in consumer.poll(200).values() for one in many]
    return heard


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # kafka-python's: of attempts that failed
def test_an_outage_is_two_lines_to_whom_it_reads_and_writes_and_nothing_is_lost(
    broker: LocalBroker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "rasid.kafka")
    connection = KafkaConnection(broker.start())
    create_topics(connection, [TopicSpec("news")])
    quiet.install()
    assert talk_through_an_outage(broker, connection) == [b"before", b"during"]
    gc.collect()
    said = [record.getMessage() for record in caplog.records if record.name == "rasid.kafka"]
    assert len(said) == 2, said
    assert said[0].startswith(f"Kafka at {connection.bootstrap} does not answer (since ")
    assert said[1].startswith(f"Kafka at {connection.bootstrap} answers again after ")


def test_a_run_that_is_started_before_its_broker_waits_for_it(broker: LocalBroker, start: Start) -> None:
    desk = Desk(broker.start(), "early")
    desk.send([article()])
    broker.stop()
    run = start(desk)
    run.await_said("Nothing listens at")
    assert "Waiting for it" in run.log
    broker.start()
    run.await_lines(1)
    run.stop()
