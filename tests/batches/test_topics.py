"""Whole runs from a topic into topics and a folder, on a cluster in memory."""

import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.audits import Findings, audit_outputs
from pipelines.batches import loop, sources
from pipelines.batches.loop import BatchRun
from pipelines.batches.progress import Progress
from pipelines.ledgers import file_rows
from pipelines.options import KafkaSource, Settings
from pipelines.transforms.memory import MEMORY
from schemas.codec import decode
from schemas.topics import topic_of
from tests.batches.cluster import CONNECTION, INPUT, Cluster
from tests.batches.plain_job import HOUR, MORNING, OTHER, PlainJob, day_before, news
from tests.batches.test_loop import MESSAGES, Killed, Killer

SOURCE = KafkaSource(CONNECTION, INPUT)


@dataclass
class Desk:
    """A cluster, a folder, and what this machine remembers of runs between them."""

    directory: Path
    cluster: Cluster = field(default_factory=Cluster)

    def make(self, watch: Callable[[Progress], None] = lambda _: None, **more: Any) -> BatchRun:
        where: dict[str, Any] = {"to_kafka": CONNECTION, "to_files": str(self.directory / "out"), "drain": True, **more}
        return BatchRun(Settings(SOURCE, state=self.directory / "state", **where), watch)

    def drain(self, **more: Any) -> Progress:
        return self.make(**more).go()

    def forget(self) -> None:
        shutil.rmtree(self.directory / "state", ignore_errors=True)

    def audits(self) -> tuple[Findings, Findings]:
        out = str(self.directory / "out")
        return audit_outputs(SOURCE, CONNECTION, None), audit_outputs(SOURCE, None, out)

    def is_clean(self) -> bool:
        for found in self.audits():
            assert found.is_clean, found
            assert found.repeated == []
        return True

    def outcomes(self) -> tuple[list[str], list[str]]:
        """Return what became of each message, by the ledger in Kafka and by that in files."""
        rows = [decode(one.value).fields for one in self.cluster.written[topic_of("ledger").name]]
        both = rows, list(file_rows(str(self.directory / "out"), "ledger"))
        in_kafka, in_files = (
            sorted(f"{one['origin']['partition']}@{one['origin']['offset']} {one['outcome']}" for one in some)
            for some in both
        )
        return in_kafka, in_files


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path)
    prepare(desk, monkeypatch)
    return desk


