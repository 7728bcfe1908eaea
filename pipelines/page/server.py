"""The web server, which ends the connections of open pages before it waits for them."""

import signal
import socket

import uvicorn
from uvicorn.server import HANDLED_SIGNALS

from pipelines.page.follower import Follower


class Server(uvicorn.Server):
    """Serves an application until a signal comes; pages that are open do not hold it up."""

    def __init__(self, config: uvicorn.Config, follower: Follower) -> None:
        super().__init__(config)
        self._follower = follower

    def run_until_told(self) -> None:
        """Run until Ctrl-C or SIGTERM, and return when all is closed.

        What ends the server is sent once more by it when it has ended: left to itself, that would end the process
        before what it keeps is closed.
        """
        before = {one: signal.signal(one, self.handle_exit) for one in HANDLED_SIGNALS}
        try:
            self.run()
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End when every answer is given."""
        self._follower.end()
        await super().shutdown(sockets)
