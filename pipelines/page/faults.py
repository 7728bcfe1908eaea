"""What a reader sees where there is nothing to see: pages of our own, in the reader's language."""

from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.page.answers import HEADERS, page

TOLD = {400, 403, 404, 405, 409, 413, 500}
"""The statuses that we have words for."""


def fault(request: Request, error: Exception) -> Response:
    """Say why there is no answer."""
    assert isinstance(error, HTTPException)
    told = str(error.status_code if error.status_code in TOLD else 400)
    answer = page(request, "fault.html", error.status_code, told=told, why=told)
    answer.headers.update(error.headers or {})
    return answer


def crash(request: Request, error: Exception) -> Response:
    """Say that a bug ended this answer; nothing is asked of the database, which may be why."""
    answer = _plain(request, 500, "500")
    answer.headers.update(HEADERS)  # this one is made outside of all that adds them
    return answer


def refuse_token(request: Request) -> Response:
    """Say that a token in an address is not ours."""
    return _plain(request, 403, "token")


def _plain(request: Request, status: int, why: str) -> Response:
    """Return a page with nothing of the records on it."""
    return page(request, "fault.html", status, told=str(status), why=why, counted=lambda: None, source="")


class KnownHosts:
    """Lets nobody in who asks for another host than ours, as a page of another site may; says so."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self.app = app
        self.hosts = list(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        let_in = []

        async def enter(scope: Scope, receive: Receive, send: Send) -> None:
            let_in.append(True)

        async def say_nothing(message: Message) -> None:
            pass

        await TrustedHostMiddleware(enter, self.hosts, www_redirect=False)(scope, receive, say_nothing)
        answer = self.app if let_in else _plain(Request(scope), 400, "host")
        await answer(scope, receive, send)
