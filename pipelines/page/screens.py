"""What each address of the page shows."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipelines.page import article as articles
from pipelines.page import story as stories
from pipelines.page.answers import page, store_of
from pipelines.page.choice import Choice
from pipelines.page.disputes import find_disputes
from pipelines.page.drawing import draw_map, lanes, spark
from pipelines.page.judgements import judged
from pipelines.page.now import find_facets, find_rising, find_stories, newer_stories, read_begin

STEPS = 24
LONGEST_SEQ = 19
"""Shorter numbers are whole numbers of the database."""


def now(request: Request) -> Response:
    """Show stories, what may be chosen of them, and what is rising."""
    choice, seq = Choice.read(request.query_params), store_of(request).seq
    begin = read_begin(request.query_params.get("begin"))
    found = find_stories(store_of(request), choice, begin)
    answer = page(
        request,
        "now.html",
        seq=seq,
        choice=choice,
        found=found,
        spark=spark,
        steps=STEPS,
        facets=lambda: find_facets(store_of(request)),
        rising=lambda: find_rising(store_of(request)),
    )
    if not begin:
        answer.headers["HX-Push-Url"] = choice.address()
    return answer


def newer(request: Request) -> Response:
    """Say how many stories of a choice are newer than an open page."""
    choice, asked = Choice.read(request.query_params), request.query_params.get("seq", "")
    known = asked.isascii() and asked.isdecimal() and len(asked) < LONGEST_SEQ
    seq = int(asked) if known else store_of(request).seq
    number = newer_stories(store_of(request), choice, seq)
    return page(request, "newer.html", choice=choice, number=number, seq=seq)


def story(request: Request) -> Response:
    """Show one story; one that turned out to be another leads there."""
    found = stories.find_story(store_of(request), request.path_params["story_id"])
    if found is None:
        raise HTTPException(404)
    if found["merged_into"]:
        return RedirectResponse(f"/story/{found['merged_into']}", 303)
    timeline = stories.timeline(found)
    articles_in_order = sorted(
        (one for article in timeline for one in (article, *article["copies"])), key=lambda one: one["published_at"]
    )
    events = stories.events_of(store_of(request), found)
    places = stories.places_of(found, events)
    return page(
        request,
        "story.html",
        story=found,
        timeline=timeline,
        lanes=lanes(articles_in_order),
        events=events,
        disputes=find_disputes(one.event for one in events),
        map=draw_map(places, names=8) if places else None,
    )


def article(request: Request) -> Response:
    """Show one article, marked; of a copy, whose text is not kept, what is known."""
    store, name = store_of(request), request.path_params["article_id"]
    found = articles.find_article(store, name)
    told: dict[str, Any] = {"story": articles.story_of(store, name), "copies": articles.copies_of(store, name)}
    if found is None:
        copy = articles.find_copy(store, name)
        if copy is None:
            raise HTTPException(404)
        return page(request, "copy.html", copy=copy, **told)
    verdicts = judged(request.app.state.folder / "labels.jsonl", name)
    return page(request, "article.html", article=found, reading=articles.read(store, found), verdicts=verdicts, **told)
