"""Make sure, before anything is read or written, that a Kafka cluster can be used."""

import time

from connectors.kafka.connection import KafkaConnection, KafkaUnreachable
from connectors.kafka.diagnosis import diagnose


def check(connection: KafkaConnection, within_s: float = 10) -> None:
    """Make sure that the cluster can be reached, that it lets us in, and that its brokers' own addresses work.

    One bootstrap server that does is enough. Raises KafkaUnreachable, within `within_s` seconds.
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
    raise KafkaUnreachable("\n".join(troubles))
