import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fastavro import reader
from hypothesis import given
from hypothesis import strategies as st

from connectors.files import folder as module
from connectors.files.durable import append_durably
from connectors.files.folder import Folder, FolderUnusable
from connectors.files.layout import FileFormat
from connectors.files.manifest import NAME, FolderDamaged, Manifest
from connectors.message import Delivery
from pipelines.batches.outputs import avro_files
from schemas.codec import decode, encode
from schemas.plain_json import conform

HOUR = 3_600_000
TEN = 1_773_136_800_000  # 2026-03-10T10:00Z
AT_TEN = "event/date=2026-03-10/hour=10/event-2026-03-10T10.txt"
AT_ELEVEN = "event/date=2026-03-10/hour=11/event-2026-03-10T11.txt"
UNDATED = "event/date=undated/hour=00/event-undated.txt"
LINES = "ledger/date=undated/hour=00/ledger-undated.txt"


class Killed(BaseException):
    """The process ends here, and nothing of it runs any more."""


def lines_after_header(path: Path, record: str) -> Iterator[bytes]:
    _, *values = path.read_bytes().splitlines()
    yield from values


def text_files(version: str = "1") -> FileFormat:
    """Return a format of lines: easier to read than Avro, and with a schema that can change."""
    return FileFormat(
        ".txt",
        lambda record: f"# {record} {version}\n".encode(),
        lambda record, values: b"".join(value + b"\n" for value in values),
        lines_after_header,
        lambda path: path.read_bytes().rfind(b"\n") + 1,
    )


@contextmanager
def opened(directory: Path, form: FileFormat | None = None) -> Iterator[Folder]:
    folder = Folder(directory, form or text_files()).open()
    try:
        yield folder
    finally:
        folder.close()


def add(directory: Path, *batches: Sequence[Delivery], form: FileFormat | None = None) -> None:
    with opened(directory, form) as folder:
        for batch in batches:
            folder.add(batch)


def event(key: str, value: str, at: int | None = TEN, version: int = 0, line: str | None = None) -> Delivery:
    told = None if line is None else Delivery("ledger", line.encode(), line.encode(), None)
    return Delivery("event", key.encode(), value.encode(), at, version, told)


def records(directory: Path) -> dict[str, bytes]:
    paths = [path for path in directory.rglob("*") if path.is_file()]
    named = {path.relative_to(directory).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in named.items() if not name.startswith("_")}


def written(directory: Path) -> dict[str, bytes]:
    return {**records(directory), NAME: (directory / NAME).read_bytes()}


def commits(directory: Path) -> list[str]:
    return [json.loads(line)["commit"] for line in (directory / NAME).read_bytes().splitlines()]


def is_true(directory: Path) -> bool:
    """Say whether the manifest's last word on every file is so."""
    entries: dict[str, Any] = {}
    for line in (directory / NAME).read_bytes().splitlines():
        entries |= {one["file"]: one for one in json.loads(line)["files"]}
    told = {name: (one["records"], one["bytes"], one["sha256"]) for name, one in entries.items()}
    there = {
        name: (content.count(b"\n") - 1, len(content), hashlib.sha256(content).hexdigest())
        for name, content in records(directory).items()
    }
    return told == there


BATCH = [
    event("b", "b1", TEN + 5),
    event("a", "a2", TEN + 9, version=2),
    event("a", "a1", TEN + 7, version=1),
    event("a", "a3", TEN + HOUR, version=3),
    event("c", "c1", None, line="line"),
]


