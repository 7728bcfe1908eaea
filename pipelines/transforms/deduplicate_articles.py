"""Tell new articles from revisions and exact repeats."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import apache_beam as beam
from apache_beam import PCollection
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Timestamp

from pipelines.core.arrival import Arrived, Judged
from pipelines.core.duplicates.index import QUESTIONS, Answer, DuplicateIndex, LookUp
from pipelines.core.duplicates.sighting import see
from pipelines.core.duplicates.verdict import judge
from pipelines.core.shards import shard_of
from pipelines.transforms.answer_from_shards import AnswerFromShards
from pipelines.transforms.panes import hand_on_after

PARTS = 1 + len(QUESTIONS)


@dataclass
class DeduplicateArticles(beam.PTransform):
    """Judge every article by what came before it, within `horizon` milliseconds of event time.

    Two small questions an article go to the shards of its URL and its content; the article itself crosses one shuffle,
    where it meets the answers.
    """

    shards: int
    horizon: int
    endless: bool

    def expand(self, articles: "PCollection[Arrived]") -> "PCollection[Judged]":
        """Wire it: ask, gather the answers beside the article, judge."""
        answers = (
            articles
            | "Ask" >> beam.FlatMap(partial(_ask, shards=self.shards)).with_output_types(tuple[int, LookUp])
            | "Index" >> AnswerFromShards(partial(DuplicateIndex, self.horizon), Answer, self.endless)
            | "KeyAnswers" >> beam.Map(_key_answer).with_output_types(tuple[str, Arrived | Answer])
        )
        bodies = articles | "KeyArticles" >> beam.Map(_key_article).with_output_types(tuple[str, Arrived | Answer])
        return (
            (answers, bodies)
            | "Beside" >> beam.Flatten()
            | "AllThere" >> hand_on_after(PARTS, endless=self.endless)
            | "Gather" >> beam.GroupByKey()
            | "Judge" >> beam.FlatMapTuple(_judge).with_output_types(Judged)
        )


def _ask(arrived: Arrived, shards: int) -> Iterator[tuple[int, LookUp]]:
    sighting = see(arrived.article, arrived.origin)
    for question in QUESTIONS:
        look_up = LookUp(question, sighting)
        yield shard_of(look_up.key, shards), look_up


def _key_answer(answer: Answer) -> tuple[str, Answer]:
    return str(answer.sighting.origin), answer


def _key_article(arrived: Arrived) -> tuple[str, Arrived]:
    return str(arrived.origin), arrived


def _judge(_: str, parts: Iterable[Arrived | Answer]) -> Iterator[TimestampedValue]:
    """Judge an article by its answers; where a message was handed over twice, it is judged once a set of parts."""
    parts = list(parts)
    answers = [part for part in parts if isinstance(part, Answer)]
    for arrived in [part for part in parts if isinstance(part, Arrived)]:
        sighting = see(arrived.article, arrived.origin)
        judged = Judged(arrived.origin, arrived.article, judge(sighting, answers))
        yield TimestampedValue(judged, Timestamp(micros=sighting.published * 1000))
