"""An outlet's site on this machine, with whatever habits a test gives it."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Headers = dict[str, str]


@dataclass
class Reply:
    """What a path answers; `etag` makes it answer 304 to whom has it; a `flow` writes for as long as it likes."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Headers = field(default_factory=dict)
    etag: str | None = None
    flow: Callable[[Any], None] | None = None


class Site:
    """Replies by path, one after the other where there are several; the last one stays."""

    def __init__(self, port: int) -> None:
        self.home = f"http://127.0.0.1:{port}"
        self.asked: Counter[str] = Counter()
        self.headers: list[Headers] = []
        self.is_over = threading.Event()
        self._replies: dict[str, list[Reply]] = defaultdict(list)

    def put(self, path: str, *replies: Reply) -> str:
        """Put replies at a path; return its address."""
        self._replies[path] = list(replies)
        return f"{self.home}{path}"

    def reply(self, path: str, headers: Headers) -> Reply:
        """Return the next reply of a path."""
        self.asked[path] += 1
        self.headers.append(headers)
        waiting = self._replies.get(path) or [Reply(status=404)]
        reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if reply.etag and headers.get("If-None-Match") == reply.etag:
            return Reply(status=304, etag=reply.etag)
        return reply


@contextmanager
def opened() -> Iterator[Site]:
    """Open a site on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = site.reply(self.path, dict(self.headers))
            self.send_response(reply.status)
            told = {"Content-Type": reply.kind} | reply.headers | ({"ETag": reply.etag} if reply.etag else {})
            for name, value in told.items():
                self.send_header(name, value)
            if reply.flow is None:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            if reply.flow is not None:
                self.close_connection = True
                reply.flow(self.wfile)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Say nothing of those who hung up."""

    server = Server(("127.0.0.1", 0), Handler)
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()
