"""The page as an application for a web server: which address shows what."""

import json
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.page import more_screens, screens, writing
from pipelines.page.answers import HEADERS, HOME
from pipelines.page.faults import KnownHosts, crash, fault, refuse_token
from pipelines.page.follower import Follower
from pipelines.page.guard import COOKIE, Guard
from pipelines.page.words import DIGITS, LANGUAGES, MONTHS

A_YEAR = 365 * 24 * 60 * 60
FOREVER = f"public, max-age={A_YEAR}, immutable"


def make_application(follower: Follower, guard: Guard, source: str, hosts: tuple[str, ...]) -> Starlette:
    """Return the application; `source` is what people are told that is read, `hosts` whom a browser may ask for."""
    app = Starlette(
        routes=ROUTES,
        middleware=[
            Middleware(Protected),
            Middleware(KnownHosts, hosts=hosts),
            Middleware(GZipMiddleware, minimum_size=1000),
        ],
        exception_handlers={HTTPException: fault, Exception: crash},
    )
    app.state.store, app.state.follower, app.state.guard, app.state.source = follower.store, follower, guard, source
    app.state.folder, app.state.notifier = follower.store.path.parent, None
    return app


class Protected:
    """Adds to every answer the headers that say what a browser may do with it, and takes a token out of an address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                more = HEADERS | ({"Cache-Control": FOREVER} if scope["path"].startswith("/static/") else {})
                message["headers"] = [*message["headers"], *((k.lower().encode(), v.encode()) for k, v in more.items())]
            await send(message)

        request = Request(scope)
        token = request.query_params.get("token")
        await (_take_token(request, token) if token else self.app)(scope, receive, protected)


def _take_token(request: Request, token: str) -> Response:
    """Put a token into a cookie and ask again without it, so that it stands in no history and no referrer."""
    if not request.app.state.guard.knows(token):
        return refuse_token(request)
    url = request.url.remove_query_params("token")
    answer = RedirectResponse(f"/{url.path.lstrip('/')}{'?' + url.query if url.query else ''}", 303)
    answer.set_cookie(COOKIE, token, max_age=A_YEAR, httponly=True, samesite="strict")
    return answer


async def live(request: Request) -> Response:
    """Tell an open page of what is new, as server-sent events; a browser connects again by itself."""
    follower: Follower = request.app.state.follower

    async def told() -> AsyncIterator[str]:
        yield "retry: 2000\n\n"
        async for seq in follower.changes():
            known = {"seq": seq, "behind": follower.is_behind, "missing": follower.is_missing}
            yield ": still here\n\n" if seq is None else f"id: {seq}\ndata: {json.dumps(known)}\n\n"

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(told(), media_type="text/event-stream", headers=headers)


async def voice(request: Request) -> Response:
    """Remember in the browser how its reader wants to be spoken to, and go back to where that was asked."""
    asked = request.query_params
    chosen = (("language", LANGUAGES), ("months", tuple(MONTHS)), ("digits", DIGITS))
    told = [asked.get(name, "") if asked.get(name) in known else known[0] for name, known in chosen]
    back = asked.get("back", "/")
    answer = RedirectResponse(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)
    answer.set_cookie("rasid-voice", ".".join(told), max_age=A_YEAR, samesite="strict")
    return answer


ROUTES: list[BaseRoute] = [
    Route("/", screens.now),
    Route("/newer", screens.newer),
    Route("/story/{story_id}", screens.story),
    Route("/article/{article_id}", screens.article),
    Route("/latest", more_screens.latest),
    Route("/map", more_screens.world),
    Route("/names", more_screens.names),
    Route("/entity/{entity_id}", more_screens.entity),
    Route("/health", more_screens.feeds),
    Route("/watches", writing.watches),
    Route("/watches", writing.save, methods=["POST"]),
    Route("/watches/delete", writing.delete, methods=["POST"]),
    Route("/judge", writing.judge, methods=["POST"]),
    Route("/feed.atom", writing.feed),
    Route("/feed.json", writing.feed),
    Route("/live", live),
    Route("/voice", voice),
    Mount("/static", StaticFiles(directory=HOME / "static")),
]
