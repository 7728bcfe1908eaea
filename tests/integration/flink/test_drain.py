"""A cluster makes of every message what this machine makes of it, to the byte."""

import subprocess
import sys
from collections import Counter

import pytest

from connectors.flink.local_cluster import LocalFlink
from connectors.kafka.local.broker import LocalBroker
from tests.integration.desk import Desk, article, sample

pytestmark = [pytest.mark.integration, pytest.mark.flink]

RECORDS = ("article", "event", "story", "trend")
OURS = "https://www.mizan-najd.example/9901"


def verdicts(desk: Desk) -> Counter[tuple[object, ...]]:
    """Return what became of the messages, wherever they stood: those without a key go to any partition."""
    told = ("url", "outcome", "article_id", "revision", "original_id", "reason")
    return Counter(tuple(row[name] for name in told) for row in desk.lines().values())


def test_drained_by_two_task_managers_the_sample_gives_the_records_of_a_direct_run(
    broker: LocalBroker, flink: LocalFlink
) -> None:
    kafka = broker.start()
    messages = [
        article(url=OURS, published_at="2026-03-10T01:00:00+03:00"),
        *sample(),
        *sample("refused.jsonl.gz"),
        article(url=OURS, title="تصحيح: افتتاح مدرستين في حي النخيل"),
    ]
    direct = Desk(kafka, "drained-direct")
    direct.send(messages)
    assert direct.drain().exit_code == 0
    made, became = {record: direct.newest(record) for record in RECORDS}, verdicts(direct)

    status = flink.status()
    assert status is not None
    cluster = Desk(kafka, "drained-flink")
    cluster.send(messages)
    command = [sys.executable, "-m", "pipelines.cli", "run", *cluster.places, "--drain", "--runner", "flink"]
    done = subprocess.run([*command, "--flink", status.address], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert verdicts(cluster) == became
    assert became.total() == 124
    for record in RECORDS:
        assert cluster.newest(record) == made[record], record
    assert cluster.audit().output == "clean: 124 messages, each with its one line\n"
