"""Answer those who ask from outside how a run is: /metrics for Prometheus, /healthz for whoever may restart it."""

import json
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import CollectorRegistry, ProcessCollector, make_wsgi_app

from pipelines.commands.metrics import RunCollector
from pipelines.commands.watch import Watcher
from pipelines.options import WrongOption

LOOPBACK = "127.0.0.1"
CHECKS = {"/healthz": ("progressing", "ready"), "/healthz/live": ("progressing",), "/healthz/ready": ("ready",)}
"""What must be so for a path to answer 200: a run that waits for Kafka is not ready, and no restart would help it."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def parse_address(text: str) -> tuple[str, int]:
    """Read `PORT` or `HOST:PORT`; without a host, only this machine may ask.

    >>> parse_address("9464"), parse_address("0.0.0.0:9464"), parse_address("[::]:9464")
    (('127.0.0.1', 9464), ('0.0.0.0', 9464), ('::', 9464))
    """
    host, _, port = text.rpartition(":")
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < 2**16):
        raise WrongOption(f"--metrics {text!r}: give a port, such as 9464, or HOST:PORT for others to ask too.")
    return host.strip("[]") or LOOPBACK, int(port)


@contextmanager
def served(run: Watcher, address: tuple[str, int] | None) -> Iterator[None]:
    """Answer while a run goes on, if there is an address; raises WrongOption where another has it.

    Start it after the readers: they are forked, and one that is forked later gives the socket up.
    """
    if address is None:
        yield
        return
    with _bind(address) as server:
        server.set_app(application(run))
        os.register_at_fork(after_in_child=server.socket.close)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def application(run: Watcher) -> Application:
    """Return what answers: WSGI."""
    registry = CollectorRegistry()
    registry.register(RunCollector(run))
    ProcessCollector(registry=registry)
    metrics: Application = make_wsgi_app(registry)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/metrics":
            return metrics(environ, start_response)
        if path in CHECKS:
            is_well, said = run.is_well(CHECKS[path]), json.dumps(run.health) + "\n"
            return _reply(start_response, "200 OK" if is_well else "503 Service Unavailable", said, "application/json")
        return _reply(start_response, "404 Not Found", f"Here are /metrics and {', '.join(CHECKS)}.\n", "text/plain")

    return answer


def _reply(start_response: Callable[..., Any], status: str, body: str, kind: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", f"{kind}; charset=utf-8"), ("Cache-Control", "no-store")])
    return [body.encode()]


def _bind(address: tuple[str, int]) -> "_Server":
    try:
        return _Server(address, _Silent)
    except OSError as error:
        host, port = address
        raise WrongOption(
            f"--metrics: nothing can listen on port {port} of {host}: {error.strerror or error}. Name another."
        ) from error


class _Server(ThreadingMixIn, WSGIServer):
    """A thread a question: one that hangs keeps nobody else waiting, nor the end of the run."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[WSGIRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, handler)


class _Silent(WSGIRequestHandler):
    """Says nothing of each question on standard error."""

    timeout = 10

    def log_message(self, format: str, *args: Any) -> None:
        """Keep it."""
