"""Whole runs, batch by batch, from files into a folder: stopped anywhere, nothing is lost and nothing is twice."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.files.manifest import NAME
from pipelines.audits import audit_outputs
from pipelines.batches import begin, loop, sources
from pipelines.batches.loop import AlreadyRuns, BatchRun
from pipelines.batches.outputs import FilesOutput
from pipelines.batches.progress import Progress
from pipelines.batches.state import StateLog
from pipelines.ledgers import file_rows
from pipelines.options import FileSource, Settings
from tests.batches.plain_job import PlainJob, news
from tests.batches.test_sources import source

MESSAGES = st.one_of(
    st.builds(news, st.integers(0, 5), st.integers(0, 5), st.integers(0, 3)), st.sampled_from(["no news", "{"])
)
FILES = st.dictionaries(st.sampled_from(["a", "b"]), st.lists(MESSAGES, max_size=8), min_size=1)


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "Job", PlainJob)
    monkeypatch.setattr(sources, "MOST_MESSAGES", 3)
    monkeypatch.setattr("os.fsync", lambda _: None)


@dataclass
class Desk:
    """A folder that runs write to, and what this machine remembers of them."""

    directory: Path

    def run(self, files: FileSource, **more: Any) -> Progress:
        where: dict[str, Any] = {"to_files": str(self.directory / "out"), "state": self.directory / "state"}
        return BatchRun(Settings(files, **where, **more), lambda _: None).go()

    def forget(self) -> None:
        shutil.rmtree(self.directory / "state", ignore_errors=True)

    def rows(self, record: str) -> list[Any]:
        return list(file_rows(str(self.directory / "out"), record))

    def outcomes(self) -> dict[str, str]:
        return {
            f"{row['origin']['topic']}@{row['origin']['offset']} {row['origin_id']}": row["outcome"]
            for row in self.rows("ledger")
        }

    def bytes(self) -> dict[str, bytes]:
        out = self.directory / "out"
        paths = [path for path in out.rglob("*.avro") if path.is_file()]
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def is_clean(desk: Desk, files: FileSource) -> bool:
    found = audit_outputs(files, None, str(desk.directory / "out"))
    assert found.is_clean, found
    assert found.repeated == []
    return found.lines == len(desk.outcomes())


def test_every_message_has_its_line_and_its_record(tmp_path: Path) -> None:
    desk, files = Desk(tmp_path), source(tmp_path / "in", a=[news(1, 1), news(1, 2), news(2, 1), "{"], b=[news(3, 3)])
    progress = desk.run(files)
    assert is_clean(desk, files)
    assert Counter(desk.outcomes().values()) == {"article": 2, "revision": 1, "duplicate": 1, "rejection": 1}
    assert progress.read == 5
    merged = {record: len(desk.rows(record)) for record in ("event", "story", "trend")}
    assert progress.written == Counter(desk.outcomes().values()) + Counter(merged)


def test_a_second_run_does_nothing(tmp_path: Path) -> None:
    desk, files = Desk(tmp_path), source(tmp_path / "in", a=[news(number) for number in range(7)])
    desk.run(files)
    before, manifest = desk.bytes(), (tmp_path / "out" / NAME).read_bytes()
    for forgets in (False, True):
        if forgets:
            desk.forget()
        progress = desk.run(files)
        assert progress.read == (7 if forgets else 0)
        assert sum(progress.written[name] for name in loop_outcomes()) == 0
        assert (desk.bytes(), (tmp_path / "out" / NAME).read_bytes()) == (before, manifest)


def loop_outcomes() -> Sequence[str]:
    return ("article", "revision", "duplicate", "rejection")


@dataclass
class Killer:
    """Ends the process at a call of what makes things durable, counted over all of them."""

    at: int
    calls: int = 0

    def __call__(self, *_: Any) -> None:
        self.calls += 1
        if self.calls > self.at:
            raise Killed

    def patches(self, patch: pytest.MonkeyPatch) -> None:
        add = StateLog.add

        def add_or_die(log: StateLog, batch: Any) -> None:
            self()
            add(log, batch)
            self()

        patch.setattr("os.fsync", self)
        patch.setattr(StateLog, "add", add_or_die)


@settings(max_examples=40)
@given(FILES, st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=3), st.integers(1, 4))
def test_killed_anywhere_it_ends_as_if_it_never_had_been(
    tmp_path_factory: pytest.TempPathFactory,
    lines: dict[str, list[str]],
    kills: list[tuple[int, bool]],
    most: int,
) -> None:
    whole, broken = Desk(tmp_path_factory.mktemp("whole")), Desk(tmp_path_factory.mktemp("broken"))
    files = source(whole.directory / "in", **lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "MOST_MESSAGES", most)
        patch.setattr("connectors.files.folder.WRITERS", 1)
        whole.run(files)
        for at, forgets in kills:
            with pytest.MonkeyPatch.context() as killing, suppress(Killed):
                Killer(at).patches(killing)
                broken.run(files)
            if forgets:
                broken.forget()
        broken.run(files)
    assert is_clean(broken, files)
    assert broken.bytes() == whole.bytes()


def test_other_files_add_to_the_same_folder_and_know_what_came_before(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    first = source(tmp_path / "in", a=[news(1, 1), news(2, 2)])
    second = source(tmp_path / "in", b=[news(3, 1, 1), news(4, 4, 1)])
    desk.run(first)
    desk.run(second)
    both = FileSource((*first.files, *second.files))
    assert is_clean(desk, both)
    assert Counter(desk.outcomes().values()) == {"article": 3, "duplicate": 1}
    assert desk.run(both).read == 0


def test_other_files_after_the_state_was_lost_add_to_the_folder_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    first = source(tmp_path / "in", a=[news(1, 1), news(2, 2)])
    second = source(tmp_path / "in", b=[news(3, 1), news(4, 4, 1)])
    desk.run(first)
    desk.forget()
    desk.run(second)
    assert is_clean(desk, FileSource((*first.files, *second.files)))


def test_files_that_the_state_knows_nothing_of_and_the_ledger_does_are_not_recorded_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    first = source(tmp_path / "in", a=[news(1, 1), news(2, 2)])
    second = source(tmp_path / "in", b=[news(3, 1), news(4, 4, 1)])
    desk.run(first)
    desk.forget()
    desk.run(second)
    before = desk.outcomes()
    both = FileSource((*first.files, *second.files))
    desk.run(both)
    assert is_clean(desk, both)
    assert desk.outcomes() == before
    assert desk.run(both).read == 0


@pytest.mark.parametrize("forgets", [False, True])
def test_the_ledger_is_read_once_however_many_files_are_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgets: bool
) -> None:
    desk = Desk(tmp_path)
    desk.run(source(tmp_path / "in", a=[news(1, 1)]))
    if forgets:
        desk.forget()
    reads: list[None] = []
    all_lines = FilesOutput.all_lines

    def count(output: FilesOutput) -> Iterator[Any]:
        reads.append(None)
        return all_lines(output)

    monkeypatch.setattr(FilesOutput, "all_lines", count)
    desk.run(source(tmp_path / "in", b=[news(2, 2)], c=[news(3, 3)], d=[news(4, 4)]))
    assert len(reads) == 1


@pytest.mark.parametrize("forgets", [False, True])
def test_a_file_that_has_grown_gives_what_is_new(tmp_path: Path, forgets: bool) -> None:
    desk = Desk(tmp_path)
    desk.run(source(tmp_path / "in", a=[news(1, 1), news(2, 2)]))
    before = desk.outcomes()
    if forgets:
        desk.forget()
    grown = source(tmp_path / "in", a=[news(1, 1), news(2, 2), news(3, 1, 1)])
    desk.run(grown)
    assert is_clean(desk, grown)
    assert desk.outcomes().items() >= before.items()
    assert Counter(desk.outcomes().values()) == {"article": 2, "duplicate": 1}


@pytest.mark.parametrize("forgets", [False, True])
def test_a_file_whose_last_line_was_not_finished_when_it_was_read_gives_the_whole_line_too(
    tmp_path: Path, forgets: bool
) -> None:
    desk = Desk(tmp_path)
    half = source(tmp_path / "in", a=[news(1, 1), news(2, 2), news(3, 3)[:9]])
    desk.run(half)
    before = desk.outcomes()
    assert Counter(before.values()) == {"article": 2, "rejection": 1}
    if forgets:
        desk.forget()
    finished = source(tmp_path / "in", a=[news(1, 1), news(2, 2), news(3, 3), news(4, 4)])
    desk.run(finished)
    assert is_clean(desk, finished)
    assert desk.outcomes().items() >= before.items()
    assert Counter(desk.outcomes().values()) == {"article": 4, "rejection": 1}


@pytest.mark.parametrize("forgets", [False, True])
def test_another_file_under_the_name_is_recorded_beside_the_first(tmp_path: Path, forgets: bool) -> None:
    desk = Desk(tmp_path)
    first = source(tmp_path / "in", a=[news(1, 1), news(2, 2), news(3, 3)])
    desk.run(first)
    if forgets:
        desk.forget()
    other = source(tmp_path / "in", a=[news(1, 1), news(5, 5), news(3, 3)])
    desk.run(other)
    assert is_clean(desk, other)
    assert Counter(desk.outcomes().values()) == {"article": 4}


def test_from_the_earliest_on_all_is_recorded_again_and_the_same_bytes_are_not_written_twice(tmp_path: Path) -> None:
    desk, files = Desk(tmp_path), source(tmp_path / "in", a=[news(number, number) for number in range(7)])
    desk.run(files)
    before = desk.bytes()
    assert desk.run(files, start="earliest").read == 7
    assert desk.bytes() == before
    assert is_clean(desk, files)


def test_told_to_stop_it_ends_with_the_batch_at_hand_and_the_next_run_goes_on(tmp_path: Path) -> None:
    desk, files = Desk(tmp_path), source(tmp_path / "in", a=[news(number, number) for number in range(7)])
    where: dict[str, Any] = {"to_files": str(tmp_path / "out"), "state": tmp_path / "state"}
    run = BatchRun(Settings(files, **where), lambda progress: run.stop.set() if progress.read else None)
    assert run.go().read == 3
    assert Counter(desk.outcomes().values()) == {"article": 3}
    assert desk.run(files).read == 4
    assert is_clean(desk, files)


def test_a_second_run_at_the_same_time_is_refused_and_does_no_harm(tmp_path: Path) -> None:
    desk, files = Desk(tmp_path), source(tmp_path / "in", a=[news(number, number) for number in range(7)])
    where: dict[str, Any] = {"to_files": str(tmp_path / "out"), "state": tmp_path / "state"}
    refused: list[Exception] = []

    def start_another(_: Progress) -> None:
        with pytest.raises(AlreadyRuns) as told:
            desk.run(files)
        refused.append(told.value)

    assert BatchRun(Settings(files, **where), start_another).go().read == 7
    assert len(refused) >= 3
    assert is_clean(desk, files)


def test_the_watcher_is_told_of_what_was_refused_and_how_far_it_has_come(tmp_path: Path) -> None:
    files = source(tmp_path / "in", a=[news(1, 1), "{", news(2, 2, 1), *["{"] * 6])
    where: dict[str, Any] = {"to_files": str(tmp_path / "out"), "state": tmp_path / "state"}
    told: list[int] = []
    progress = BatchRun(Settings(files, **where), lambda one: told.append(one.read)).go()
    assert told == [3, 6, 9]
    assert [one.place and one.place[2] for one in progress.rejections] == [4, 5, 6, 7, 8]
    assert {name: count for name, (count, _) in progress.position.items()} == {"a": 9}
    assert progress.reached is not None


def test_a_ledger_that_takes_long_to_be_read_is_no_standstill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, files = Desk(tmp_path), source(tmp_path / "in", a=[news(number, number) for number in range(7)])
    desk.run(files)
    desk.forget()
    monkeypatch.setattr(begin, "GO_ON_EVERY", 2)
    where: dict[str, Any] = {"to_files": str(tmp_path / "out"), "state": tmp_path / "state"}
    told: list[int] = []
    BatchRun(Settings(files, **where), lambda one: told.append(one.read)).go()
    assert told == [0, 0, 0, 0, 3, 6, 7]


def test_a_bug_in_the_job_ends_the_run_and_writes_nothing_of_the_batch(tmp_path: Path) -> None:
    desk, files = Desk(tmp_path), source(tmp_path / "in", a=[news(number, number) for number in range(7)])
    runs: Iterator[int] = iter(range(9))

    class Buggy(PlainJob):
        def run(self, messages: list[Any]) -> list[Any]:
            if next(runs) == 1:
                raise ZeroDivisionError
            return super().run(messages)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "Job", Buggy)
        with pytest.raises(ZeroDivisionError):
            desk.run(files)
    assert Counter(desk.outcomes().values()) == {"article": 3}
    desk.run(files)
    assert is_clean(desk, files)
