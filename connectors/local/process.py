"""Start processes that outlive this one, and look at any by its id, whoever started it."""

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

LOG_TAIL_LINES = 12

_children: dict[int, subprocess.Popen[bytes]] = {}


def spawn(command: Sequence[str], log: Path) -> int:
    """Start a process that writes to `log` alone and goes on when this one ends; return its id."""
    with log.open("wb") as out:
        # A session of its own: Ctrl-C in the terminal is for us to handle, not for a server.
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    for ended in [pid for pid, one in _children.items() if one.poll() is not None]:
        del _children[ended]
    _children[child.pid] = child
    return child.pid


def is_child(pid: int) -> bool:
    """Return whether this process started that one, and has not seen it end."""
    return pid in _children


def last_lines(log: Path) -> str:
    """Return the end of a log, indented."""
    lines = log.read_text("utf-8", "replace").splitlines()
    return "\n".join("  " + line for line in lines[-LOG_TAIL_LINES:])


def is_alive(pid: int) -> bool:
    """Return whether a process runs; one that has ended and waits to be collected does not.

    >>> is_alive(psutil.Process().pid)
    True
    """
    try:
        return psutil.Process(pid).status() not in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
    except psutil.NoSuchProcess:
        return False


def command_line(pid: int) -> str:
    """Return the command a process runs, or "" where there is none or it is not ours to see."""
    for _ in range(20):
        try:
            words = psutil.Process(pid).cmdline()
        except psutil.Error:
            return ""
        # In the microseconds of exec() a living process shows no command.
        if words:
            return " ".join(words)
        time.sleep(0.005)
    return ""


def end(pid: int, within_s: float) -> None:
    """Ask a process to end (SIGTERM); kill it if it is still there after `within_s` seconds."""
    _ask_to_end(pid, within_s)
    child = _children.pop(pid, None)
    if child is not None:
        child.wait(within_s)


def _ask_to_end(pid: int, within_s: float) -> None:
    try:
        process = psutil.Process(pid)
        for ask in (process.terminate, process.kill):
            ask()
            deadline = time.monotonic() + within_s
            # Not process.wait(): for a dead process that nobody collects it waits for ever.
            while time.monotonic() < deadline:
                if not is_alive(pid):
                    return
                time.sleep(0.05)
    except psutil.NoSuchProcess:
        return