def test_one_file_a_record_and_hour_holds_the_newest_version_of_each_key_in_their_order(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    assert records(tmp_path) == {
        AT_TEN: b"# event 1\na2\nb1\n",
        AT_ELEVEN: b"# event 1\na3\n",
        UNDATED: b"# event 1\nc1\n",
        LINES: b"# ledger 1\nline\n",
    }
    assert is_true(tmp_path)


def test_the_same_batch_in_another_order_gives_the_same_names_and_bytes(tmp_path: Path) -> None:
    shuffled = list(BATCH)
    Random(7).shuffle(shuffled)
    add(tmp_path / "one", BATCH)
    add(tmp_path / "two", shuffled)
    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_a_batch_written_again_changes_nothing(tmp_path: Path) -> None:
    add(tmp_path, BATCH, BATCH)
    before = written(tmp_path)
    add(tmp_path, BATCH)
    assert written(tmp_path) == before


def test_other_runs_add_to_the_hours_they_share_and_lose_nothing(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    add(tmp_path, [event("d", "d1", line="another line"), event("b", "b1", TEN + 5)])
    assert records(tmp_path) == {
        AT_TEN: b"# event 1\na2\nb1\nd1\n",
        AT_ELEVEN: b"# event 1\na3\n",
        UNDATED: b"# event 1\nc1\n",
        LINES: b"# ledger 1\nline\nanother line\n",
    }
    assert is_true(tmp_path)


def test_a_file_that_is_no_longer_held_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FILES_HELD", 1)
    add(tmp_path, BATCH, BATCH, [event("d", "d1")], BATCH)
    assert records(tmp_path)[AT_TEN] == b"# event 1\na2\nb1\nd1\n"
    assert is_true(tmp_path)


def test_a_file_begun_with_another_schema_gets_a_second_part(tmp_path: Path) -> None:
    second = AT_TEN.replace("T10.txt", "T10-2.txt")
    add(tmp_path, [event("a", "old")])
    add(tmp_path, [event("a", "new")], [event("b", "new too")], form=text_files("2"))
    add(tmp_path, [event("a", "new"), event("c", "newest")], form=text_files("2"))
    assert records(tmp_path) == {AT_TEN: b"# event 1\nold\n", second: b"# event 2\nnew\nnew too\nnewest\n"}
    add(tmp_path, [event("d", "old again")])
    assert records(tmp_path)[AT_TEN] == b"# event 1\nold\nold again\n"
    assert is_true(tmp_path)


def test_lines_are_added_when_the_records_are_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    durable: list[str] = []

    def note(path: Path, at: int, added: bytes) -> None:
        append_durably(path, at, added)
        durable.append(path.name)

    monkeypatch.setattr(module, "append_durably", note)
    add(tmp_path, BATCH)
    assert len(durable) == 4
    assert durable[-1] == "ledger-undated.txt"


# What a crash leaves behind.

MADE = st.tuples(
    st.sampled_from(["event", "article", "ledger"]), st.integers(0, 2), st.integers(0, 30), st.integers(0, 9)
)
BATCHES = st.lists(st.lists(MADE, min_size=1, max_size=6), min_size=1, max_size=4)


def make(batch: Sequence[tuple[str, int, int, int]]) -> list[Delivery]:
    return [
        Delivery(record, f"{key}".encode(), f"{key}:{word}".encode(), TEN + hour * HOUR, word)
        for record, hour, key, word in batch
    ]


@dataclass
class Disk:
    """Knows what is durable; at the call of fsync numbered `dies_at` the process ends, and nothing comes after."""

    dies_at: int
    calls: int = 0
    durable: dict[int, int] = field(default_factory=dict)

    def fsync(self, number: int) -> None:
        self.calls += 1
        if self.calls > self.dies_at:
            raise Killed
        about = os.fstat(number)
        self.durable[about.st_ino] = about.st_size

    def lose_power(self, directory: Path, random: Random) -> None:
        """Take back some of what was written and is not durable."""
        for path in [*directory.glob("*/*/*/*"), directory / NAME]:
            about = path.stat()
            least = self.durable.get(about.st_ino, -1)
            length = random.randint(least, about.st_size)
            if length < 0:
                path.unlink()
            else:
                os.truncate(path, length)


@given(BATCHES, st.integers(0, 40), st.booleans(), st.randoms(use_true_random=False))
def test_a_batch_is_whole_or_not_at_all_wherever_a_run_is_killed(
    tmp_path_factory: pytest.TempPathFactory, batches: list[Any], dies_at: int, power: bool, random: Random
) -> None:
    whole, broken = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("broken")
    states, done = [dict[str, bytes]()], 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _: None)
        patch.setattr(module, "WRITERS", 1)
        with opened(whole) as folder:
            for batch in batches:
                folder.add(make(batch))
                states.append(records(whole))
        folder = Folder(broken, text_files()).open()
        disk = Disk(dies_at)
        patch.setattr("os.fsync", disk.fsync)
        with suppress(Killed):
            for batch in batches:
                folder.add(make(batch))
                done += 1
        folder.close()
    if power:
        disk.lose_power(broken, random)
    with opened(broken) as folder:
        assert records(broken) in states[done : done + 2]
        for batch in batches[done:]:
            folder.add(make(batch))
    assert records(broken) == records(whole)
    assert is_true(broken)


def test_lines_of_a_new_hour_do_not_outlive_the_records_of_an_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, [event("a", "a1")])
    before = records(tmp_path)
    folder = Folder(tmp_path, text_files()).open()
    commit = folder.manifest.commit

    def die(changed: Any) -> None:
        if any(entry.bytes for entry in changed.values()):
            raise Killed
        commit(changed)

    monkeypatch.setattr(folder.manifest, "commit", die)
    with pytest.raises(Killed):
        folder.add([event("b", "b1", line="of b")])
    folder.close()
    add(tmp_path)
    assert records(tmp_path) == before


