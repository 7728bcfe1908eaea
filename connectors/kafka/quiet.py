"""Say once that Kafka does not answer and once that it does again, where kafka-python says it hundreds of times.

Source: the messages of kafka-python 3.0.12, net/manager.py and net/connection.py; a test looks them up there.
"""

import logging
import time
from dataclasses import dataclass

LOG = logging.getLogger("rasid.kafka")

TRIES = "Initializing connection for node_id %s at %s:%s (rack=%s)"
ANSWERS = "%s: Connected"
FAILS = "%s: Connection lost: %s"
ECHOES = (
    *("KafkaConnectionError", "NodeNotReadyError", "NotLeaderForPartitionError", "RequestTimedOutError"),
    *("Error receiving network data", "Error sending request data"),
    *("Bootstrap", "No node available", "Request timed out", "socket disconnected"),
    *("failed Cancelled", "threshold). It is blocking", "weakly-referenced object no longer exists"),
)
"""What a message holds that only tells an outage in other words, or tells nothing that a person could mend."""

WAIT_S = 1.0
"""A broker that closed an idle connection is not gone: only one that still fails so many seconds later is."""
FORGET_AFTER_S = REPEAT_AFTER_S = 60.0
MOST_ADDRESSES = 1000


@dataclass(slots=True)
class _Outage:
    since: float
    last: float
    said: bool = False


class Quiet(logging.Handler):
    """Takes what kafka-python logs, and tells changes of state through `rasid.kafka`, in a sentence and with no trace.

    Any other warning goes through as a line, the same at most once a minute.
    """

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._addresses: dict[tuple[int | None, str], str] = {}
        self._outages: dict[str, _Outage] = {}
        self._told: dict[tuple[str, int], float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record of any of kafka-python's loggers."""
        arguments = record.args if isinstance(record.args, tuple) else ()
        if record.msg == TRIES:
            self._note(record.thread, *map(str, arguments[:3]))
        elif record.msg == ANSWERS:
            self._answers(self._address(record, arguments[0]), record.created)
        elif record.msg == FAILS:
            self._fails(self._address(record, arguments[0]), str(arguments[1]), record.created)
        elif record.levelno >= logging.WARNING:
            self._pass_on(record)

    def _note(self, thread: int | None, node: str, host: str, port: str) -> None:
        """Note where a node is; each client works in a thread of its own, with its own cluster's nodes."""
        self._addresses[thread, node] = f"{host}:{port}"
        if len(self._addresses) > MOST_ADDRESSES:
            self._addresses.pop(next(iter(self._addresses)))

    def _address(self, record: logging.LogRecord, connection: object) -> str:
        node = str(getattr(connection, "node_id", "?"))
        return self._addresses.get((record.thread, node), f"node {node}")

    def _answers(self, address: str, now: float) -> None:
        outage = self._outages.pop(address, None)
        if outage is not None and outage.said:
            seconds = round(now - outage.since)
            more = {"broker": address, "seconds": seconds}
            LOG.info("Kafka at %s answers again after %d s.", address, seconds, extra=more)

    def _fails(self, address: str, reason: str, now: float) -> None:
        outage = self._outages.get(address)
        if outage is None or (not outage.said and now - outage.last > FORGET_AFTER_S):
            outage = self._outages[address] = _Outage(now, now)
        outage.last = now
        if not outage.said and now - outage.since >= WAIT_S:
            outage.said = True
            since = time.strftime("%H:%M:%S", time.localtime(outage.since))
            words = "Kafka at %s does not answer (since %s: %s); trying on."
            LOG.warning(words, address, since, reason, extra={"broker": address})

    def _pass_on(self, record: logging.LogRecord) -> None:
        message, place = record.getMessage(), (record.pathname, record.lineno)
        if any(echo in message for echo in ECHOES):
            return
        if record.created - self._told.get(place, -REPEAT_AFTER_S) >= REPEAT_AFTER_S:
            self._told[place] = record.created
            LOG.log(record.levelno, "Kafka's client: %s", message)


def install() -> None:
    """Let what kafka-python logs in this process go through one Quiet, and nowhere else."""
    logger = logging.getLogger("kafka")
    logger.handlers = [Quiet()]
    logger.propagate = False
    logger.setLevel(logging.INFO)  # the addresses are told at this level
