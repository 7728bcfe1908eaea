"""The web server, which ends the connections of open pages before it waits for them."""

import socket

import uvicorn

from pipelines.page.follower import Follower


class Server(uvicorn.Server):
    """Serves an application until a signal comes; pages that are open do not hold it up."""

    def __init__(self, config: uvicorn.Config, follower: Follower) -> None:
        super().__init__(config)
        self._follower = follower

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End when every answer is given."""
        self._follower.end()
        await super().shutdown(sockets)
