"""What a reader with the token may change: verdicts on events, and watches; and the feeds of a choice."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from pipelines.page import syndication
from pipelines.page.answers import page, store_of, voice_of
from pipelines.page.article import find_article, read
from pipelines.page.choice import Choice
from pipelines.page.judgements import Verdict, append, judged, judgement
from pipelines.page.now import find_stories
from pipelines.page.watches import WatchesUnreadable, delete_watch, read_watches, save_watch

LOG = logging.getLogger("rasid")
MOST_BYTES = 16 * 1024


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a form that may change something; raises 403 without the token, 413 where it is too long."""
    if not request.app.state.guard.may_change(request):
        raise HTTPException(403)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    return dict(parse_qsl(body.decode("utf-8", "replace")))


async def judge(request: Request) -> Response:
    """Note whether an event is right as this article tells it."""
    told = await _form(request)
    if told.get("verdict") not in ("right", "wrong"):
        raise HTTPException(400)
    return await run_in_threadpool(_judge, request, told)


def _judge(request: Request, told: dict[str, str]) -> Response:
    store, path = store_of(request), request.app.state.folder / "labels.jsonl"
    article = find_article(store, told.get("article", ""))
    events = read(store, article).events if article else []
    event = next((one for one in events if one["event_id"] == told.get("event") and one["words"]), None)
    if article is None or event is None:
        raise HTTPException(404)
    verdict: Verdict = "right" if told["verdict"] == "right" else "wrong"
    append(path, judgement(article, event, event["words"], verdict, datetime.now(UTC)))
    if request.headers.get("hx-request") == "true":
        verdicts = judged(path, article["article_id"])
        return page(request, "judged.html", article=article, e=event, verdicts=verdicts)
    return RedirectResponse(f"/article/{article['article_id']}#event-{event['event_id']}", 303)


def watches(request: Request) -> Response:
    """Show the saved filters."""
    try:
        saved, is_broken = read_watches(request.app.state.folder / "watches.json"), False
    except WatchesUnreadable as error:
        LOG.warning(str(error))
        saved, is_broken = [], True
    return page(request, "watches.html", watches=saved, is_broken=is_broken, webhook=request.app.state.notifier)


async def save(request: Request) -> Response:
    """Save a filter."""
    told = await _form(request)
    with _readable():
        save_watch(request.app.state.folder / "watches.json", told.get("name", ""), told.get("choice", ""))
    return RedirectResponse("/watches", 303)


async def delete(request: Request) -> Response:
    """Forget a saved filter."""
    told = await _form(request)
    with _readable():
        delete_watch(request.app.state.folder / "watches.json", told.get("name", ""))
    return RedirectResponse("/watches", 303)


@contextmanager
def _readable() -> Iterator[None]:
    """Raise 409 where the file of watches cannot be read: writing it anew would lose what a person can mend."""
    try:
        yield
    except WatchesUnreadable as error:
        raise HTTPException(409) from error


def feed(request: Request) -> Response:
    """Answer with a choice as Atom or as JSON Feed."""
    choice, voice = Choice.read(request.query_params), voice_of(request)
    stories = find_stories(store_of(request), choice).rows
    home = f"{request.url.scheme}://{request.url.netloc}"
    where = choice.address(request.url.path)
    if request.url.path.endswith(".json"):
        told = syndication.json_feed(stories, choice, voice, home, where)
        return JSONResponse(told, media_type="application/feed+json")
    return Response(syndication.atom(stories, choice, voice, home, where), media_type="application/atom+xml")
