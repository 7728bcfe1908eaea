import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.admin import ConfigResource, ConfigResourceType

from connectors.kafka.admin import TopicSpec, create_topics, list_topics
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.local import broker as broker_module
from connectors.kafka.local.broker import BrokerFailed, BrokerStatus, LocalBroker
from connectors.local import process
from connectors.local.ports import free_port

pytestmark = pytest.mark.integration


def test_topics_are_created_once_and_found_again(kafka: str) -> None:
    specs = [TopicSpec("once.a", partitions=3, retention_ms=3_600_000), TopicSpec("once.b", cleanup_policy="compact")]
    assert create_topics(kafka, specs) == ["once.a", "once.b"]
    assert create_topics(kafka, [*specs, TopicSpec("once.c")]) == ["once.c"]
    assert {"once.a", "once.b", "once.c"} <= set(list_topics(kafka))


def test_a_topic_gets_its_partitions_and_settings(kafka: str) -> None:
    create_topics(kafka, [TopicSpec("shaped", 3, 60_000, "compact", {"segment.ms": "1000"})])
    with KafkaAdminClient(**KafkaConnection(kafka).client_settings()) as admin:
        [described] = admin.describe_topics(["shaped"])
        assert len(described["partitions"]) == 3
        answer = str(admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, "shaped")]))
    assert "60000" in answer
    assert "compact" in answer


def test_a_topic_that_kafka_refuses_says_which(kafka: str) -> None:
    with pytest.raises(Exception, match=r"bad\.one"):
        create_topics(kafka, [TopicSpec("bad.one", config={"no.such.setting": "1"})])


@pytest.fixture
def pair(tmp_path: Path, jar_cache: Path) -> Iterator[tuple[LocalBroker, LocalBroker]]:
    """Yield two views of one broker, as two processes have them."""
    first, second = LocalBroker(tmp_path / "b", cache=jar_cache), LocalBroker(tmp_path / "b", cache=jar_cache)
    yield first, second
    second.stop()


def test_a_broker_is_found_running_survives_a_kill_and_is_stopped_from_elsewhere(
    pair: tuple[LocalBroker, LocalBroker],
) -> None:
    first, second = pair
    bootstrap = first.start()
    status = second.status()
    assert status is not None
    assert second.start() == bootstrap == status.bootstrap
    create_topics(bootstrap, [TopicSpec("kept")])
    settings = KafkaConnection(bootstrap).client_settings()
    with KafkaProducer(**settings) as producer:
        producer.send("kept", b"word").get(10)

    os.kill(status.pid, signal.SIGKILL)
    while second.is_running():
        time.sleep(0.02)
    assert second.start() == bootstrap, "the same address after a kill"
    consumer = KafkaConsumer("kept", auto_offset_reset="earliest", consumer_timeout_ms=10_000, **settings)
    assert next(consumer).value == b"word"
    consumer.close()
    assert first.stop()
    assert not second.is_running()
    assert not second.stop()


def test_a_broker_that_ends_while_it_is_waited_for_is_started_anew(pair: tuple[LocalBroker, LocalBroker]) -> None:
    first, _ = pair
    first.directory.mkdir()
    # A process takes its time to die: for a while it still has its command line, and answers nobody.
    dying = [sys.executable, "-c", "import time; time.sleep(1)", str(first.directory / "server.properties")]
    found = BrokerStatus(process.spawn(dying, first.directory / "dying.log"), f"127.0.0.1:{free_port()}", "", "4.4.0")
    (first.directory / "broker.json").write_text(json.dumps(asdict(found)))
    assert first.is_running()
    assert first.start() == found.bootstrap
    status = first.status()
    assert status is not None
    assert status.pid != found.pid


def test_a_leftover_state_whose_pid_now_belongs_to_another_counts_for_nothing(tmp_path: Path) -> None:
    state = {"pid": os.getpid(), "bootstrap": "127.0.0.1:1", "data": "", "version": "4.4.0"}
    (tmp_path / "broker.json").write_text(json.dumps(state))
    broker = LocalBroker(tmp_path)
    assert not broker.is_running()
    assert not broker.stop()
    assert not (tmp_path / "broker.json").exists()


def test_a_port_that_is_taken_is_said_at_once(tmp_path: Path, jar_cache: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BrokerFailed, match=f"Port {port} is taken"):
            LocalBroker(tmp_path, port, cache=jar_cache).start()


def test_a_broker_that_dies_at_once_shows_the_end_of_its_log(tmp_path: Path, jar_cache: Path) -> None:
    broken = LocalBroker(tmp_path, cache=jar_cache, settings={"log.dirs": "${data}", "num.io.threads": "0"})
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "meta.properties").write_text("version=1\n")
    with pytest.raises(BrokerFailed, match=r"ended at once(.|\n)*num\.io\.threads(.|\n)*delete"):
        broken.start()
    assert not broken.is_running()


def test_a_broker_that_never_answers_is_ended(tmp_path: Path, jar_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)", str(tmp_path / "server.properties")]
    monkeypatch.setattr(broker_module, "START_WITHIN_S", 0.5)
    monkeypatch.setattr(LocalBroker, "_format", lambda self, class_path: None)
    monkeypatch.setattr(LocalBroker, "_java", lambda self: sleeper)
    broker = LocalBroker(tmp_path, cache=jar_cache)
    with pytest.raises(BrokerFailed, match="did not answer within"):
        broker.start()
    assert not broker.is_running()
