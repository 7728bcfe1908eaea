import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import kafka
import pytest

from connectors.kafka import quiet
from connectors.kafka.quiet import Quiet

REFUSED = "KafkaConnectionError: 111 ECONNREFUSED"


class Client:
    """Logs what a client of kafka-python logs, from a thread of its own, at times we choose."""

    def __init__(self, handler: Quiet, address: str = "one:9092", node: int = 1, thread: int = 1) -> None:
        self.handler, self.address, self.node, self.thread = handler, address, node, thread
        self.connection = SimpleNamespace(node_id=node)

    def log(self, at: float, name: str, level: int, message: str, *arguments: object) -> None:
        record = logging.LogRecord(f"kafka.{name}", level, f"{name}.py", len(message), message, arguments, None)
        record.created, record.thread = at, self.thread
        self.handler.handle(record)

    def tries(self, at: float) -> None:
        host, port = self.address.split(":")
        self.log(at, "net.manager", logging.INFO, quiet.TRIES, self.node, host, int(port), None)

    def loses(self, at: float, why: str = "KafkaConnectionError: socket disconnected") -> None:
        self.log(at, "net.transport", logging.ERROR, "%s: socket disconnected", self.connection)
        self.log(at, "net.transport", logging.ERROR, "%s: Error receiving network data closing socket", self.connection)
        self.log(at, "net.connection", logging.ERROR, quiet.FAILS, self.connection, why)

    def fails(self, at: float) -> None:
        self.tries(at)
        self.log(at, "net.manager", logging.ERROR, "Connection failed: %s", REFUSED)
        self.log(at, "net.connection", logging.ERROR, quiet.FAILS, self.connection, REFUSED)
        self.log(at, "cluster", logging.ERROR, "Metadata refresh: failed %s", REFUSED)
        self.log(at, "cluster", logging.WARNING, "No node available for metadata refresh - backoff/retry")

    def connects(self, at: float) -> None:
        self.tries(at)
        self.log(at, "net.connection", logging.INFO, quiet.ANSWERS, self.connection)


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "rasid.kafka")
    return caplog


def test_an_outage_is_told_once_and_its_end_once(said: pytest.LogCaptureFixture) -> None:
    handler = Quiet()
    reader, writer = Client(handler, thread=1), Client(handler, thread=2)
    for client in (reader, writer):
        client.connects(0)
        client.loses(1000)
    for step in range(160):
        reader.fails(1000.2 + step)
        writer.fails(1000.3 + step)
    for client in (reader, writer):
        client.connects(1160)
    reader.loses(5000)
    reader.connects(5000.1)
    [gone, back] = said.messages
    assert gone.startswith("Kafka at one:9092 does not answer (since ")
    assert gone.endswith("); trying on.")
    assert back == "Kafka at one:9092 answers again after 160 s."


def test_a_second_outage_is_told_again(said: pytest.LogCaptureFixture) -> None:
    client = Client(Quiet())
    for start in (100, 200):
        client.connects(start)
        client.loses(start + 1)
        client.fails(start + 3)
        client.connects(start + 5)
    assert [message.split(" (")[0] for message in said.messages] == [
        "Kafka at one:9092 does not answer",
        "Kafka at one:9092 answers again after 4 s.",
    ] * 2


def test_a_connection_that_is_lost_and_made_again_at_once_is_not_told(said: pytest.LogCaptureFixture) -> None:
    client = Client(Quiet())
    for hour in range(3):
        client.connects(hour * 3600)
        client.loses(hour * 3600 + 600)
    client.loses(20_000)
    client.fails(20_000.5)
    client.connects(20_001)
    assert said.messages == []


def test_clusters_whose_nodes_have_the_same_number_are_told_apart(said: pytest.LogCaptureFixture) -> None:
    handler = Quiet()
    here, there = Client(handler, "here:9092", thread=1), Client(handler, "there:9092", thread=2)
    for second in range(5):
        here.fails(second)
        there.connects(second)
    assert [message.split(" (")[0] for message in said.messages] == ["Kafka at here:9092 does not answer"]


def test_what_is_no_outage_goes_through_once_a_minute_and_without_its_trace(said: pytest.LogCaptureFixture) -> None:
    client = Client(Quiet())
    for second in range(0, 100, 10):
        client.log(second, "cluster", logging.ERROR, "Topic %s is not authorized for this client", "news")
        client.log(second, "net.selector", logging.INFO, "IO loop starting (client_id=%s)", "rasid")
    assert said.messages == ["Kafka's client: Topic news is not authorized for this client"] * 2
    assert all(record.levelno == logging.ERROR and record.exc_info is None for record in said.records)


def test_what_is_remembered_of_addresses_is_bounded() -> None:
    handler = Quiet()
    for thread in range(quiet.MOST_ADDRESSES + 50):
        Client(handler, thread=thread).tries(0)
    assert len(handler._addresses) == quiet.MOST_ADDRESSES


@pytest.mark.parametrize("message", [quiet.TRIES, quiet.ANSWERS, quiet.FAILS])
def test_kafka_python_still_says_what_is_listened_for(message: str) -> None:
    sources = Path(kafka.__file__).parent.rglob("net/*.py")
    assert sum(f"'{message}'" in source.read_text("utf-8") for source in sources) == 1


@pytest.fixture
def installed() -> Iterator[logging.Logger]:
    logger = logging.getLogger("kafka")
    before = logger.handlers, logger.propagate, logger.level
    quiet.install()
    quiet.install()
    yield logger
    logger.handlers, logger.propagate = before[0], before[1]
    logger.setLevel(before[2])


def test_installed_it_is_the_only_one_that_hears(installed: logging.Logger, said: pytest.LogCaptureFixture) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("kafka.future").exception("Error processing callback")
    assert sum(isinstance(one, Quiet) for one in installed.handlers) == 1
    assert not installed.propagate
    assert [one.exc_info for one in said.records if one.name == "rasid.kafka"] == [None]
