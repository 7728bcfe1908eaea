from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files.lines import NamedFile
from connectors.kafka.log_reader import Expired
from connectors.message import Message
from pipelines.batches import sources as module
from pipelines.batches.sources import FileBatches, TopicBatches, identify
from pipelines.core.article import Origin
from pipelines.core.ledger import Done, done_with
from pipelines.options import FileSource

Position = dict[str, tuple[int, str]]


def source(directory: Path, **files: list[str]) -> FileSource:
    """Write files of these lines."""
    directory.mkdir(exist_ok=True)
    for name, lines in files.items():
        (directory / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return FileSource(tuple(NamedFile(str(directory / name), name) for name in sorted(files)))


def read_all(batches: FileBatches) -> list[str]:
    found: list[str] = []
    while some := batches.read(0):
        found += [f"{one.topic}@{one.offset} {one.value.decode()}" for one in some]
    assert batches.is_at_end
    return found


def read_from(before: Position, files: FileSource) -> tuple[list[str], int]:
    """Return what is read, and how many files were met anew."""
    met: list[None] = []
    return read_all(FileBatches(files, before, meet=lambda: met.append(None))), len(met)


def position_of(files: FileSource) -> Position:
    batches = FileBatches(files)
    read_all(batches)
    return batches.position


def test_files_are_read_one_after_the_other_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_MESSAGES", 4)
    batches = FileBatches(source(tmp_path, a=["1", "2", "3"], b=["4"]), slower=2)
    assert [[one.value for one in batches.read(0)] for _ in range(2)] == [[b"1", b"2"], [b"3", b"4"]]
    assert batches.is_at_end
    assert batches.read(0) == []


def test_a_batch_ends_once_it_has_so_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 4)
    batches = FileBatches(source(tmp_path, a=["123", "456", "7"]))
    assert [len(batches.read(0)) for _ in range(2)] == [2, 1]


def test_no_file_and_no_line_is_the_end_at_once(tmp_path: Path) -> None:
    assert FileBatches(source(tmp_path)).is_at_end
    assert FileBatches(source(tmp_path, a=[])).is_at_end


@given(st.lists(st.lists(st.sampled_from("xyz"), max_size=4), max_size=3), st.integers(1, 5), st.integers(0, 6))
def test_stopped_after_any_batch_the_next_run_reads_the_rest_and_only_that(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]], most: int, stop: int
) -> None:
    files = source(tmp_path_factory.mktemp("files"), **{f"f{number}": some for number, some in enumerate(lines)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_MESSAGES", most)
        first = FileBatches(files)
        before = [one for _ in range(stop) for one in first.read(0)]
        again = FileBatches(files, first.position)
        after = [one for _ in range(20) for one in again.read(0)]
    assert before + after == FileBatches(files).read(0)
    assert {name: count for name, (count, _) in again.position.items()} == {
        f"f{number}": len(some) for number, some in enumerate(lines) if some
    }


def test_what_was_read_to_its_end_is_not_read_again(tmp_path: Path) -> None:
    files = source(tmp_path, a=["1", "2"], b=["3"])
    assert read_from(position_of(files), files) == ([], 0)


def test_a_file_that_has_grown_is_read_from_where_it_ended(tmp_path: Path) -> None:
    before = position_of(source(tmp_path, a=["1", "2"], b=["3"]))
    grown = source(tmp_path, a=["1", "2", "4"], b=["3"])
    assert read_from(before, grown) == (["a@2 4"], 0)


@pytest.mark.parametrize("lines", [["1", "3"], ["0", "2"], ["0", "2", "5"], ["1"], ["2", "1"], ["2"], ["0", "1", "2"]])
def test_another_file_under_the_name_is_read_from_its_beginning(tmp_path: Path, lines: list[str]) -> None:
    before = position_of(source(tmp_path, a=["1", "2"], b=["3"]))
    other = source(tmp_path, a=lines, b=["3"])
    assert read_from(before, other) == ([f"a@{offset} {line}" for offset, line in enumerate(lines)], 1)
    batches = FileBatches(other, before)
    read_all(batches)
    assert read_from(batches.position, other) == ([], 0), "and is known from then on"


def test_a_new_file_is_met_before_its_first_message_is_handed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_MESSAGES", 1)
    met: list[int] = []
    batches = FileBatches(source(tmp_path, a=["1"], b=["2"]), meet=lambda: met.append(1))
    assert met == [1]
    batches.read(0)
    assert met == [1, 1]


def test_what_is_known_of_other_files_is_kept(tmp_path: Path) -> None:
    batches = FileBatches(source(tmp_path, a=["1"]), {"other": (5, "hash")})
    read_all(batches)
    assert batches.position["other"] == (5, "hash")


def test_equal_lines_have_equal_ids_and_others_have_others() -> None:
    def line(value: bytes) -> str:
        return identify(Message(value, "f", 0, 0)).origin_id

    assert line(b"1") == line(b"1") != line(b"2")
    assert len(line(b"1")) == 16


# Topics.


class Reader:
    """A reader of a log, as far as batches look at it."""

    topic, topic_id = "t", "id"

    def __init__(self, positions: dict[int, int], ends: dict[int, int] | None, expired: list[Expired]) -> None:
        self.positions, self.ends, self.expired = positions, ends, expired


def topic(
    positions: dict[int, int], ends: dict[int, int] | None, *expired: Expired, done: tuple[Done, ...] = (Done(),)
) -> TopicBatches:
    make: Callable[..., Any] = Reader
    return TopicBatches(make(positions, ends, list(expired)), done)


def test_how_much_there_is_to_read_is_known_where_it_ends() -> None:
    assert topic({0: 3, 1: 9}, {0: 10, 1: 5}).total == 7
    assert topic({0: 3}, None).total is None


def test_a_position_is_that_of_the_topic_by_its_id() -> None:
    batches = topic({0: 3}, None)
    position = batches.position
    assert position == {"id": {0: 3}}
    batches.reader.positions[0] = 4
    assert position == {"id": {0: 3}}


def test_what_expired_counts_but_for_what_has_its_line() -> None:
    done = done_with(Origin("t", 0, offset, "id") for offset in (2, 3, 8))
    gone = (Expired(0, 0, 5), Expired(0, 7, 9))
    assert topic({0: 9}, None, *gone, done=(done,)).expired == 3 + 1
    assert topic({0: 9}, None, *gone, done=(done, Done())).expired == 5 + 2, "done is what has its line everywhere"
    assert topic({0: 9}, None, done=(done,)).expired == 0


@pytest.mark.parametrize(("positions", "is_behind"), [({0: 3, 1: 9}, True), ({0: 4, 1: 0}, False), ({1: 0}, False)])
def test_a_topic_is_behind_until_all_is_read_that_has_its_line(positions: dict[int, int], is_behind: bool) -> None:
    for topic_id in ("id", ""):
        done = done_with([Origin("t", 0, 3, topic_id), Origin("t", 1, 7, "other"), Origin("other", 1, 7, "id")])
        assert topic(positions, None, done=(Done(), done)).is_behind == is_behind
    assert not topic(positions, None).is_behind


def test_files_are_behind_until_all_is_read_where_anything_has_its_line(tmp_path: Path) -> None:
    files = source(tmp_path, a=["1"])
    batches = FileBatches(files, {}, (Done(), done_with([Origin("a", 0, 0, "id")])))
    assert batches.is_behind
    assert not FileBatches(files, {}, (Done(),)).is_behind
    batches.read(0)
    assert not batches.is_behind
