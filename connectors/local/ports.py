"""Choose ports on this machine alone."""

import socket
import time

LOOPBACK = "127.0.0.1"
FREE_WITHIN_S = 2.0


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Return whether a server could listen on `port`.

    >>> is_free(free_port())
    True
    """
    with socket.socket() as probe:
        # As Kafka does: a port in TIME_WAIT is free, one that is listened on is not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def choose_port(wanted: int, last: int, failed: type[Exception]) -> int:
    """Return the port that is wanted, or else the last one where it is free again, or a free one; 0 stands for none.

    Raises `failed`, with a sentence, where the wanted one is taken.
    """
    if wanted and not becomes_free(wanted, FREE_WITHIN_S):
        raise failed(f"Port {wanted} is taken by another program: stop it, or choose another port.")
    return wanted or (last if last and becomes_free(last, FREE_WITHIN_S) else free_port())


def becomes_free(port: int, within_s: float) -> bool:
    """Return whether a port is free, or will be in a moment: a process that was killed lets go of its port last."""
    deadline = time.monotonic() + within_s
    while not is_free(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
