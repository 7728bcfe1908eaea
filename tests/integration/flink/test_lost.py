"""What Flink cannot mend by itself: the worker is killed, then the JobManager, and with it every job."""

import os
import re
import signal

import psutil
import pytest

from connectors.flink.local_cluster import LocalFlink
from tests.integration.desk import Desk, rasid, sample
from tests.integration.flink.test_endless import WITHIN_S, await_lines, leave
from tests.integration.running import Start, await_that

pytestmark = [pytest.mark.integration, pytest.mark.flink]


def workers(flink: LocalFlink) -> list[psutil.Process]:
    """Return the Python workers of the TaskManagers."""
    status = flink.status()
    assert status is not None
    below = (one for pid in status.task_managers for one in psutil.Process(pid).children(recursive=True))
    return [one for one in below if "rasid-flink-worker" in " ".join(one.cmdline())]


def test_a_killed_worker_is_replaced_and_a_killed_job_manager_leaves_a_checkpoint_to_go_on_from(
    kafka: str, flink: LocalFlink, start: Start
) -> None:
    on_flink = ("--runner", "flink", "--flink", flink.start())
    desk = Desk(kafka, "lost-flink")
    run = start(desk, *on_flink)
    desk.send(sample()[:40])
    await_lines(run, 40)

    for worker in workers(flink):
        worker.kill()
    desk.send(sample()[40:60])
    await_lines(run, 60)
    made = flink.last_checkpoint()
    await_that(lambda: flink.last_checkpoint() != made, lambda: "no checkpoint", WITHIN_S)

    status = flink.status()
    assert status is not None
    os.kill(status.job_manager, signal.SIGKILL)
    assert run.process.wait(WITHIN_S) == 2
    assert "`rasid flink start`" in run.log

    assert flink.start() == status.address
    desk.send(sample()[60:80])
    assert not any(map(psutil.pid_exists, status.task_managers)), "the old ones are gone"
    said = rasid("flink", "status", "--folder", str(flink.directory)).output
    [place] = re.findall(r"was lost; to go on: .* --savepoint (\S+)", said)
    run = start(desk, *on_flink, "--savepoint", place)
    await_lines(run, 80)
    leave(run)
    rasid("flink", "savepoint", "--flink", status.address)
    audit = desk.audit()
    assert (audit.exit_code, "clean: 80 messages" in audit.output) == (0, True)
    assert "was lost" not in rasid("flink", "status", "--folder", str(flink.directory)).output