def prepare(desk: Desk, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(loop, "Job", PlainJob)
    patch.setattr(loop, "WAIT_S", 0.0)
    patch.setattr(sources, "MOST_MESSAGES", 3)
    patch.setattr("os.fsync", lambda _: None)
    desk.cluster.patches(patch)


def test_every_message_has_its_line_and_its_record_in_both_places(desk: Desk) -> None:
    desk.cluster.send(news(1, 1), "{", news(2, 1, 1), news(1, 2, 2))
    desk.cluster.send(news(3, 3), partition=1)
    progress = desk.drain()
    assert desk.is_clean()
    in_kafka, in_files = desk.outcomes()
    assert in_kafka == in_files == ["0@0 article", "0@1 rejection", "0@2 duplicate", "0@3 revision", "1@0 article"]
    assert progress.total == progress.read == 5


def test_progress_says_what_others_ask_for(desk: Desk) -> None:
    desk.cluster.send(news(1, 1), news(1, 2), "{", news(3, 1, 1))
    begun: list[bool] = []
    progress = desk.make(lambda one: begun.append(one.has_begun)).go()
    assert begun == [False] * begun.count(False) + [True] * begun.count(True)
    assert begun[-1]
    assert progress.reasons == {"undecodable": 1}
    assert progress.lag == {0: 0}
    assert progress.state_bytes > 0
    assert sum(progress.from_arrival.counts) == 4
    assert sum(progress.from_publication.counts) == 3
    assert desk.drain().from_arrival.total == 0, "what is done already is not counted again"


def test_what_comes_while_it_drains_is_for_the_next_run(desk: Desk) -> None:
    desk.cluster.send(*(news(number, number) for number in range(5)))
    late = iter([news(9, 9)])
    assert desk.make(lambda _: desk.cluster.send(*late)).go().read == 5
    assert len(desk.outcomes()[0]) == 5
    assert desk.drain().read == 1
    assert desk.is_clean()


def test_a_place_that_is_added_gets_all_that_the_first_has(desk: Desk) -> None:
    desk.cluster.send(*(news(number, number, 30 * number) for number in range(7)))
    desk.drain(to_files=None)
    desk.cluster.send(news(8, 8, 300))
    desk.drain()
    assert desk.is_clean()
    in_kafka, in_files = desk.outcomes()
    assert in_kafka == in_files
    assert len(in_kafka) == 8


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.lists(MESSAGES, max_size=5), st.integers(0, 60), st.booleans()), min_size=1, max_size=4),
    st.lists(MESSAGES, max_size=4),
)
def test_killed_anywhere_while_more_comes_nothing_is_lost_and_nothing_is_twice(
    tmp_path_factory: pytest.TempPathFactory, kills: list[tuple[list[str], int, bool]], rest: list[str]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    with pytest.MonkeyPatch.context() as patch:
        prepare(desk, patch)
        patch.setattr("connectors.files.folder.WRITERS", 1)
        for values, at, forgets in kills:
            desk.cluster.send(*values[1:])
            desk.cluster.send(*values[:1], partition=1)
            with pytest.MonkeyPatch.context() as killing, suppress(Killed):
                killer = Killer(at)
                killer.patches(killing)
                desk.cluster.before_each_write = killer
                desk.drain()
            desk.cluster.before_each_write = lambda: None
            if forgets:
                desk.forget()
        desk.cluster.send(*rest)
        desk.drain()
        assert desk.is_clean()
        assert desk.drain().read == 0


def test_what_stands_in_its_topic_is_not_sent_again_by_a_run_that_remembers_nothing(desk: Desk) -> None:
    desk.cluster.send(*day_before(), *(news(number, number) for number in range(7)))
    desk.drain()
    merged = {name: list(desk.cluster.written[topic_of(name).name]) for name in ("event", "trend")}
    assert all(merged.values())
    desk.forget()
    desk.drain()
    assert {name: desk.cluster.written[topic_of(name).name] for name in merged} == merged
    assert desk.is_clean()


def endless(desk: Desk, *steps: Callable[[], None]) -> Progress:
    """Run until all steps were taken, one each time that nothing is left to read, and nothing comes any more."""
    left, idle = list(steps), [-1, 0]

    def watch(progress: Progress) -> None:
        idle[:] = [progress.read, idle[1] + 1 if progress.read == idle[0] else 0]
        if idle[1] > 3 and not left:
            run.stop.set()
        elif idle[1] and left:
            left.pop(0)()

    run = desk.make(watch, drain=False)
    return run.go()


def test_an_endless_run_records_what_comes_and_a_partition_that_is_added(desk: Desk) -> None:
    desk.cluster.send(news(1, 1))
    send = desk.cluster.send
    progress = endless(desk, lambda: send(news(2, 2)), lambda: send(news(3, 3), partition=5))
    assert progress.read == 3
    assert progress.total is None
    assert desk.is_clean()
    assert desk.outcomes()[0] == ["0@0 article", "0@1 article", "5@0 article"]


@pytest.mark.parametrize("forgets", [False, True])
def test_a_topic_that_is_made_anew_has_nothing_done_whether_a_run_is_there_or_not(desk: Desk, forgets: bool) -> None:
    def make_anew() -> None:
        desk.cluster.make_anew("second")
        desk.cluster.send(news(7, 7), "{")

    desk.cluster.send(news(1, 1), news(2, 2))
    if forgets:
        desk.drain()
        make_anew()
        desk.forget()
        desk.drain()
    else:
        assert endless(desk, make_anew).read == 4
    assert Counter(desk.outcomes()[0]) == Counter(["0@0 article", "0@0 article", "0@1 article", "0@1 rejection"])
    assert desk.is_clean()
    desk.cluster.make_anew("third")
    desk.cluster.send(news(8, 8))
    desk.drain()
    assert len(desk.outcomes()[1]) == 5
    assert desk.is_clean()


@pytest.mark.parametrize("forgets", [False, True])
def test_what_expired_before_it_was_read_is_counted_by_the_run_and_by_the_audit(desk: Desk, forgets: bool) -> None:
    desk.cluster.send(*(news(number, number) for number in range(3)))
    desk.drain()
    desk.cluster.send(*(news(number, number) for number in range(3, 9)))
    log = desk.cluster.logs[0]
    log.first, log.offsets = 7, [7, 8]
    if forgets:
        desk.forget()
    progress = desk.drain()
    assert progress.expired == 4
    assert progress.read == 2
    assert [found.expired for found in desk.audits()] == [4, 4]


def test_where_the_broker_lost_the_end_of_a_log_what_comes_there_anew_is_read(desk: Desk) -> None:
    desk.cluster.send(*(news(number, number) for number in range(6)))
    desk.drain()
    log = desk.cluster.logs[0]
    log.offsets, log.end = [0, 1, 2, 3], 4
    desk.drain()
    desk.cluster.send(news(9, 9))
    assert desk.drain().read == 1
    assert "0@4 article" in desk.outcomes()[0]


def test_windows_are_told_while_nothing_comes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "TICK_EVERY_S", 0.0)
    desk.cluster.send(*day_before(), *(news(number, number, number / 10) for number in range(4)))
    trends = desk.cluster.written[topic_of("trend").name]
    at = (MORNING + 2 * HOUR) / 1000
    monkeypatch.setattr("connectors.kafka.event_clock.time.time", lambda: at)
    endless(desk)
    assert trends == []
    later = at + 5 * 3600
    monkeypatch.setattr("connectors.kafka.event_clock.time.time", lambda: later)
    endless(desk, lambda: None)
    assert trends == [], "time went by while no run was there: that is no event time"
    desk.cluster.send(*(news(number, number, 3) for number in range(20, 29)))
    endless(desk)
    assert trends != []


