"""Do what the pipeline does in a plain loop, one article after the other."""

import time
from collections import defaultdict
from collections.abc import Iterator

from connectors.message import Delivery, Message
from pipelines.core.analysis import analyze_article
from pipelines.core.arrival import Analyzed, Arrived, Kept, Signed
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.duplicates.deduplicator import Deduplicator
from pipelines.core.duplicates.sighting import see
from pipelines.core.duplicates.signature import TOGETHER, pack, sign_all
from pipelines.core.events.merging import EventIndex
from pipelines.core.normalization import normalize_article
from pipelines.core.rejection import Rejected
from pipelines.core.stories.index import StoryIndex
from pipelines.core.stories.telling import tell, tell_copy
from pipelines.core.trends.count import count_article
from pipelines.core.trends.counter import Tick, TrendCounter
from pipelines.core.trends.echo import speak
from pipelines.core.units import DAY, HOUR, milliseconds
from pipelines.inputs import Decoder
from pipelines.transforms.deliver_records import (
    deliver_article,
    deliver_duplicate,
    deliver_event,
    deliver_rejection,
    deliver_story_or_trend,
)
from pipelines.transforms.merge_events import reports_of, reports_of_copy
from pipelines.transforms.refused import Refused, origin_of


class Loop:
    """The same pure functions in a plain loop, with the seconds each stage took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.decoder = Decoder(1024 * 1024)
        self.duplicates, self.events = Deduplicator(3 * DAY), EventIndex(3 * DAY)
        self.stories = StoryIndex(3 * DAY, waits=True)
        self.trends = TrendCounter(3 * DAY, HOUR, HOUR // 6, None)
        self._last = 0.0

    def run(self, messages: list[Message]) -> list[Delivery]:
        """Return every delivery that the messages make, as the pipeline would."""
        self._last = time.perf_counter()
        deliveries = [
            delivery
            for first in range(0, len(messages), TOGETHER)
            for delivery in self._some(messages[first : first + TOGETHER])
        ]
        versions, _ = self.events.add([])
        trends, _ = self.trends.add([Tick(None)])
        self._took("trends")
        stories, _ = self.stories.add([*(one for _, one in trends), Tick(None)])
        self._took("stories")
        deliveries += [deliver_event(version) for _, version in versions]
        deliveries += [deliver_story_or_trend(one) for _, one in stories]
        self._took("encode")
        return deliveries

    def _some(self, messages: list[Message]) -> Iterator[Delivery]:
        arrived: list[Arrived] = []
        for message in messages:
            read = self._arrive(message)
            if isinstance(read, Refused):
                yield deliver_rejection(read)
            else:
                arrived.append(read)
        signatures = sign_all([one.article for one in arrived])
        self._took("sign")
        signed = [
            Signed(one.article, see(one.article, one.origin, pack(signature)))
            for one, signature in zip(arrived, signatures, strict=True)
        ]
        judged, _ = self.duplicates.add(signed)
        self._took("deduplicate")
        for _, verdict in judged:
            yield from self._link(verdict) if isinstance(verdict, Linked) else self._read(verdict)

    def _arrive(self, message: Message) -> Arrived | Refused:
        stage = "decode"
        try:
            raw = self.decoder.decode(message)
            self._took(stage)
            stage = "normalize"
            article = normalize_article(raw).article
        except Rejected as refusal:
            return Refused(message, stage, refusal)
        finally:
            self._took(stage)
        return Arrived(origin_of(message), article)

    def _link(self, linked: Linked) -> Iterator[Delivery]:
        versions, _ = self.events.add(list(reports_of_copy(linked)))
        self._took("merge")
        self.stories.add(list(tell_copy(linked)))
        self._took("stories")
        yield deliver_duplicate(linked)
        yield from (deliver_event(version) for _, version in versions)
        self._took("encode")

    def _read(self, kept: Kept) -> Iterator[Delivery]:
        found = Analyzed(kept.origin, kept.article, kept.revision, analyze_article(kept.article))
        self._took("extract")
        versions, _ = self.events.add(list(reports_of(found)))
        self._took("merge")
        things = list(count_article(found.article, found.analysis))
        self.trends.add([speak(milliseconds(found.article.published_at), found.article.article_id, things)])
        self._took("trends")
        self.stories.add([tell(found)])
        self._took("stories")
        yield deliver_article(found)
        yield from (deliver_event(version) for _, version in versions)
        self._took("encode")

    def _took(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] += now - self._last
        self._last = now
