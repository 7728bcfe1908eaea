"""Do what the pipeline does in a plain loop, one article after the other."""

import time
from collections import defaultdict
from collections.abc import Iterator

from connectors.message import Delivery, Message
from pipelines.core.analysis import analyze_article
from pipelines.core.arrival import Analyzed, Arrived, Kept
from pipelines.core.article import Article, Origin
from pipelines.core.duplicates.clusters import ClusterIndex, Copy
from pipelines.core.duplicates.index import DuplicateIndex, look_ups
from pipelines.core.duplicates.sighting import Sighting, milliseconds, see
from pipelines.core.duplicates.signature import TOGETHER, pack, sign_all
from pipelines.core.duplicates.verdict import Verdict, judge
from pipelines.core.events.merging import EventIndex
from pipelines.core.normalization import normalize_article
from pipelines.core.rejection import Rejected
from pipelines.core.trends.count import count_article
from pipelines.core.trends.index import Cell, TrendIndex
from pipelines.inputs import Decoder
from pipelines.options import DAY
from pipelines.transforms.count_trends import CELL
from pipelines.transforms.deliver_records import (
    deliver_article,
    deliver_duplicate,
    deliver_event,
    deliver_rejection,
    deliver_trend,
)
from pipelines.transforms.map_or_reject import Refused
from pipelines.transforms.merge_events import reports_of, reports_of_copy


class Loop:
    """The same pure functions in a plain loop, with the seconds each stage took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.decoder = Decoder(1024 * 1024)
        self.duplicates, self.clusters, self.events = (
            DuplicateIndex(3 * DAY),
            ClusterIndex(3 * DAY),
            EventIndex(3 * DAY),
        )
        self.cells: dict[tuple[tuple[str, str], int], set[tuple[str, str]]] = defaultdict(set)
        self.names: dict[tuple[str, str], tuple[str, str]] = {}
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
        trends, _ = TrendIndex().add([self._cell(key, start) for key, start in self.cells])
        self._took("trends")
        deliveries += [deliver_event(version) for _, version in versions] + [deliver_trend(one) for _, one in trends]
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
        for one, signature in zip(arrived, signatures, strict=True):
            yield from self._one(one.article, see(one.article, one.origin, pack(signature)))

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
        return Arrived(Origin(message.topic, message.partition, message.offset), article)

    def _one(self, article: Article, sighting: Sighting) -> Iterator[Delivery]:
        answers, _ = self.duplicates.add(look_ups(sighting, shards=1))
        verdict = judge(sighting, [answer for _, answer in answers])
        self._took("deduplicate")
        if verdict.matches:
            yield from self._link(sighting, verdict)
        if not verdict.is_dropped:
            yield from self._read(Kept(sighting.origin, article, verdict.revision))

    def _link(self, sighting: Sighting, verdict: Verdict) -> Iterator[Delivery]:
        outputs, _ = self.clusters.add([Copy(sighting, verdict.revision, verdict.matches, verdict.is_dropped)])
        self._took("clusters")
        for _, linked in outputs:
            versions, _ = self.events.add(list(reports_of_copy(linked)))
            self._took("merge")
            yield deliver_duplicate(linked)
            yield from (deliver_event(version) for _, version in versions)
            self._took("encode")

    def _read(self, kept: Kept) -> Iterator[Delivery]:
        found = Analyzed(kept.origin, kept.article, kept.revision, analyze_article(kept.article))
        self._took("extract")
        versions, _ = self.events.add(list(reports_of(found)))
        self._took("merge")
        start = milliseconds(kept.article.published_at) // CELL * CELL
        for key, one in count_article(found.article, found.analysis):
            self.cells[key, start].add((one.article_id, one.source))
            self.names[key] = (one.name, one.type)
        self._took("trends")
        yield deliver_article(found)
        yield from (deliver_event(version) for _, version in versions)
        self._took("encode")

    def _cell(self, key: tuple[str, str], start: int) -> Cell:
        return Cell(key, *self.names[key], start, tuple(sorted(self.cells[key, start])))

    def _took(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] += now - self._last
        self._last = now
