"""Create, list and identify topics."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from kafka import KafkaAdminClient
from kafka.errors import TopicAlreadyExistsError, UnknownTopicOrPartitionError, for_code

from connectors.kafka.connection import KafkaConnection
from connectors.kafka.consume import NoSuchTopic

GONE_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """A topic as it should be; `retention_ms` -1 keeps for ever, `config` holds any other setting of the topic."""

    name: str
    partitions: int = 1
    retention_ms: int = -1
    cleanup_policy: str = "delete"
    config: dict[str, str] = field(default_factory=dict)

    def settings(self) -> dict[str, str]:
        """Return the topic's settings as Kafka names them.

        >>> TopicSpec("news", retention_ms=1000, config={"segment.ms": "500"}).settings()
        {'retention.ms': '1000', 'cleanup.policy': 'delete', 'segment.ms': '500'}
        """
        return {"retention.ms": str(self.retention_ms), "cleanup.policy": self.cleanup_policy, **self.config}


def create_topics(target: KafkaConnection | str, specs: Iterable[TopicSpec]) -> list[str]:
    """Create what is missing and return its names; a topic that exists is left as it is.

    `target` is a connection or a plain-text bootstrap address. Returns once every partition has a leader.
    """
    wanted = {
        spec.name: {"num_partitions": spec.partitions, "replication_factor": -1, "configs": spec.settings()}
        for spec in specs
    }
    with _admin(target) as admin:
        missing = {name: options for name, options in wanted.items() if name not in set(admin.list_topics())}
        if not missing:
            return []
        answer = admin.create_topics(missing, raise_errors=False)
        created = []
        for topic in answer["topics"]:
            error = for_code(topic["error_code"])
            # Another process may have been quicker since we looked.
            if topic["error_code"] and error is not TopicAlreadyExistsError:
                raise error(f"topic {topic['name']}: {topic.get('error_message') or error.description}")
            created += [topic["name"]] * (not topic["error_code"])
        admin.wait_for_topics(list(missing))
        return created


def list_topics(target: KafkaConnection | str) -> list[str]:
    """Return the names of all topics but Kafka's own, sorted."""
    with _admin(target) as admin:
        return sorted(name for name in admin.list_topics() if not name.startswith("__"))


def topic_ids(connection: KafkaConnection, topics: Iterable[str]) -> dict[str, str]:
    """Return Kafka's own id of each topic (a UUID as text), which a topic deleted and made anew does not keep.

    A broker older than 2.8 knows no ids: there all are the UUID of zeros. Raises NoSuchTopic.
    """
    with _admin(connection) as admin:
        described = admin.describe_topics(list(topics))
    for topic in described:
        error = for_code(topic["error_code"])
        if error is UnknownTopicOrPartitionError:
            raise NoSuchTopic(topic["name"])
        if topic["error_code"]:
            raise error(f"topic {topic['name']}: {error.description}")
    return {topic["name"]: str(topic["topic_id"]) for topic in described}


def id_of_topic(connection: KafkaConnection, topic: str) -> str:
    """Return Kafka's own id of one topic (see `topic_ids`); raises NoSuchTopic."""
    return topic_ids(connection, [topic])[topic]


def cluster_id(connection: KafkaConnection) -> str:
    """Return the id that the cluster gave itself when its storage was laid out."""
    with _admin(connection) as admin:
        return str(admin.describe_cluster()["cluster_id"])


def _admin(target: KafkaConnection | str) -> KafkaAdminClient:
    connection = KafkaConnection(target) if isinstance(target, str) else target
    return KafkaAdminClient(client_id="rasid-admin", **connection.client_settings())


def recreate_topic(target: KafkaConnection | str, spec: TopicSpec) -> None:
    """Make a topic anew and empty; what it held is gone."""
    with _admin(target) as admin:
        if spec.name in set(admin.list_topics()):
            admin.delete_topics([spec.name])
    deadline = time.monotonic() + GONE_WITHIN_S
    while spec.name in list_topics(target) and time.monotonic() < deadline:
        time.sleep(0.05)
    create_topics(target, [spec])
