"""Whatever producers do with a topic, what they stand by is read, and nothing else."""

from collections.abc import Iterable
from itertools import islice

import pytest
from kafka import KafkaProducer

from connectors.kafka.admin import TopicSpec, create_topics
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.offsets import partition_bounds
from connectors.kafka.read_back import read_topic
from tests.integration.desk import Desk, article

pytestmark = pytest.mark.integration

URL = "https://www.mizan-najd.example/"
CODECS = ("gzip", "snappy", "lz4", "zstd")


def values(connection: KafkaConnection, topic: str) -> list[bytes]:
    return [message.value for message in read_topic(connection, topic)]


class Transactions:
    """A producer whose messages count once they are committed."""

    def __init__(self, connection: KafkaConnection, name: str) -> None:
        self.producer = KafkaProducer(**connection.client_settings(), transactional_id=name)
        self.producer.init_transactions()

    def send(self, topic: str, messages: Iterable[bytes]) -> None:
        self.producer.begin_transaction()
        for message in messages:
            self.producer.send(topic, message)
        self.producer.flush()


@pytest.mark.parametrize("codec", CODECS)
def test_messages_are_read_whatever_they_are_compressed_with(kafka: str, codec: str) -> None:
    connection, topic = KafkaConnection(kafka), f"packed.{codec}"
    create_topics(kafka, [TopicSpec(topic)])
    sent = [f"{number} {'خبر عاجل ' * 400}".encode() for number in range(50)]
    with KafkaProducer(**connection.client_settings(), compression_type=codec, linger_ms=20) as producer:
        for value in sent:
            producer.send(topic, value)
    assert values(connection, topic) == sent


def test_what_a_transaction_took_back_is_not_read(kafka: str) -> None:
    connection = KafkaConnection(kafka)
    create_topics(kafka, [TopicSpec("decided")])
    transactions = Transactions(connection, "decides")
    for messages, stands in (([b"one", b"two"], True), ([b"three"], False), ([b"four"], True), ([b"five"], False)):
        transactions.send("decided", messages)
        (transactions.producer.commit_transaction if stands else transactions.producer.abort_transaction)()
    transactions.producer.close()
    assert values(connection, "decided") == [b"one", b"two", b"four"]
    followed = islice(read_topic(connection, "decided", follow=True), 3)
    assert [message.value for message in followed] == [b"one", b"two", b"four"]


def test_a_topic_ends_where_a_transaction_is_still_open(kafka: str) -> None:
    connection = KafkaConnection(kafka)
    create_topics(kafka, [TopicSpec("undecided")])
    with KafkaProducer(**connection.client_settings()) as plain:
        plain.send("undecided", b"before").get(10)
    transactions = Transactions(connection, "hesitates")
    transactions.send("undecided", [b"perhaps"])
    with KafkaProducer(**connection.client_settings()) as plain:
        plain.send("undecided", b"after").get(10)
    assert partition_bounds(connection, "undecided") == {0: (0, 1)}
    assert values(connection, "undecided") == [b"before"]
    transactions.producer.commit_transaction()
    transactions.producer.close()
    assert values(connection, "undecided") == [b"before", b"perhaps", b"after"]


def test_an_article_that_was_taken_back_is_no_revision_of_the_one_that_stands(kafka: str) -> None:
    desk = Desk(kafka, "taken-back")
    transactions = Transactions(desk.connection, "newsroom")
    transactions.send(desk.topic, [article(url=f"{URL}77", title="إغلاق المدرسة الجديدة في حي النخيل")])
    transactions.producer.abort_transaction()
    transactions.send(desk.topic, [article(url=f"{URL}77")])
    transactions.producer.commit_transaction()
    transactions.producer.close()
    assert desk.drain().exit_code == 0
    [line] = desk.lines().values()
    assert (line["outcome"], line["revision"]) == ("article", 0)
    assert desk.audit().output == "clean: 1 messages, each with its one line\n"


def test_a_run_reads_articles_whatever_they_are_compressed_with(kafka: str) -> None:
    desk = Desk(kafka, "articles.packed")
    for codec in CODECS:
        with KafkaProducer(**desk.connection.client_settings(), compression_type=codec) as producer:
            producer.send(desk.topic, article(url=URL + codec, title=f"افتتاح مدرسة جديدة في حي {codec}"))
    assert desk.drain().exit_code == 0
    assert desk.audit().output == "clean: 4 messages, each with its one line\n"
