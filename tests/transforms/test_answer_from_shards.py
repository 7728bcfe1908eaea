from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.direct.direct_runner import BundleBasedDirectRunner
from apache_beam.testing.test_stream import TestStream as Events
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Timestamp

from pipelines.core.units import DAY
from pipelines.runners.launch import IN_PROCESS
from pipelines.transforms.answer_from_shards import AnswerFromShards, _Answer

HOUR = DAY // 24

Seen = tuple[int, str]


@dataclass
class Counting:
    """Answers each (time, word) with how often the word came, and forgets words older than a day."""

    seen: list[Seen] = field(default_factory=list)

    def add(self, batch: Sequence[Seen]) -> tuple[list[tuple[int, str]], list[Seen]]:
        answers = []
        for at, word in sorted(batch):
            if word == "breaks":
                raise ValueError(word)
            self.seen.append((at, word))
            answers.append((at, f"{word}{sum(word == other for _, other in self.seen)}"))
        return answers, list(batch)

    def load(self, entries: Iterable[Seen]) -> None:
        self.seen += entries

    def expire(self, before: int) -> list[Seen]:
        self.seen = [one for one in self.seen if one[0] >= before - DAY]
        return list(self.seen)


class Cell:
    """A state cell, a bag and a timer in one, as far as they are used."""

    def __init__(self) -> None:
        self.value: Any = None
        self.bag: list[Any] = []
        self.at: Timestamp | None = None
        self.reads = 0

    def read(self) -> Any:
        self.reads += 1
        return self.value

    def write(self, value: Any) -> None:
        self.value = value

    def set(self, at: Timestamp) -> None:
        self.at = at

    def clear(self) -> None:
        self.value, self.bag = None, []

    def add(self, value: Any) -> None:
        self.bag.append(value)


class Bag(Cell):
    def read(self) -> Any:
        self.reads += 1
        return list(self.bag)


@dataclass
class Shard:
    """One shard's state, and the function that answers from it."""

    answer: _Answer
    version: Cell = field(default_factory=Cell)
    entries: Bag = field(default_factory=Bag)
    expiry: Cell = field(default_factory=Cell)

    def ask(self, *batch: Seen) -> list[str]:
        earliest = Timestamp(micros=min(at for at, _ in batch) * 1000)
        state = (earliest, self.version, self.entries, self.expiry)
        answered: Iterator[TimestampedValue] = self.answer.process((0, [list(batch)]), *state)
        return [one.value for one in answered]

    def fire(self) -> None:
        assert self.expiry.at is not None
        fired, self.expiry.at = self.expiry.at, None
        self.answer.forget(0, fired, self.version, self.entries, self.expiry)


@pytest.fixture
def shard() -> Shard:
    return Shard(_Answer("counting", Counting))


def test_the_bag_is_read_once_and_not_for_every_batch(shard: Shard) -> None:
    assert shard.ask((1, "a"), (2, "a")) == ["a1", "a2"]
    reads = shard.entries.reads
    assert [shard.ask((3, "a")), shard.ask((4, "b"))] == [["a3"], ["b1"]]
    assert shard.entries.reads == reads == 1


def test_after_a_restart_the_index_is_read_back(shard: Shard) -> None:
    shard.ask((1, "a"), (2, "b"))
    shard.answer = _Answer("counting", Counting)
    assert shard.ask((3, "a")) == ["a2"]


def test_a_bundle_that_failed_leaves_no_trace(shard: Shard) -> None:
    shard.ask((1, "a"))
    version, bag = shard.version.value, list(shard.entries.bag)
    shard.ask((2, "a"))
    shard.version.value, shard.entries.bag = version, bag  # the runner takes back what the bundle wrote
    assert shard.ask((3, "a")) == ["a2"]


def test_a_batch_that_fails_half_way_leaves_no_trace(shard: Shard) -> None:
    shard.ask((1, "a"))
    with pytest.raises(ValueError, match="breaks"):
        shard.ask((2, "a"), (3, "breaks"))
    assert shard.ask((4, "a")) == ["a2"]


