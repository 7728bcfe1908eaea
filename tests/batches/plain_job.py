"""A job without Beam and without Arabic: messages of a line each become records of every kind, by the same indexes."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from connectors.message import Delivery, Message
from pipelines.core.analysis import Analysis
from pipelines.core.arrival import Analyzed, Kept, Signed
from pipelines.core.article import Article, Origin, Span
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.duplicates.deduplicator import Deduplicator
from pipelines.core.duplicates.sighting import Sighting, see
from pipelines.core.events.event import Event, Flags
from pipelines.core.events.merging import EventIndex
from pipelines.core.events.reports import Report
from pipelines.core.ids import digest
from pipelines.core.rejection import Undecodable
from pipelines.core.stories.index import StoryIndex
from pipelines.core.stories.telling import tell, tell_copy
from pipelines.core.trends.count import Counted
from pipelines.core.trends.counter import Heard, Tick, TrendCounter
from pipelines.core.trends.echo import Echoed, speak
from pipelines.core.units import milliseconds
from pipelines.options import Settings
from pipelines.transforms.deliver_records import (
    deliver_article,
    deliver_duplicate,
    deliver_event,
    deliver_rejection,
    deliver_story_or_trend,
)
from pipelines.transforms.memory import MEMORY
from pipelines.transforms.merge_events import reports_of, reports_of_copy
from pipelines.transforms.refused import Refused

HOUR = 3_600_000
OTHER = 100
"""Texts from this number on are of another thing than those before."""
MORNING = 1_773_129_600_000  # 2026-03-10T08:00Z


def news(url: int, text: int = 0, hour: float = 0) -> str:
    """Return a message: what it is about follows from its text."""
    return json.dumps({"url": url, "text": text, "hour": hour})


def day_before() -> list[str]:
    """Return a day of news of another thing, without which it is too early to tell of trends."""
    return [news(OTHER + number, OTHER + number, -5 * number - 1) for number in range(6)]


class PlainJob:
    """Stands for `Job`."""

    def __init__(self, settings: Settings, decode: Callable[[Message], Any]) -> None:
        self.settings = settings

    def run(self, messages: list[Message]) -> list[Delivery]:
        """Return the records that a batch makes."""
        read = [_read(message) for message in messages]
        duplicates = self._index("duplicates", partial(Deduplicator, self.settings.horizon))
        judged = self._ask("duplicates", duplicates, [one for one in read if isinstance(one, Signed)])
        analyzed = [_analyze(one) for one in judged if isinstance(one, Kept)]
        linked = [one for one in judged if isinstance(one, Linked)]
        return [
            *(deliver_article(one) for one in analyzed),
            *(deliver_duplicate(one) for one in linked),
            *(deliver_rejection(one) for one in read if isinstance(one, Refused)),
            *map(deliver_event, self._merge(analyzed, linked)),
            *map(deliver_story_or_trend, self._gather(analyzed, linked, self._count(analyzed, linked))),
        ]

    def _merge(self, analyzed: list[Analyzed], linked: list[Linked]) -> list[Any]:
        reports: list[Report] = [report for one in analyzed for report in reports_of(one)]
        reports += [report for one in linked for report in reports_of_copy(one)]
        return self._ask("events", self._index("events", partial(EventIndex, self.settings.horizon)), reports)

    def _gather(self, analyzed: list[Analyzed], linked: list[Linked], trends: list[Any]) -> list[Any]:
        make = partial(StoryIndex, self.settings.horizon, not self.settings.endless)
        copies = (copied for one in linked for copied in tell_copy(one))
        heard = [*map(tell, analyzed), *copies, *trends, Tick(MEMORY.now)]
        return self._ask("stories", self._index("stories", make), heard)

    def _count(self, analyzed: list[Analyzed], linked: list[Linked]) -> list[Any]:
        settings = self.settings
        make = partial(TrendCounter, settings.horizon, settings.window, settings.period, settings.allowed_lateness)
        heard: list[Heard] = [*_words(analyzed, linked), Tick(MEMORY.now)]
        return self._ask("trends", self._index("trends", make), heard)

    def _index(self, name: str, make: Callable[[], Any]) -> Any:
        return MEMORY.index(name, make)

    def _ask(self, name: str, index: Any, batch: list[Any]) -> list[Any]:
        answers, kept = index.add(batch) if batch else ([], [])
        MEMORY.keep(name, kept)
        return [answer for _, answer in answers]


def _read(message: Message) -> Signed | Refused:
    try:
        told = json.loads(message.value)
    except ValueError:
        return Refused(message, "decode", Undecodable("It is no JSON."))
    at = datetime.fromtimestamp((MORNING + told["hour"] * HOUR) / 1000, UTC)
    url, text = str(told["url"]), str(told["text"])
    article = Article(digest("url", url), digest("text", text), f"paper {url}", text, text, at, "UTC", "ar", url=url)
    sighting: Sighting = see(article, Origin(message.topic, message.partition, message.offset, message.origin_id))
    return Signed(article, sighting)


def _analyze(kept: Kept) -> Analyzed:
    words = Span("title", 0, len(kept.article.title), kept.article.title)
    event_id = digest("event", str(int(kept.article.title) % 3))
    event = Event(event_id, "AID", None, (), (), None, None, Flags(), 0.5, words, words)
    return Analyzed(kept.origin, kept.article, kept.revision, Analysis((), (), (event,)))


def _words(analyzed: list[Analyzed], linked: list[Linked]) -> Iterator[Heard]:
    for one in analyzed:
        article = one.article
        counted = Counted(article.article_id, article.source, "كلمة", "LOC")
        thing = ("entity", "Q1" if int(article.title) < OTHER else "Q9")
        yield speak(milliseconds(article.published_at), article.article_id, [(thing, counted)])
    for copy in (one.copy.sighting for one in linked if one.is_echo):
        root = next(one.root_id for one in linked if one.copy.sighting is copy)
        yield Echoed(copy.published, copy.article_id, copy.source, root)
