"""A page served over HTTP while a test asks for it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import uvicorn

from pipelines.page.application import make_application
from pipelines.page.follower import Follower
from pipelines.page.guard import Guard
from pipelines.page.server import Server
from tests.page.conftest import TOKEN


@contextmanager
def served(follower: Follower, port: int) -> Iterator[str]:
    """Serve a page at a port, as `rasid serve` does; its follower is not started."""
    app = make_application(follower, Guard(TOKEN), "files:out", ("127.0.0.1",))
    config = uvicorn.Config(app, port=port, log_level="warning", timeout_graceful_shutdown=1, lifespan="off")
    server = Server(config, follower)
    thread = threading.Thread(target=server.run)
    thread.start()
    home = f"http://127.0.0.1:{port}"
    try:
        _wait_until_served(home)
        yield home
    finally:
        server.should_exit = True
        thread.join()
        follower.stop.clear()


def _wait_until_served(home: str) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            httpx2.get(f"{home}/watches", timeout=60)
            return
        except httpx2.TransportError:
            time.sleep(0.05)
    raise TimeoutError
