import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from connectors.local.process import command_line, end, is_alive

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


@pytest.fixture
def stubborn() -> Iterator[subprocess.Popen[bytes]]:
    """Yield a process that ignores SIGTERM."""
    child = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    yield child
    child.kill()
    child.wait()
    child.stdout.close()


def test_a_process_that_ignores_the_request_is_killed(stubborn: subprocess.Popen[bytes]) -> None:
    assert is_alive(stubborn.pid)
    assert STUBBORN in command_line(stubborn.pid)
    began = time.monotonic()
    end(stubborn.pid, 0.3)
    assert 0.3 <= time.monotonic() - began < 10
    assert not is_alive(stubborn.pid)


def test_a_process_that_has_ended_and_was_not_collected_is_not_alive_and_runs_nothing() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while is_alive(child.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_alive(child.pid)
    assert command_line(child.pid) == ""
    end(child.pid, 5)
    child.wait()
    assert (is_alive(child.pid), command_line(child.pid)) == (False, "")
    end(child.pid, 5)
