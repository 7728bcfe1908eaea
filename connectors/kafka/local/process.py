"""Look at processes by their id, whoever started them."""

import os
import signal
import subprocess
import time
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Return whether a process runs; one that has ended and waits to be collected does not.

    >>> is_alive(os.getpid())
    True
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    state = _show(pid, "stat").rpartition(")")[2].strip()[:1]
    return state not in {"", "Z", "X"}


def command_line(pid: int) -> str:
    """Return the command a process runs, or "" where there is none."""
    for _ in range(20):
        shown = _show(pid, "cmdline").replace("\0", " ").strip()
        # In the microseconds of exec() a living process shows no command.
        if shown or not is_alive(pid):
            return shown
        time.sleep(0.005)
    return ""


def end(pid: int, within_s: float) -> None:
    """Ask a process to end (SIGTERM); kill it if it is still there after `within_s` seconds."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            if not is_alive(pid):
                return
            time.sleep(0.05)


def _show(pid: int, what: str) -> str:
    """Read /proc, or ask `ps` where there is none (macOS)."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/{what}").read_text("utf-8", "replace")
        except OSError:
            return ""
    column = {"stat": "state=", "cmdline": "command="}[what]
    return subprocess.run(["ps", "-p", str(pid), "-o", column], capture_output=True, text=True, check=False).stdout
