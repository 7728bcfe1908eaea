"""Tell new articles from revisions and from copies, exact, near or contained."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam import PCollection
from apache_beam.pvalue import TaggedOutput
from apache_beam.utils.timestamp import Timestamp
from apache_beam.utils.windowed_value import WindowedValue

from pipelines.core.arrival import Arrived, Kept, Signed
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.duplicates.deduplicator import Deduplicator, Judged
from pipelines.core.duplicates.sighting import see
from pipelines.core.duplicates.signature import TOGETHER, pack, sign_all
from pipelines.transforms.answer_from_shards import AnswerFromShards
from pipelines.transforms.memory import Keeping

COPIES = "copies"


@dataclass
class DeduplicateArticles(beam.PTransform):
    """Judge every article by what came before it, within `horizon` milliseconds of event time.

    Articles are signed side by side, and judged one after the other in one place, which costs a twentieth of reading
    them: so none races another. Then they are spread again, to be read. Yields the articles that are kept, and the
    copies with what they copy.
    """

    horizon: int
    keeping: Keeping

    def expand(self, articles: "PCollection[Arrived]") -> "tuple[PCollection[Kept], PCollection[Linked]]":
        """Wire it."""
        judged = (
            articles
            | "Sign" >> beam.ParDo(_SignTogether()).with_output_types(Signed)
            | "InOnePlace" >> beam.Map(_in_one_place).with_output_types(tuple[int, Signed])
            | "Judge" >> AnswerFromShards("duplicates", partial(Deduplicator, self.horizon), Judged, self.keeping)
            | "Part" >> beam.ParDo(_part).with_outputs(COPIES, main="kept")
        )
        kept = judged["kept"] | "Kept" >> beam.Map(_itself).with_output_types(Kept)
        spread = kept if self.keeping == "process" else kept | "Spread" >> beam.Reshuffle()
        return spread, judged[COPIES] | "Linked" >> beam.Map(_itself).with_output_types(Linked)


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


def _in_one_place(signed: Signed) -> tuple[int, Signed]:
    return 0, signed


def _part(judged: Judged) -> Iterator[Any]:
    yield TaggedOutput(COPIES, judged) if isinstance(judged, Linked) else judged


def _itself(one: Any) -> Any:
    return one
