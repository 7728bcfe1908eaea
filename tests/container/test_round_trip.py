import pytest
from kafka import KafkaConsumer, KafkaProducer

from connectors.kafka.admin import TopicSpec, create_topics, list_topics
from connectors.kafka.check import check
from connectors.kafka.connection import KafkaConnection

pytestmark = pytest.mark.container


def test_a_kafka_in_a_container_takes_topics_and_gives_back_what_was_sent(container_kafka: str) -> None:
    connection = KafkaConnection(container_kafka)
    check(connection)
    assert create_topics(connection, [TopicSpec("round.trip", partitions=3)]) == ["round.trip"]
    assert "round.trip" in list_topics(connection)

    sent = {f"خبر {number}".encode() for number in range(20)}
    with KafkaProducer(**connection.client_settings()) as producer:
        for value in sent:
            producer.send("round.trip", value)
    consumer = KafkaConsumer(
        "round.trip", auto_offset_reset="earliest", consumer_timeout_ms=10_000, **connection.client_settings()
    )
    read = set()
    for message in consumer:
        read.add(message.value)
        if len(read) == len(sent):
            break
    consumer.close()
    assert read == sent
