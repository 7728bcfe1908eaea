from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka import TopicPartition
from kafka.errors import CorruptRecordError, KafkaError, KafkaTimeoutError, LogTruncationError
from kafka.structs import OffsetAndMetadata

from connectors.kafka import log_reader as module
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.consume import NoSuchTopic
from connectors.kafka.log_reader import Expired, LogReader, TopicReplaced
from connectors.message import Message
from tests.connectors.kafka.logs import Consumer, Log

CONNECTION = KafkaConnection("one:9092")


@dataclass
class Broker:
    """Tells the topic's id."""

    topic_id: str = "first"
    error: Exception | None = None

    def __call__(self, connection: KafkaConnection, topic: str) -> str:
        if self.error is not None:
            raise self.error
        return self.topic_id


@pytest.fixture(autouse=True)
def looks_each_time_and_gathers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.0)
    monkeypatch.setattr(module, "GATHERED_S", 0.0)


def reader(
    consumer: Consumer, positions: dict[int, int], ends: dict[int, int] | None = None, broker: Broker | None = None
) -> LogReader:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "make_consumer", lambda connection, **more: consumer)
        return LogReader(CONNECTION, "t", "first", dict(positions), ends, identify=broker or Broker())


def places(messages: Iterable[Message]) -> list[tuple[int, int]]:
    return sorted((message.partition, message.offset) for message in messages)


def read_all(log: LogReader, most: int = 1000, most_bytes: int = 10**9) -> list[Message]:
    messages: list[Message] = []
    while came := log.read(most, most_bytes, 0):
        messages += came
    return messages


OFFSETS = st.sets(st.integers(0, 40))


@given(st.dictionaries(st.integers(0, 2), OFFSETS, min_size=1), st.data())
def test_all_between_the_positions_and_the_ends_is_read_once_whatever_the_gaps(
    offsets: dict[int, set[int]], data: st.DataObject
) -> None:
    logs = {
        one: Log(sorted(some), data.draw(st.integers(max(some, default=-1) + 1, 45))) for one, some in offsets.items()
    }
    ends = {one: data.draw(st.integers(0, log.end)) for one, log in logs.items()}
    begin = {one: data.draw(st.integers(0, end)) for one, end in ends.items()}
    log = reader(Consumer(logs), begin, ends)
    most = data.draw(st.integers(1, 12))
    messages: list[Message] = []
    for _ in range(200):
        some = log.read(most, 10**9, 0)
        assert len(some) <= most
        messages += some
        read = {(one.partition, one.offset) for one in messages}
        for one, at in log.positions.items():
            assert at <= max(ends[one], begin[one]), "what lies behind the end is for another run"
            assert {(one, offset) for offset in offsets[one] if begin[one] <= offset < at} <= read
    assert log.is_at_end
    wanted = [(one, offset) for one, some in offsets.items() for offset in some if begin[one] <= offset < ends[one]]
    assert places(messages) == sorted(wanted)
    assert log.positions == ends
    assert log.expired == []


def test_a_message_has_all_that_the_broker_tells_and_the_topics_id() -> None:
    [message] = reader(Consumer({0: Log.of(1)}), {0: 0}).read(10, 100, 0)
    assert message == Message(b"0:0.......", "t", 0, 0, b"k", (("h", b"v"),), 5, "first")


def test_an_endless_reader_is_never_at_its_end_and_goes_on_with_what_comes() -> None:
    logs = {0: Log.of(3)}
    log = reader(Consumer(logs), {0: 1})
    assert places(log.read(10, 100, 0)) == [(0, 1), (0, 2)]
    assert log.read(10, 100, 0) == []
    assert not log.is_at_end
    logs[0] = Log.of(4)
    assert places(log.read(10, 100, 0)) == [(0, 3)]


def test_partitions_without_a_message_are_at_their_end_at_once() -> None:
    log = reader(Consumer({0: Log([], 0), 1: Log([], 7)}), {0: 0, 1: 0}, {0: 0, 1: 7})
    assert not log.is_at_end
    assert log.read(10, 100, 0) == []
    assert log.is_at_end


def test_a_reader_whose_ends_are_reached_asks_for_nothing_more() -> None:
    consumer = Consumer({0: Log.of(9), 1: Log.of(9)})
    log = reader(consumer, {0: 5, 1: 0}, {0: 5, 1: 2})
    assert places(read_all(log)) == [(1, 0), (1, 1)]
    polls = len(consumer.polls)
    assert log.read(10, 100, 0) == []
    assert len(consumer.polls) == polls


def test_what_came_after_the_ends_were_seen_is_left_for_the_next_run() -> None:
    consumer = Consumer({0: Log.of(9), 1: Log.of(100)})
    log = reader(consumer, {0: 0, 1: 0}, {0: 3, 1: 100})
    assert len(read_all(log, 20)) == 103
    assert log.positions == {0: 3, 1: 100}
    assert consumer.paused == {TopicPartition("t", 0), TopicPartition("t", 1)}