def test_a_drain_tells_the_windows_that_an_endless_run_left_open_though_nothing_more_came(desk: Desk) -> None:
    desk.cluster.send(*day_before(), *(news(number, number, number / 10) for number in range(4)))
    trends = desk.cluster.written[topic_of("trend").name]
    endless(desk)
    assert trends == [], "for its windows may still get more"
    progress = desk.drain()
    assert (progress.read, progress.written["trend"]) == (0, 1)
    assert len(trends) == 1
    assert desk.drain().written["trend"] == 0, "once"
    assert len(trends) == 1
    assert desk.is_clean()


def test_a_backlog_whose_partitions_are_read_one_after_the_other_has_the_trends_that_a_drain_tells(
    desk: Desk, tmp_path: Path
) -> None:
    desk.cluster.send(
        *day_before(), *(news(OTHER + 20 + number, OTHER + 20 + number, 5 * number) for number in range(20))
    )
    desk.cluster.send(*(news(number, number, number / 10) for number in range(4)), partition=1)
    trends = desk.cluster.written[topic_of("trend").name]
    endless(desk)
    told = {one.key for one in trends}
    other = Desk(tmp_path / "other", desk.cluster)
    other.drain(to_kafka=None, to_files=str(tmp_path / "other"))
    assert {row["trend_id"].encode() for row in file_rows(str(tmp_path / "other"), "trend")} == told != set()


def test_a_few_dates_in_the_far_future_neither_empty_the_memory_nor_keep_it_for_ever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def expire(before: int) -> list[Any]:
        asked.append(before)
        return []

    monkeypatch.setattr(MEMORY, "expire", expire)
    now = int(time.time() * 1000)
    century = 24 * 365 * 100
    desk.cluster.send(*(news(number, number) for number in range(12)))
    desk.cluster.send(*(news(20 + number, 20 + number, century) for number in range(9)))
    desk.cluster.send(*(news(40 + number, 40 + number, 8) for number in range(12)))
    desk.drain()
    assert max(asked) <= now + 60_000
    assert asked[-1] == MORNING + 8 * HOUR, "and goes on where the news is"
