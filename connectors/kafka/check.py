"""Make sure, before anything is read or written, that a Kafka cluster can be used."""

import time

from connectors.kafka.connection import KafkaAway, KafkaConnection, KafkaUnreachable
from connectors.kafka.diagnosis import Away, diagnose


def check(connection: KafkaConnection, within_s: float = 10) -> None:
    """Make sure that the cluster can be reached, that it lets us in, and that its brokers' own addresses work.

    One bootstrap server that does is enough. Raises KafkaUnreachable, within `within_s` seconds, and KafkaAway where
    none is there at all.
    """
    deadline = time.monotonic() + within_s
    troubles = []
    servers = connection.servers()
    for done, (host, port) in enumerate(servers):
        left = max(deadline - time.monotonic(), 0.1)
        trouble = diagnose(connection, host, port, time.monotonic() + left / (len(servers) - done))
        if trouble is None:
            return
        troubles.append(trouble)
    kind = KafkaAway if all(isinstance(one, Away) for one in troubles) else KafkaUnreachable
    raise kind("\n".join(map(str, troubles)))
