"""Send messages again to the topic they came from."""

from collections.abc import Iterable

from kafka import KafkaProducer

from connectors.kafka.connection import KafkaConnection
from connectors.message import LARGEST, Message


def send_again(connection: KafkaConnection, messages: Iterable[Message]) -> int:
    """Send messages with their bytes, key and headers to their topic; return how many, once all are acknowledged.

    The key chooses the partition, as when it was first sent. Raises the broker's error for a message it does not take.
    """
    producer = KafkaProducer(
        **connection.client_settings(), linger_ms=20, compression_type="lz4", max_request_size=LARGEST
    )
    try:
        sent = [
            producer.send(message.topic, value=message.value, key=message.key, headers=list(message.headers))
            for message in messages
        ]
        producer.flush()
        for future in sent:
            future.get()
        return len(sent)
    finally:
        producer.close()