def test_the_lag_is_what_the_broker_last_told_behind_what_was_read() -> None:
    consumer = Consumer({0: Log.of(150), 1: Log.of(3)})
    log = reader(consumer, {0: 100, 1: 0})
    assert log.lag == {0: 50, 1: 3}
    log.read(50, 10**9, 0)
    read_all(log)
    assert log.lag == {0: 0, 1: 0}
    consumer.logs[1].end += 7
    assert log.lag == {0: 0, 1: 7}
    consumer.is_down = True
    assert log.lag == {}


def test_it_waits_for_the_first_message_only() -> None:
    consumer = Consumer({0: Log.of(150)})
    assert len(reader(consumer, {0: 0}).read(1000, 10**9, 1.5)) == 150
    assert [wait for wait, _ in consumer.polls] == [1500, 0, 0]


def test_nothing_comes_and_it_waits_once() -> None:
    consumer = Consumer({0: Log.of(0)})
    assert reader(consumer, {0: 0}).read(1000, 10**9, 1.5) == []
    assert [wait for wait, _ in consumer.polls] == [1500]


class Slow(Consumer):
    """Hands over one message, and the rest only to who waits for it."""

    def poll(self, timeout_ms: int, max_records: int) -> Mapping[TopicPartition, list[Any]]:
        return super().poll(timeout_ms, max_records if timeout_ms else 0) if self.polls else super().poll(timeout_ms, 1)


def test_what_is_on_its_way_behind_the_first_message_is_read_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GATHERED_S", 0.2)
    assert len(reader(Slow({0: Log.of(90)}), {0: 0}).read(90, 10**9, 1.5)) == 90


def test_a_batch_ends_once_it_has_so_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLLED_AT_ONCE", 2)
    log = reader(Consumer({0: Log.of(9)}, size=10), {0: 0})
    assert len(log.read(1000, 35, 0)) == 4
    assert len(log.read(1000, 1, 0)) == 2
    assert log.positions == {0: 6}


def test_what_retention_took_before_it_was_read_is_counted() -> None:
    logs = {0: Log(list(range(20, 30)), 30, first=20), 1: Log.of(5)}
    log = reader(Consumer(logs), {0: 7, 1: 0}, {0: 30, 1: 5})
    messages = read_all(log) + read_all(log)
    assert places(messages) == [(0, offset) for offset in range(20, 30)] + [(1, offset) for offset in range(5)]
    assert log.expired == [Expired(0, 7, 20)]
    assert log.is_at_end


def test_what_retention_takes_while_it_is_read_is_counted_too() -> None:
    logs = {0: Log.of(10)}
    log = reader(Consumer(logs), {0: 0})
    assert places(log.read(4, 10**9, 0)) == [(0, offset) for offset in range(4)]
    logs[0] = Log([8, 9], 10, first=8)
    assert read_all(log) + read_all(log) != []
    assert log.expired == [Expired(0, 4, 8)]


def test_where_retention_took_all_up_to_the_ends_it_is_at_its_end() -> None:
    log = reader(Consumer({0: Log([], 50, first=50)}), {0: 7}, {0: 30})
    assert read_all(log) == []
    assert log.is_at_end
    assert log.expired == [Expired(0, 7, 50)]


def test_where_a_log_lost_its_end_what_is_written_there_anew_is_read() -> None:
    logs = {0: Log.of(3), 2: Log.of(5)}
    log = reader(Consumer(logs), {0: 3, 2: 9})
    assert read_all(log) == []
    assert log.positions == {0: 3, 2: 5}
    logs[2] = Log.of(7)
    assert places(read_all(log)) == [(2, 5), (2, 6)]


def truncation(offset: int | None) -> KafkaError:
    cut = None if offset is None else OffsetAndMetadata(offset, "", 0)
    return LogTruncationError({TopicPartition("t", 2): cut})


@pytest.mark.parametrize("method", ["position", "beginning_offsets", "partitions_for_topic"])
def test_what_a_broker_cannot_tell_just_now_costs_no_message(method: str) -> None:
    consumer = Consumer({0: Log.of(3), 2: Log.of(5)})
    log = reader(consumer, {0: 0, 2: 0})
    consumer.errors = {method: [KafkaTimeoutError(), KafkaTimeoutError()]}
    consumer.errors.setdefault("position", [KafkaTimeoutError()])
    found = [message for _ in range(6) for message in log.read(10, 10**9, 0)]
    assert (places(found), log.positions) == (
        [(0, 0), (0, 1), (0, 2), (2, 0), (2, 1), (2, 2), (2, 3), (2, 4)],
        {0: 3, 2: 5},
    )


