"""An endless job on a cluster: whatever is killed, saved, stopped and taken up again, nothing is lost.

One job, for to start one takes longest. On one slot a TaskManager and the broker are killed. A savepoint takes it to
two: there its workers are, which Flink replaces, and the JobManager, and with it the job, which Flink does not; from
its last checkpoint it goes on upon one.
"""

import os
import re
import signal
from collections.abc import Iterable
from typing import Any

import psutil
import pytest

from connectors.flink.local_cluster import FlinkStatus, LocalFlink
from connectors.flink.rest import Cluster
from connectors.kafka.local.broker import LocalBroker
from schemas.codec import decode
from tests.integration.desk import Desk, article, rasid, sample
from tests.integration.running import Running, Start, await_that

pytestmark = [pytest.mark.integration, pytest.mark.flink]

WITHIN_S = 600
OLD, LATER = "https://www.mizan-najd.example/old", "https://www.mizan-najd.example/later"
OFTEN = ("--", "--checkpointing_interval=2000")


def news() -> list[bytes]:
    """Return the sample behind an old article, and before one of days after, when the trends of its days are told."""
    old = article(url=OLD, published_at="2012-03-10T01:00:00+03:00", title="خبر قديم من المدينة")
    later = article(url=LATER, published_at="2026-03-14T01:00:00+03:00", title="خبر جديد من المدينة")
    return [old, *sample(), later]


def lines(desk: Desk) -> dict[tuple[int, int], Any]:
    """Return the ledger's lines by partition and offset; after a fault one may come twice, and says the same."""
    found: dict[tuple[int, int], Any] = {}
    for message in desk.written("ledger"):
        row = decode(message.value).fields
        if row["origin"]["topic"] == desk.topic:
            place = (row["origin"]["partition"], row["origin"]["offset"])
            assert found.setdefault(place, row) == row
    return found


def await_lines(run: Running, count: int) -> None:
    def there() -> bool:
        assert run.process.poll() is None, run.log[-3000:]
        return len(lines(run.desk)) >= count

    await_that(there, lambda: f"{len(lines(run.desk))} lines of {count}\n{run.log[-3000:]}", WITHIN_S)


def told(flink: LocalFlink) -> str:
    """Return what `rasid flink status` says."""
    return rasid("flink", "status", "--folder", str(flink.directory)).output


def status_of(flink: LocalFlink) -> FlinkStatus:
    status = flink.status()
    assert status is not None
    return status


def workers(flink: LocalFlink) -> list[psutil.Process]:
    """Return the Python workers of the TaskManagers."""
    below = (one for pid in status_of(flink).task_managers for one in psutil.Process(pid).children(recursive=True))
    return [one for one in below if "rasid-flink-worker" in " ".join(one.cmdline())]


def at_work(flink: LocalFlink) -> set[int]:
    """Return the TaskManagers that have workers."""
    above = {one.pid for worker in workers(flink) for one in worker.parents()}
    return above.intersection(status_of(flink).task_managers)


def await_checkpoints(flink: LocalFlink) -> None:
    """Wait until what has been read is in a checkpoint: of two, for the first may have begun before.

    What is in none is read again after a kill, perhaps in another order, and of two copies the other is the original.
    """
    for _ in range(2):
        made = flink.last_checkpoint()
        await_that(lambda made=made: flink.last_checkpoint() != made, lambda: "no checkpoint", WITHIN_S)  # type: ignore[misc]


def kill_task_manager(flink: LocalFlink) -> None:
    """Kill the TaskManager that does the work, and start another in its place."""
    await_that(lambda: len(at_work(flink)) == 1, lambda: f"at work: {at_work(flink)}", WITHIN_S)
    [busy] = at_work(flink)
    os.kill(busy, signal.SIGKILL)
    flink.start()
    assert busy not in status_of(flink).task_managers


def kill_broker(broker: LocalBroker) -> None:
    status = broker.status()
    assert status is not None
    os.kill(status.pid, signal.SIGKILL)
    assert broker.start() == status.bootstrap


