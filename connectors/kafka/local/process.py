"""Look at processes by their id, whoever started them."""

import time

import psutil


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