def test_what_an_append_left_unfinished_is_cut_off(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    before = written(tmp_path)
    with (tmp_path / AT_TEN).open("ab") as file:
        file.write(b"c1\nhalf")
    with (tmp_path / NAME).open("ab") as file:
        file.write(b'{"commit": "half')
    left = tmp_path / AT_TEN.replace("event-", ".event-").replace(".txt", ".txt.writing")
    left.write_bytes(b"of no use")
    add(tmp_path)
    assert records(tmp_path) == {name: one for name, one in before.items() if name != NAME}
    assert is_true(tmp_path)


def test_a_file_in_no_manifest_is_taken_in_as_far_as_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / AT_TEN).parent.mkdir(parents=True)
    (tmp_path / AT_TEN).write_bytes(b"# event 1\na1\nb1\nhal")
    add(tmp_path, [event("a", "a1"), event("c", "c1")])
    assert records(tmp_path) == {AT_TEN: b"# event 1\na1\nb1\nc1\n"}
    assert is_true(tmp_path)


def test_a_file_in_no_manifest_that_holds_nothing_whole_is_not_ours_to_delete(tmp_path: Path) -> None:
    (tmp_path / AT_TEN).parent.mkdir(parents=True)
    (tmp_path / AT_TEN).write_bytes(b"somebody's")
    with pytest.raises(FolderDamaged, match=r"T10\.txt is in no manifest"):
        add(tmp_path)
    assert (tmp_path / AT_TEN).read_bytes() == b"somebody's"


def test_a_file_that_is_put_there_while_a_run_writes_is_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as folder:
        (tmp_path / AT_TEN).parent.mkdir(parents=True)
        (tmp_path / AT_TEN).write_bytes(b"# event 1\nfrom elsewhere\n")
        folder.add([event("a", "a1")])
    add(tmp_path)
    assert records(tmp_path) == {
        AT_TEN: b"# event 1\nfrom elsewhere\n",
        AT_TEN.replace("T10.txt", "T10-2.txt"): b"# event 1\na1\n",
    }
    assert is_true(tmp_path)