def test_once_a_day_of_event_time_what_is_old_is_forgotten(shard: Shard) -> None:
    shard.ask((HOUR, "a"), (30 * HOUR, "b"))
    assert shard.expiry.at == Timestamp(25 * 60 * 60)
    shard.ask((31 * HOUR, "b"))
    assert shard.expiry.at == Timestamp(25 * 60 * 60), "later elements do not put it off"
    shard.fire()
    assert shard.expiry.at == Timestamp(55 * 60 * 60), "a day behind the newest"
    shard.ask((32 * HOUR, "c"))
    shard.fire()
    assert shard.entries.bag == [[(31 * HOUR, "b"), (32 * HOUR, "c")]]
    assert shard.ask((50 * HOUR, "a"), (50 * HOUR, "b")) == ["a1", "b2"]


def test_one_old_article_does_not_have_the_timer_go_through_the_years_day_by_day(shard: Shard) -> None:
    """Each step is a bundle on Flink, which waits for the next: the watermark stood still for minutes."""
    shard.ask((HOUR, "old"))
    shard.ask((5000 * DAY, "new"))
    shard.fire()
    assert shard.expiry.at == Timestamp(5001 * DAY // 1000)


def test_a_date_in_the_far_future_does_not_keep_everything_from_being_forgotten(shard: Shard) -> None:
    shard.ask((HOUR, "old"))
    shard.ask((60 * 365 * DAY * 2, "in 2089"))
    shard.fire()
    assert shard.expiry.at is not None
    assert shard.expiry.at <= Timestamp.now() + DAY // 1000


def test_a_pane_with_nothing_in_it_changes_nothing(shard: Shard) -> None:
    """Flink ends with one for each key."""
    assert list(shard.answer.process((0, []), Timestamp(0), shard.version, shard.entries, shard.expiry)) == []
    assert (shard.version.value, shard.expiry.at) == (None, None)


def test_a_shard_with_nothing_left_ends_its_timer_and_begins_anew(shard: Shard) -> None:
    shard.ask((HOUR, "a"))
    while shard.expiry.at is not None:
        shard.fire()
    assert (shard.version.value, shard.entries.bag) == (None, [])
    assert shard.ask((99 * HOUR, "a")) == ["a1"]
    assert shard.expiry.at == Timestamp(123 * 60 * 60)


@pytest.mark.parametrize("shards", [1, 3])
def test_a_bounded_run_answers_all_in_the_order_of_the_index(shards: int) -> None:
    words = [(at, "abc"[at % 3]) for at in range(30)]
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        answers = (
            pipeline
            | beam.Create(list(reversed(words)))
            | beam.Map(lambda one: (ord(one[1]) % shards, one)).with_output_types(tuple[int, Seen])
            | AnswerFromShards("counting", Counting, str, "nowhere")
            | beam.Map(lambda word, at=beam.DoFn.TimestampParam: (word, at.micros // 1000))
        )
        assert_that(answers, equal_to([(f"{'abc'[at % 3]}{at // 3 + 1}", at) for at in range(30)]))


def test_an_endless_run_answers_at_once_and_forgets_when_the_watermark_passes() -> None:
    events = (
        Events()
        .add_elements([TimestampedValue((0, (HOUR, "a")), 3600)])
        .add_elements([TimestampedValue((0, (HOUR, "a")), 3600)])
        .advance_watermark_to(60 * 3600)
        .add_elements([TimestampedValue((0, (61 * HOUR, "a")), 61 * 3600)])
        .advance_watermark_to_infinity()
    )
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True
    with beam.Pipeline(runner=BundleBasedDirectRunner(), options=options) as pipeline:
        keyed = pipeline | events | beam.Map(lambda one: one).with_output_types(tuple[int, Seen])
        assert_that(keyed | AnswerFromShards("counting", Counting, str, "runner"), equal_to(["a1", "a2", "a1"]))
