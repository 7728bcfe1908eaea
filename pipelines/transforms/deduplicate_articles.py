"""Tell new articles from revisions and from copies, exact, near or contained."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam import PCollection
from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Timestamp
from apache_beam.utils.windowed_value import WindowedValue

from pipelines.core.arrival import Arrived, Kept, Signed
from pipelines.core.duplicates.clusters import ClusterIndex, Copy, Linked
from pipelines.core.duplicates.index import Answer, DuplicateIndex, LookUp, look_ups
from pipelines.core.duplicates.sighting import see
from pipelines.core.duplicates.signature import TOGETHER, pack, sign_all
from pipelines.core.duplicates.verdict import judge
from pipelines.transforms.answer_from_shards import AnswerFromShards
from pipelines.transforms.panes import hand_on_after

COPIES = "copies"
Part = Signed | Answer


@dataclass
class DeduplicateArticles(beam.PTransform):
    """Judge every article by what came before it, within `horizon` milliseconds of event time.

    Each shard is asked one small question an article, with what it keeps of the URL, the content and the keys of the
    text; the article itself crosses one shuffle, where it meets the answers. Copies go on without their text, to where
    clusters are named; that one key sees them alone.

    Yields the articles that are kept, and the copies with what they copy.
    """

    shards: int
    horizon: int
    endless: bool

    def expand(self, articles: "PCollection[Arrived]") -> "tuple[PCollection[Kept], PCollection[Linked]]":
        """Wire it: sign, ask, gather the answers beside the article, judge; then name the clusters."""
        signed = articles | "Sign" >> beam.ParDo(_SignTogether()).with_output_types(Signed)
        bodies = signed | "KeyArticles" >> beam.Map(_key_article).with_output_types(tuple[str, Part])
        judged = (
            (self._answers(signed), bodies)
            | "Beside" >> beam.Flatten()
            | "AllThere" >> hand_on_after(self.shards + 1, endless=self.endless)
            | "Gather" >> beam.GroupByKey()
            | "Judge" >> beam.FlatMapTuple(_judge).with_output_types(Any).with_outputs(COPIES, main="kept")
        )
        linked = (
            judged[COPIES]
            | "Together" >> beam.Map(lambda copy: (0, copy)).with_output_types(tuple[int, Copy])
            | "Clusters" >> AnswerFromShards(partial(ClusterIndex, self.horizon), Linked, self.endless)
        )
        return judged["kept"], linked

    def _answers(self, signed: "PCollection[Signed]") -> "PCollection[tuple[str, Part]]":
        return (
            signed
            | "Ask" >> beam.FlatMap(partial(_ask, shards=self.shards)).with_output_types(tuple[int, LookUp])
            | "Index" >> AnswerFromShards(partial(DuplicateIndex, self.horizon), Answer, self.endless)
            | "KeyAnswers" >> beam.Map(_key_answer).with_output_types(tuple[str, Part])
        )


class _SignTogether(beam.DoFn):
    """Sign the articles of a bundle many at once; each goes on with its own time and window."""

    def start_bundle(self) -> None:
        self._waiting: list[WindowedValue] = []

    def process(
        self, arrived: Arrived, at: Timestamp = beam.DoFn.TimestampParam, window: Any = beam.DoFn.WindowParam
    ) -> Iterator[WindowedValue]:
        self._waiting.append(WindowedValue(arrived, at, (window,)))
        if len(self._waiting) == TOGETHER:
            yield from self._flush()

    def finish_bundle(self) -> Iterator[WindowedValue]:
        yield from self._flush()

    def _flush(self) -> Iterator[WindowedValue]:
        waiting, self._waiting = self._waiting, []
        signatures = sign_all([one.value.article for one in waiting])
        for one, signature in zip(waiting, signatures, strict=True):
            article = one.value.article
            yield one.with_value(Signed(article, see(article, one.value.origin, pack(signature))))


def _ask(signed: Signed, shards: int) -> Iterable[tuple[int, LookUp]]:
    return ((look_up.shard, look_up) for look_up in look_ups(signed.sighting, shards))


def _key_answer(answer: Answer) -> tuple[str, Answer]:
    return str(answer.sighting.origin), answer


def _key_article(signed: Signed) -> tuple[str, Signed]:
    return str(signed.sighting.origin), signed


def _judge(_: str, parts: Iterable[Part]) -> Iterator[Any]:
    """Judge an article by its answers; where a message was handed over twice, it is judged once a set of parts."""
    parts = list(parts)
    answers = sorted((part for part in parts if isinstance(part, Answer)), key=lambda answer: answer.shard)
    for signed in [part for part in parts if isinstance(part, Signed)]:
        sighting, verdict = signed.sighting, judge(signed.sighting, answers)
        at = Timestamp(micros=sighting.published * 1000)
        if not verdict.is_dropped:
            yield TimestampedValue(Kept(sighting.origin, signed.article, verdict.revision), at)
        if verdict.matches:
            copy = Copy(sighting, verdict.revision, verdict.matches, verdict.is_dropped)
            yield TaggedOutput(COPIES, TimestampedValue(copy, at))