def test_a_file_that_lost_its_end_is_damage(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    os.truncate(tmp_path / AT_TEN, 5)
    with pytest.raises(FolderDamaged, match=r"T10\.txt has 5 bytes, and the manifest says 16"):
        add(tmp_path)


def test_nothing_is_added_to_a_file_that_is_not_what_was_written(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    (tmp_path / AT_TEN).write_bytes(b"# event 1\na2\nbX\n")
    with pytest.raises(FolderDamaged, match=r"T10\.txt is not what the manifest says"):
        add(tmp_path, [event("d", "d1")])


def test_without_a_file_that_was_deleted_a_run_goes_on(tmp_path: Path) -> None:
    add(tmp_path, BATCH)
    (tmp_path / AT_TEN).unlink()
    add(tmp_path, [event("d", "d1")])
    assert records(tmp_path)[AT_TEN] == b"# event 1\nd1\n"
    assert is_true(tmp_path)


# What can go wrong while it is written.


def test_a_full_disk_is_said_and_when_there_is_room_again_nothing_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole"
    add(whole, [event("a", "a1")], BATCH)
    for calls in range(20):
        directory = tmp_path / f"full{calls}"
        with opened(directory) as folder:
            folder.add([event("a", "a1")])
            with monkeypatch.context() as full:
                full_after(calls, full)
                try:
                    folder.add(BATCH)
                except FolderUnusable as error:
                    assert "No space left" in str(error)  # noqa: PT017 - it fits, when enough calls get through
                else:
                    break
            folder.add(BATCH)
        assert records(directory) == records(whole)
        assert is_true(directory)
        add(directory)
        assert records(directory) == records(whole), "and it is all committed"
    assert 5 < calls < 19


def full_after(calls: int, patch: pytest.MonkeyPatch) -> None:
    """Have the disk full after so many files were made durable; half of what is written then is on it all the same."""
    left = iter(range(calls))
    fsync = os.fsync

    def fill(number: int) -> None:
        if next(left, None) is None:
            about = os.fstat(number)
            if stat.S_ISREG(about.st_mode):
                os.truncate(number, max(0, about.st_size - 3))
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(number)

    patch.setattr("os.fsync", fill)


def test_a_disk_that_is_full_from_the_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full_after(0, monkeypatch)
    with pytest.raises(FolderUnusable, match=r"cannot be written to .*: No space left"):
        Folder(tmp_path, text_files()).open()


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(FolderUnusable, match=r"cannot be written to .*out"):
        Folder(tmp_path / "out", text_files()).open()


def test_a_second_run_is_refused_as_long_as_the_first_writes(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(FolderUnusable, match="Another run is writing"):
        Folder(tmp_path, text_files()).open()
    add(tmp_path, BATCH)


def test_a_long_manifest_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.files.manifest.REWRITE_AT_LEAST", 2000)
    with opened(tmp_path) as folder:
        for number in range(60):
            folder.add([event(f"{number:03}", str(number))])
            assert (tmp_path / NAME).stat().st_size < 9_000
        last = folder.manifest.last
    assert is_true(tmp_path)
    assert last in commits(tmp_path)


# The format that is used.


def test_at_every_commit_the_files_are_avro_that_anybody_reads(tmp_path: Path) -> None:
    values = [encode("raw_article", conform("raw_article", {"source": "s", "title": f"الخبر {n}"})) for n in range(60)]
    with opened(tmp_path, avro_files()) as folder:
        for first in range(0, 60, 20):
            some = values[first : first + 20]
            folder.add([Delivery("raw_article", value[-9:], value, TEN) for value in some])
            path = tmp_path / "raw_article/date=2026-03-10/hour=10/raw_article-2026-03-10T10.avro"
            rows: list[Any] = list(reader(BytesIO(path.read_bytes())))
            titles = sorted(decode(value).fields["title"] for value in values[: first + 20])
            assert sorted(row["title"] for row in rows) == titles
    Folder(tmp_path, avro_files()).open().close()
    entry = Manifest.read(tmp_path).entries[path.relative_to(tmp_path).as_posix()]
    assert (entry.records, entry.bytes) == (60, path.stat().st_size)