def kill_workers(flink: LocalFlink) -> None:
    await_that(lambda: len(at_work(flink)) == 2, lambda: f"at work: {at_work(flink)}", WITHIN_S)
    for worker in workers(flink):
        worker.kill()


def kill_job_manager(run: Running, flink: LocalFlink) -> str:
    """Kill it and start the cluster again; return the checkpoint that the lost job can go on from."""
    await_checkpoints(flink)
    status = status_of(flink)
    os.kill(status.job_manager, signal.SIGKILL)
    assert run.process.wait(WITHIN_S) == 2
    assert "`rasid flink start`" in run.log
    assert flink.start() == status.address
    assert not any(map(psutil.pid_exists, status.task_managers)), "the old ones are gone"
    [place] = re.findall(r"was lost; to go on: .* --savepoint (\S+)", told(flink))
    return str(place)


def leave(run: Running) -> str:
    """Stop waiting for a job, which goes on; return its id."""
    run.process.send_signal(signal.SIGTERM)
    assert run.process.wait(60) == 0, run.log[-3000:]
    [job] = Cluster(run.more[run.more.index("--flink") + 1]).jobs()
    assert f"The job goes on, as {job.job_id}" in run.log
    return job.job_id


def save(address: str) -> str:
    """Stop the job with a savepoint; return where that lies."""
    saved = rasid("flink", "savepoint", "--flink", address)
    assert saved.exit_code == 0, saved.output
    assert Cluster(address).jobs() == []
    [place] = re.findall(r"--savepoint (\S+)", saved.output)
    return str(place)


def drained(bootstrap: str, messages: Iterable[bytes]) -> dict[bytes, dict[str, Any]]:
    """Return the articles that a direct run makes of messages."""
    desk = Desk(bootstrap, "endless-direct")
    desk.send(messages)
    assert desk.drain().exit_code == 0
    return desk.newest("article")


def test_kills_of_all_there_is_a_savepoint_more_slots_and_fewer_lose_nothing(
    broker: LocalBroker, flink: LocalFlink, start: Start
) -> None:
    messages, bootstrap = news(), broker.start()
    made, address = drained(bootstrap, messages), status_of(flink).address
    on_flink = ("--runner", "flink", "--flink", address)
    desk = Desk(bootstrap, "endless-flink")
    run = start(desk, *on_flink, *OFTEN, "--parallelism=1")
    desk.send(messages[:41])  # once it runs: to a job that finds them there, articles of last spring are late
    await_lines(run, 41)
    await_that(lambda: "41 read" in told(flink), lambda: told(flink), WITHIN_S)

    await_checkpoints(flink)
    desk.send(messages[41:56])
    kill_task_manager(flink)
    await_lines(run, 56)
    await_checkpoints(flink)
    desk.send(messages[56:71])
    kill_broker(broker)
    await_lines(run, 71)
    job = leave(run)
    again = rasid("run", *desk.places, *on_flink)
    assert (again.exit_code, f"Job {job}" in again.stderr) == (2, True)

    place = save(address)
    desk.send(messages[71:81])
    run = start(desk, *on_flink, "--savepoint", place, *OFTEN)
    await_lines(run, 81)
    await_checkpoints(flink)
    desk.send(messages[81:89])
    kill_workers(flink)
    await_lines(run, 89)

    place = kill_job_manager(run, flink)
    desk.send(messages[89:])
    run = start(desk, *on_flink, "--savepoint", place, *OFTEN, "--parallelism=1")
    await_lines(run, 103)
    await_that(lambda: desk.written("trend"), lambda: "no trends", WITHIN_S)
    leave(run)
    save(address)
    assert "was lost" not in told(flink)
    # Which of two copies is the original depends on which is read first: those that both runs kept are the same.
    found = desk.newest("article")
    both = made.keys() & found.keys()
    assert len(both) > 50
    assert [found[key] for key in both] == [made[key] for key in both]
    audit = desk.audit()
    assert (audit.exit_code, "clean: 103 messages" in audit.output) == (0, True), audit.output
