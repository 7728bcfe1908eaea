from typing import Any
from uuid import uuid4

import pytest
from kafka import KafkaProducer
from typer.testing import CliRunner

from connectors.kafka.admin import TopicSpec, create_topics
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.read_back import read_topic
from connectors.message import Message
from pipelines.cli import app
from pipelines.commands.topics import create_all
from pipelines.core.article import Origin
from pipelines.core.records.rejection import rejection_record
from pipelines.core.rejection import Garbled
from schemas.codec import decode, encode

pytestmark = pytest.mark.integration

HEADERS = (("producer", b"crawler-2"), ("empty", b""))
PAYLOAD = b"\xc3\x01 no Avro of ours"


@pytest.fixture
def topic(kafka: str) -> str:
    """Return an input topic of which two messages were refused, and one message of a file."""
    name = f"refused.{uuid4().hex[:8]}"
    connection = KafkaConnection(kafka)
    create_all(connection)
    create_topics(connection, [TopicSpec(name)])
    producer = KafkaProducer(**connection.client_settings())
    for origin in (Origin(name, 0, 0), Origin(name, 0, 1), Origin(f"{name}.jsonl", 0, 0)):
        fields = rejection_record(Garbled("Damaged."), "NormalizeArticles", PAYLOAD, origin, key=b"k", headers=HEADERS)
        producer.send("rasid.rejections", value=encode("rejection", fields), key=str(origin).encode())
    producer.flush()
    producer.close()
    return name


def ids_of(kafka: str, topic: str) -> dict[str, str]:
    rows = (decode(message.value).fields for message in read_topic(KafkaConnection(kafka), "rasid.rejections"))
    return {
        f"{row['origin']['topic']}@{row['origin']['offset']}": row["rejection_id"]
        for row in rows
        if row["origin"]["topic"].startswith(topic)
    }


def replay(kafka: str, *arguments: str) -> Any:
    return CliRunner().invoke(app, ["rejections", "replay", "--bootstrap", kafka, *arguments])


def sent_to(kafka: str, topic: str) -> list[Message]:
    return list(read_topic(KafkaConnection(kafka), topic))


def test_sends_the_same_bytes_key_and_headers_again(kafka: str, topic: str) -> None:
    chosen = ids_of(kafka, topic)[f"{topic}@1"]
    result = replay(kafka, "--id", chosen)
    assert (result.exit_code, result.stdout) == (0, f"1 sent to {topic}\n")
    [message] = sent_to(kafka, topic)
    assert (message.value, message.key, message.headers) == (PAYLOAD, b"k", HEADERS)


def test_a_dry_run_sends_nothing(kafka: str, topic: str) -> None:
    ids = ids_of(kafka, topic)
    result = replay(kafka, "--dry-run", "--id", ids[f"{topic}@0"], "--id", ids[f"{topic}@1"])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"2 would be sent to {topic}\n")
    assert sent_to(kafka, topic) == []


def test_what_came_from_a_file_is_not_sent_and_said_so(kafka: str, topic: str) -> None:
    result = replay(kafka, "--reason", "garbled", "--id", ids_of(kafka, topic)[f"{topic}.jsonl@0"])
    assert result.exit_code == 1
    assert f"1 not sent: {topic}.jsonl is no topic" in result.stdout


def test_an_id_that_is_not_there_is_told(kafka: str, topic: str) -> None:
    result = replay(kafka, "--id", "feedbeef")
    assert (result.exit_code, "feedbeef" in result.stderr) == (2, True)


def test_lists_them_by_reason(kafka: str, topic: str) -> None:
    result = CliRunner().invoke(app, ["rejections", "list", "--bootstrap", kafka, "--reason", "garbled"])
    assert (result.exit_code, "garbled" in result.stdout) == (0, True)
