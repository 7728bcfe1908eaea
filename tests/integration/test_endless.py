"""`rasid run` without an end, on Prism, as somebody would leave it running."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pipelines.runners.prism import prism_cache

from tests.integration.desk import Desk, decode_all, sample

pytestmark = pytest.mark.integration

WITHIN_S = 180


@pytest.fixture
def prism() -> None:
    """Make sure that Prism is here, or can be built."""
    if not (prism_cache() / "prism").exists() and shutil.which("go") is None:
        pytest.skip("Prism is not built, and there is no Go to build it: install Go")


@pytest.fixture
def endless(prism: None, tmp_path: Path) -> Iterator[Callable[[Desk], subprocess.Popen[bytes]]]:
    """Return a starter of endless runs; those still there at the end are ended."""
    started: list[subprocess.Popen[bytes]] = []

    def start(desk: Desk) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "pipelines.cli", "run", *desk.places]
        with (tmp_path / "run.log").open("ab") as log:
            started.append(subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def await_clean(desk: Desk, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the audit is clean."""
    deadline = time.monotonic() + WITHIN_S
    while (audit := desk.audit()).exit_code:
        assert process.poll() is None, log.read_text()[-3000:]
        assert time.monotonic() < deadline, audit.output
        time.sleep(0.2)


def children_of(pid: int) -> set[int]:
    """Return the processes that a process started."""
    tasks = Path(f"/proc/{pid}/task")
    return {int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()}


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def stop(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Stop a run; fails where it does not end soon and well, or leaves Prism behind."""
    children = children_of(process.pid)
    assert children, "Prism runs as a process of its own"
    process.send_signal(number)
    assert process.wait(30) == 0
    deadline = time.monotonic() + 10
    while any(is_running(child) for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def assert_nothing_is_lost(desk: Desk, told: dict[str, dict[bytes, Any]]) -> None:
    """Compare with what a bounded run told: where copies raced, one too many may be kept, and nothing else differs."""
    found = {record: desk.newest(record) for record in told}
    assert {key: found["article"].get(key) for key in told["article"]} == told["article"]
    assert found["event"].keys() >= told["event"].keys()
    copies = {row["article_id"] for row in told["duplicate"].values()}
    assert {row["article_id"] for key, row in found["article"].items() if key not in told["article"]} <= copies


def test_an_endless_run_answers_what_comes_and_another_goes_on_where_it_was_stopped(
    kafka: str, endless: Callable[[Desk], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    log = tmp_path / "run.log"
    desk = Desk(kafka, "endless")
    bounded = Desk(kafka, "bounded")
    messages = sample()
    bounded.send(messages)
    assert bounded.drain().exit_code == 0
    told = {record: bounded.newest(record) for record in ("article", "duplicate", "event")}
    desk.before = desk.ends()

    desk.send(sample("refused.jsonl.gz"))
    desk.send(messages[:60])
    process = endless(desk)
    await_clean(desk, process, log)
    desk.send(messages[60:90])
    await_clean(desk, process, log)
    stop(process, signal.SIGINT)
    assert "Traceback" not in log.read_text()

    desk.send(messages[90:])
    process = endless(desk)
    await_clean(desk, process, log)
    stop(process, signal.SIGTERM)
    assert "Traceback" not in log.read_text()

    lines = desk.lines()
    assert len(lines) == 122
    assert sum(row["outcome"] == "rejection" for row in lines.values()) == 21
    assert decode_all(desk)["trend"] > 0
    assert_nothing_is_lost(desk, told)