@pytest.mark.parametrize(("told", "expected"), [(3, [3, 4, 5, 6]), (None, [5, 6])])
def test_a_log_that_was_cut_short_and_grew_past_us_is_read_from_the_cut(told: int | None, expected: list[int]) -> None:
    logs = {0: Log.of(3), 2: Log.of(5)}
    consumer = Consumer(logs)
    log = reader(consumer, {0: 3, 2: 5})
    logs[2] = Log.of(7)
    consumer.errors = {"position": [truncation(told)]}
    assert log.read(10, 10**9, 0) == []
    assert places(read_all(log)) == [(2, offset) for offset in expected]


def test_a_topic_made_anew_that_the_client_takes_for_one_cut_short_is_another() -> None:
    broker, consumer = Broker(), Consumer({0: Log.of(3), 2: Log.of(5)})
    log = reader(consumer, {0: 3, 2: 5}, broker=broker)
    consumer.errors = {"position": [truncation(3)]}
    log._looked = float("inf")  # the client finds out before we look
    broker.topic_id = "second"
    with pytest.raises(TopicReplaced):
        log.read(10, 10**9, 0)


def test_what_fails_wherever_it_is_read_from_ends_the_run() -> None:
    class Corrupt(Consumer):
        def poll(self, timeout_ms: int, max_records: int) -> Mapping[TopicPartition, list[Any]]:
            raise CorruptRecordError

    log = reader(Corrupt({0: Log.of(3)}), {0: 0})
    for _ in range(module.LOST_AT_MOST):
        assert log.read(10, 100, 0) == []
    with pytest.raises(CorruptRecordError):
        log.read(10, 100, 0)


def test_a_partition_that_is_added_is_read_from_its_beginning() -> None:
    logs = {0: Log.of(3)}
    log = reader(Consumer(logs), {0: 1})
    assert places(read_all(log)) == [(0, 1), (0, 2)]
    logs[1] = Log.of(2)
    assert places(read_all(log)) == [(1, 0), (1, 1)]
    assert log.positions == {0: 3, 1: 2}


def test_a_partition_that_is_added_later_is_no_part_of_what_is_to_be_read_up_to_its_ends() -> None:
    logs = {0: Log.of(3)}
    log = reader(Consumer(logs), {0: 0}, {0: 3})
    logs[1] = Log.of(2)
    assert places(read_all(log)) == [(0, 0), (0, 1), (0, 2)]


@pytest.mark.parametrize("broker", [Broker("second"), Broker(error=NoSuchTopic("t"))])
def test_a_topic_that_is_another_is_noticed_before_anything_of_it_is_read(broker: Broker) -> None:
    consumer = Consumer({0: Log.of(9)})
    log = reader(consumer, {0: 5}, broker=broker)
    with pytest.raises(TopicReplaced):
        log.read(10, 100, 0)
    assert consumer.polls == []


def test_offsets_that_another_topic_does_not_have_are_not_taken_for_expired(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker()
    logs = {0: Log.of(9)}
    log = reader(Consumer(logs), {0: 9}, broker=broker)
    monkeypatch.setattr(module, "LOOK_EVERY_S", 3600.0)
    assert log.read(10, 100, 0) == []
    broker.topic_id, logs[0] = "second", Log.of(2)
    with pytest.raises(TopicReplaced):
        log.read(10, 100, 0)


def test_while_no_broker_answers_there_is_nothing_to_read_and_then_all_of_it() -> None:
    broker, logs = Broker(), {0: Log.of(3)}
    consumer = Consumer(logs)
    log = reader(consumer, {0: 0}, broker=broker)
    consumer.is_down, broker.error = True, KafkaTimeoutError("nobody answers")
    assert log.waiting_s == 0
    assert log.read(10, 100, 0) == []
    assert log.waiting_s > 0
    consumer.is_down, broker.error = False, None
    assert places(log.read(10, 100, 0)) == [(0, 0), (0, 1), (0, 2)]
    assert log.waiting_s == 0


def test_closing_commits_nothing() -> None:
    consumer = Consumer({0: Log.of(3)})
    reader(consumer, {0: 0}).close()
    assert consumer.is_closed


def test_it_says_which_partitions_have_more() -> None:
    log = reader(Consumer({0: Log.of(5), 1: Log.of(2)}), {0: 0, 1: 0})
    assert log.behind == {0, 1}
    log.read(5, 10**9, 0)
    assert log.behind == {1}
    log.read(5, 10**9, 0)
    assert log.behind == set()
    drained = reader(Consumer({0: Log.of(5), 1: Log.of(2)}), {0: 0, 1: 0}, {0: 2, 1: 0})
    assert drained.behind == {0}
    read_all(drained)
    assert drained.behind == set()
