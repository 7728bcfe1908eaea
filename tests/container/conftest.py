"""A Kafka in a container, where an engine answers; RASID_REQUIRE_CONTAINERS=1 makes its absence a failure."""

import gc
import io
import os
import tarfile
import warnings
from collections.abc import Iterator

import pytest
from docker.errors import DockerException
from testcontainers.core.container import DockerContainer
from testcontainers.core.docker_client import DockerClient
from testcontainers.core.wait_strategies import LogMessageWaitStrategy

IMAGE = "apache/kafka:4.1.0"
READY_WITHIN_S = 240
SCRIPT = """set -e
cat > /tmp/server.properties <<'END'
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@localhost:9094
listeners=PLAINTEXT://0.0.0.0:9092,BROKER://localhost:9095,CONTROLLER://localhost:9094
advertised.listeners=PLAINTEXT://{bootstrap},BROKER://localhost:9095
controller.listener.names=CONTROLLER
inter.broker.listener.name=BROKER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,BROKER:PLAINTEXT
log.dirs=/tmp/kafka-data
auto.create.topics.enable=false
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
END
/opt/kafka/bin/kafka-storage.sh format --ignore-formatted -t RasidContainerTestsAAA -c /tmp/server.properties
exec /opt/kafka/bin/kafka-server-start.sh /tmp/server.properties
"""


class ApacheKafka(DockerContainer):
    """One Kafka node from any image with the official scripts in /opt/kafka/bin."""

    def __init__(self, image: str) -> None:
        super().__init__(image)
        self.with_exposed_ports(9092)
        # The port that clients see is known only once the container runs: it waits for the script that start() puts in.
        wait = "until [ -s /tmp/go.sh ]; do sleep 0.05; done; exec /bin/bash /tmp/go.sh"
        self.with_kwargs(entrypoint=["/bin/bash", "-c", wait])

    def bootstrap(self) -> str:
        return f"{self.get_container_host_ip()}:{self.get_exposed_port(9092)}"

    def start(self) -> "ApacheKafka":
        super().start()
        script = SCRIPT.format(bootstrap=self.bootstrap()).encode()
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w") as tar:
            entry = tarfile.TarInfo("go.sh")
            entry.size, entry.mode = len(script), 0o644
            tar.addfile(entry, io.BytesIO(script))
        self.get_wrapped_container().put_archive("/tmp", archive.getvalue())
        LogMessageWaitStrategy("Kafka Server started").with_startup_timeout(READY_WITHIN_S).wait_until_ready(self)
        return self


def _engine_trouble() -> str | None:
    try:
        client = DockerClient().client
        client.ping()
        client.close()
    except (DockerException, OSError) as error:
        return str(error)
    return None


@pytest.fixture(scope="session")
def engine() -> None:
    """Make sure that a container engine answers."""
    with warnings.catch_warnings():
        # docker-py leaves its socket open where nobody answers.
        warnings.simplefilter("ignore", ResourceWarning)
        trouble = _engine_trouble()
        gc.collect()
    if trouble and os.environ.get("RASID_REQUIRE_CONTAINERS") == "1":
        pytest.fail(f"RASID_REQUIRE_CONTAINERS is 1, but no container engine answers: {trouble}")
    if trouble:
        pytest.skip("no container engine answers: start Docker, or run deploy/ci/engine.sh start (root, Debian)")


@pytest.fixture(scope="session")
def container_kafka(engine: None) -> Iterator[str]:
    """Yield the address of a Kafka in a container; RASID_KAFKA_IMAGE names its image."""
    with ApacheKafka(os.environ.get("RASID_KAFKA_IMAGE") or IMAGE) as node:
        yield node.bootstrap()
