"""Articles and messages to send through transforms."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipelines.core.analysis import Analysis
from pipelines.core.arrival import Analyzed, Arrived
from pipelines.core.article import Article, Origin, Span
from pipelines.core.entities.mention import Entity, Mention
from pipelines.core.events.event import Event, Flags
from pipelines.core.ids import digest
from pipelines.runners.beam_bugs import work_around_all

MIDNIGHT = datetime(2026, 3, 10, tzinfo=UTC)

Arrive = Callable[..., Arrived]


@pytest.fixture(scope="session", autouse=True)
def as_in_a_run() -> None:
    """Let Beam work as it does in a run: with the work-arounds for what it does again and again."""
    work_around_all()


@pytest.fixture
def arrive() -> Arrive:
    """Return a maker of articles: `offset`, what it is called, what it says, and the hour of publication."""

    def make(offset: int, url: str = "one", text: str = "نص", hour: float = 0, source: str = "masdar") -> Arrived:
        article = Article(
            article_id=digest("url", url),
            content_id=digest("text", text),
            source=source,
            title=text,
            body=text,
            published_at=MIDNIGHT + timedelta(hours=hour),
            zone="UTC",
            language="ar",
            url=f"https://{source}.example/{url}",
        )
        return Arrived(Origin("t", 0, offset), article)

    return make


def happening(event_id: str, kind: str = "AID") -> Event:
    """Return an event of which only the id and the type matter."""
    words = Span("title", 0, 2, "نص")
    return Event(event_id, kind, None, (), (), None, None, Flags(), 0.5, words, words)


@pytest.fixture
def analyze(arrive: Arrive) -> Callable[..., Analyzed]:
    """Return a maker of articles that report events and name entities by their ids."""

    def make(offset: int, *args: Any, revision: int = 0, events: str = "", names: str = "", **more: Any) -> Analyzed:
        arrived = arrive(offset, *args, **more)
        mentions = [
            Mention(Span("title", 0, 2, "نص"), Entity(one, "LOC", f"مدينة {one}"), 0.9, "LOC") for one in names.split()
        ]
        analysis = Analysis(tuple(mentions), (), tuple(map(happening, events.split())))
        return Analyzed(arrived.origin, arrived.article, revision, analysis)

    return make
