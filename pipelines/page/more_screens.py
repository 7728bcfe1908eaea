"""Screens beside Now, a story and an article: every article, names, the map, the feeds."""

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pipelines.page import entities, health, places
from pipelines.page.answers import page, store_of
from pipelines.page.choice import Choice
from pipelines.page.drawing import bars, draw_map, spark
from pipelines.page.latest import find_latest
from pipelines.page.now import find_facets, read_begin


def latest(request: Request) -> Response:
    """Show every article of a choice."""
    choice, begin = Choice.read(request.query_params), read_begin(request.query_params.get("begin"))
    found = find_latest(store_of(request), choice, begin)
    answer = page(
        request,
        "latest.html",
        choice=choice,
        found=found,
        facets=lambda: find_facets(store_of(request)),
    )
    if not begin:
        answer.headers["HX-Push-Url"] = choice.address("/latest")
    return answer


def world(request: Request) -> Response:
    """Show where the events of a choice are."""
    choice = Choice.read(request.query_params)
    found = places.find_places(store_of(request), choice)
    answer = page(
        request,
        "map.html",
        choice=choice,
        places=found,
        map=draw_map(found, names=14, shape=1.6),
        facets=lambda: find_facets(store_of(request)),
    )
    answer.headers["HX-Push-Url"] = choice.address("/map")
    return answer


def names(request: Request) -> Response:
    """Show who and what is named most, or what a search finds."""
    words, kind = request.query_params.get("q", "").strip(), request.query_params.get("kind", "")
    return page(
        request, "names.html", words=words, kind=kind, found=entities.find_names(store_of(request), words, kind)
    )


def entity(request: Request) -> Response:
    """Show one person, body or place."""
    store, name = store_of(request), request.path_params["entity_id"]
    found = entities.find_entity(store, name)
    if found is None:
        raise HTTPException(404)
    weeks, week = entities.weeks(store, name), entities.read_week(request.query_params.get("week"))
    here = [found | {"n": 1}] if found["latitude"] is not None else []
    return page(
        request,
        "entity.html",
        entity=found,
        spellings=entities.spellings(store, name),
        week=week,
        events=entities.events_of(store, name, week),
        companions=entities.companions(store, name, week),
        stories=entities.stories_of(store, name),
        articles=entities.articles_of(store, name),
        weeks=weeks,
        bars=bars(weeks, "happened", "other", "week"),
        map=draw_map(here) if here else None,
    )


def feeds(request: Request) -> Response:
    """Show how the feeds are."""
    store, follower = store_of(request), request.app.state.follower
    newest = health.newest_article(store)
    return page(
        request,
        "health.html",
        newest=newest,
        outlets=health.find_outlets(store, newest) if newest else [],
        rejections=health.find_rejections(store),
        ledger=store.remembered("ledger", health.find_ledger),
        command_for=health.command_for,
        lag=follower.lag,
        problems=follower.problems,
        missing=follower.is_missing,
        begin=newest and newest - timedelta(hours=health.HOURS),
        spark=spark,
        steps=health.HOURS,
    )
