"""An endless job on a cluster: killed, saved, stopped and taken up again, it loses nothing."""

import os
import re
import signal
from typing import Any

import pytest

from connectors.flink.local_cluster import LocalFlink
from connectors.flink.rest import Cluster
from schemas.codec import decode
from tests.integration.desk import Desk, article, rasid, sample
from tests.integration.running import Running, Start, await_that

pytestmark = [pytest.mark.integration, pytest.mark.flink]

WITHIN_S = 600
OLD, LATER = "https://www.mizan-najd.example/old", "https://www.mizan-najd.example/later"


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


def leave(run: Running) -> None:
    """Stop waiting for a job, which goes on."""
    run.process.send_signal(signal.SIGTERM)
    assert run.process.wait(60) == 0, run.log[-3000:]
    assert "The job goes on" in run.log


def counted(flink: LocalFlink) -> str:
    """Return what `rasid flink status` says that the job has counted."""
    return rasid("flink", "status", "--folder", str(flink.directory)).output


def test_a_kill_a_savepoint_and_a_resumption_lose_nothing(kafka: str, flink: LocalFlink, start: Start) -> None:
    status = flink.status()
    assert status is not None
    on_flink = ("--runner", "flink", "--flink", status.address)
    whole = Desk(kafka, "endless-direct")
    parts = (
        [article(url=OLD, published_at="2012-03-10T01:00:00+03:00", title="خبر قديم من المدينة"), *sample()[:40]],
        sample()[40:70],
        sample()[70:85],
        [*sample()[85:], article(url=LATER, published_at="2026-03-14T01:00:00+03:00", title="خبر جديد من المدينة")],
    )  # the last ends the days before it, whose trends are told then
    whole.send(message for part in parts for message in part)
    assert whole.drain().exit_code == 0
    made = whole.newest("article")

    desk = Desk(kafka, "endless-flink")
    run = start(desk, *on_flink)  # on a topic where nothing is: articles of last spring are not late there
    desk.send(parts[0])
    await_lines(run, 41)
    await_that(lambda: "41 read" in counted(flink), lambda: counted(flink), WITHIN_S)

    os.kill(status.task_managers[0], signal.SIGKILL)
    desk.send(parts[1])
    flink.start()
    await_lines(run, 71)
    leave(run)
    [job] = Cluster(status.address).jobs()
    assert f"The job goes on, as {job.job_id}" in run.log
    again = rasid("run", *desk.places, *on_flink)
    assert (again.exit_code, f"Job {job.job_id}" in again.stderr) == (2, True)

    saved = rasid("flink", "savepoint", "--flink", status.address)
    assert saved.exit_code == 0, saved.output
    [place] = re.findall(r"--savepoint (\S+)", saved.output)
    assert Cluster(status.address).jobs() == []
    desk.send(parts[2])
    run = start(desk, *on_flink, "--savepoint", place)
    desk.send(parts[3])
    await_lines(run, 103)
    await_that(lambda: desk.written("trend"), lambda: "no trends", WITHIN_S)
    leave(run)
    rasid("flink", "savepoint", "--flink", status.address)
    # Which of two copies is the original depends on which is read first: those that both runs kept are the same.
    found = desk.newest("article")
    both = made.keys() & found.keys()
    assert len(both) > 50
    assert [found[key] for key in both] == [made[key] for key in both]
    audit = desk.audit()
    assert (audit.exit_code, "clean: 103 messages" in audit.output) == (0, True)
