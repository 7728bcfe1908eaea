"""Wait for Kafka at the start of a run that goes on for ever: its broker may be started beside it."""

import logging
import time

from connectors.kafka.check import check
from connectors.kafka.connection import KafkaAway, KafkaConnection
from pipelines.batches.loop import BatchRun, Stopped
from pipelines.commands import logs
from pipelines.commands.watch import Watcher

AWAY_AT_MOST_S = 300.0
TRY_EVERY_S = 2.0


def reach(connection: KafkaConnection, batches: BatchRun, watcher: Watcher) -> None:
    """Make sure that a cluster can be used; one that is not there yet is waited for, for five minutes at most.

    Raises KafkaUnreachable at once where something else stands in the way, such as a password, KafkaAway after that
    time, and Stopped where the run is told to stop.
    """
    since = time.monotonic()
    while True:
        try:
            check(connection)
        except KafkaAway as away:
            waited = time.monotonic() - since
            if waited > AWAY_AT_MOST_S:
                raise
            if not batches.progress.waiting:
                logs.tell(f"{away} Waiting for it, for {AWAY_AT_MOST_S / 60:.0f} minutes at most.", logging.WARNING)
            batches.progress.waiting = max(waited, TRY_EVERY_S)
            watcher(batches.progress)
            if batches.stop.wait(TRY_EVERY_S):
                raise Stopped("It was told to stop before Kafka was there: nothing was read.") from away
        else:
            break
    if batches.progress.waiting:
        logs.tell(f"Kafka at {connection.bootstrap} answers.", logging.INFO)
        batches.progress.waiting = 0.0
