import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from kafka import KafkaConsumer, KafkaProducer

from connectors.kafka.admin import TopicSpec, create_topics
from connectors.kafka.check import check
from connectors.kafka.connection import KafkaConnection, KafkaUnreachable
from connectors.kafka.local.broker import LocalBroker
from connectors.local.ports import free_port

if TYPE_CHECKING:
    from tests.integration.conftest import Guarded

pytestmark = pytest.mark.integration


def refusal(connection: KafkaConnection, within_s: float = 10) -> str:
    """Return what `check` says, and make sure that it says it in time."""
    began = time.monotonic()
    with pytest.raises(KafkaUnreachable) as caught:
        check(connection, within_s)
    assert time.monotonic() - began < within_s + 10
    return str(caught.value)


def send_and_read(connection: KafkaConnection, topic: str) -> None:
    check(connection)
    create_topics(connection, [TopicSpec(topic)])
    with KafkaProducer(**connection.client_settings()) as producer:
        producer.send(topic, b"word").get(10)
    settings = connection.client_settings()
    consumer = KafkaConsumer(topic, auto_offset_reset="earliest", consumer_timeout_ms=10_000, **settings)
    assert next(consumer).value == b"word"
    consumer.close()


def test_messages_pass_over_tls(guarded: "Guarded") -> None:
    send_and_read(guarded.tls(), "over.tls")


def test_messages_pass_over_mutual_tls(guarded: "Guarded") -> None:
    mutual = replace(guarded.tls("MUTUAL"), cert_file=guarded.path("client.pem"), key_file=guarded.path("client.key"))
    send_and_read(mutual, "over.mutual")


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
def test_messages_pass_after_a_login(guarded: "Guarded", mechanism: str) -> None:
    send_and_read(guarded.login(mechanism), f"after.{mechanism}")


def test_messages_pass_after_a_login_over_tls(guarded: "Guarded") -> None:
    both = replace(guarded.tls("BOTH"), security_protocol="SASL_SSL", sasl_mechanism="SCRAM-SHA-512",
                   username="amal", password="sesame")  # fmt: skip
    send_and_read(both, "after.both")


def test_messages_pass_where_a_certificate_and_a_login_are_asked_for(guarded: "Guarded") -> None:
    send_and_read(guarded.strict(), "after.strict")


def test_says_that_nothing_listens(kafka: str) -> None:
    assert "Nothing listens" in refusal(KafkaConnection(f"127.0.0.1:{free_port()}"))


def test_one_server_that_answers_is_enough(kafka: str) -> None:
    check(KafkaConnection(f"127.0.0.1:{free_port()},{kafka}"))


def test_says_that_a_name_does_not_resolve() -> None:
    assert "does not resolve" in refusal(KafkaConnection("no-such-host.invalid:9092"), within_s=4)


def test_says_that_tls_is_expected(guarded: "Guarded") -> None:
    assert "expects TLS: use the security protocol SSL" in refusal(KafkaConnection(guarded.at("TLS")))


def test_says_that_tls_is_not_spoken(guarded: "Guarded", kafka: str) -> None:
    plain = replace(guarded.tls(), bootstrap=kafka)
    assert "does not speak TLS: use the security protocol PLAINTEXT" in refusal(plain)


def test_says_that_the_ca_is_the_wrong_one(guarded: "Guarded") -> None:
    assert "Wrong CA?" in refusal(guarded.tls(ca="stranger"))


def test_says_that_the_ca_file_cannot_be_read(guarded: "Guarded") -> None:
    assert "nowhere.pem cannot be read" in refusal(guarded.tls(ca="nowhere"))
    assert "server.key cannot be read" in refusal(replace(guarded.tls(), ca_file=guarded.path("server.key")))


def test_says_that_the_certificate_is_for_another_name(guarded: "Guarded") -> None:
    elsewhere = replace(guarded.tls(), bootstrap=f"localhost:{guarded.ports['TLS']}")
    assert "another name" in refusal(elsewhere)


def test_says_that_a_client_certificate_is_wanted(guarded: "Guarded") -> None:
    assert "may want a client certificate" in refusal(guarded.tls("MUTUAL"))


def test_says_that_a_client_certificate_is_wanted_before_the_login(guarded: "Guarded") -> None:
    bare = replace(guarded.strict(), cert_file=None, key_file=None)
    assert "may want a client certificate" in refusal(bare)


def test_says_that_a_login_is_expected(guarded: "Guarded") -> None:
    assert "expects a login" in refusal(KafkaConnection(guarded.at("LOGIN")))


def test_says_that_nobody_logs_in_there(guarded: "Guarded", kafka: str) -> None:
    assert "asks nobody to log in" in refusal(replace(guarded.login("PLAIN"), bootstrap=kafka))


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256"])
def test_says_that_the_password_is_wrong(guarded: "Guarded", mechanism: str) -> None:
    words = refusal(guarded.login(mechanism, password="open"))
    assert "refuses user 'amal': wrong password or user" in words
    assert "open" not in words


@contextlib.contextmanager
def pretender(answer: bytes | None) -> Iterator[str]:
    """Listen, and answer every request with `answer`; None says nothing at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def serve() -> None:
            server.settimeout(0.1)
            while not over.is_set():
                with contextlib.suppress(OSError):
                    caller, _ = server.accept()
                    with caller:
                        caller.recv(1000)
                        caller.sendall(answer) if answer is not None else over.wait(5)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


def test_says_that_what_listens_is_not_kafka() -> None:
    with pretender(b"HTTP/1.1 400 Bad Request\r\n\r\n") as web:
        assert "does not answer as Kafka does" in refusal(KafkaConnection(web))


def test_gives_up_in_time_on_a_server_that_says_nothing() -> None:
    with pretender(None) as silent:
        assert "does not answer as Kafka does" in refusal(KafkaConnection(silent), within_s=3)


def test_says_that_a_broker_sends_clients_to_an_address_that_does_not_work(tmp_path: Path, jar_cache: Path) -> None:
    settings = {"advertised.listeners": "PLAINTEXT://no-such-host.invalid:9092"}
    broker = LocalBroker(tmp_path, cache=jar_cache, settings=settings)
    try:
        words = refusal(KafkaConnection(broker.start()))
    finally:
        broker.stop()
    assert "sends clients on to no-such-host.invalid:9092 (its advertised.listeners)" in words
