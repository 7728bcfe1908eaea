"""The page follows what a run writes: nothing twice, nothing lost, and open pages hear of it."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree

import pytest

from connectors.files.folder import Folder
from connectors.message import Delivery
from pipelines.batches.outputs import avro_files
from pipelines.page.follower import Follower
from pipelines.page.sources import Batch, FolderSource, SourceReplaced
from pipelines.page.store import Place, Positions, Store
from schemas.codec import encode
from schemas.errors import CannotRead
from tests.page.conftest import NOON, Fields, article, event, stored, story, story_article

MOMENT = int(NOON.timestamp() * 1000)


def written(directory: Path, record: str, *rows: Fields) -> None:
    """Add records to a folder as a run does: one commit."""
    folder = Folder(directory, avro_files()).open()
    folder.add(
        Delivery(record, stored(record, one).key, encode(record, one), MOMENT, stored(record, one).version)
        for one in rows
    )
    folder.close()


@pytest.fixture
def follower(tmp_path: Path) -> Iterator[Follower]:
    store = Store(tmp_path / "state" / "page.duckdb")
    yield Follower(store, lambda positions: FolderSource(tmp_path / "out", dict(positions)))
    store.close()


def look(follower: Follower) -> None:
    follower.look(follower.open_source(follower.store.positions()))


def ids(follower: Follower, table: str, name: str) -> list[str]:
    return [row[name] for row in follower.store.ask(f"SELECT {name} FROM {table} ORDER BY {name}")]


def test_reads_what_is_there_and_then_only_what_is_new(follower: Follower, tmp_path: Path) -> None:
    written(tmp_path / "out", "event", event("e1"), event("e2"))
    look(follower)
    assert ids(follower, "events", "event_id") == ["e1", "e2"]
    seen = follower.store.seq
    look(follower)
    assert follower.store.seq == seen
    written(tmp_path / "out", "event", event("e3"), event("e1", version=2, type="AID"))
    look(follower)
    assert ids(follower, "events", "event_id") == ["e1", "e2", "e3"]
    assert follower.store.ask("SELECT type FROM events WHERE event_id = 'e1'") == [{"type": "AID"}]


def test_of_a_file_that_grew_only_the_new_blocks_are_read(follower: Follower, tmp_path: Path) -> None:
    source = FolderSource(tmp_path / "out")
    written(tmp_path / "out", "event", event("e1"))
    assert [len(batch.stored) for batch in source.read()] == [1]
    written(tmp_path / "out", "event", event("e2"))
    assert [[one.key for one in batch.stored] for batch in source.read()] == [[b"e2"]]
    assert list(source.read()) == []


def test_what_is_not_committed_is_not_read(follower: Follower, tmp_path: Path) -> None:
    written(tmp_path / "out", "event", event("e1"))
    [file] = (tmp_path / "out").glob("event/*/*/*.avro")
    with file.open("ab") as torn:
        torn.write(b"half a block")
    look(follower)
    assert ids(follower, "events", "event_id") == ["e1"]


def test_a_manifest_that_was_written_anew_and_short_is_gone_on_with(follower: Follower, tmp_path: Path) -> None:
    source = FolderSource(tmp_path / "out")
    written(tmp_path / "out", "event", event("e1"))
    written(tmp_path / "out", "event", event("e2"))
    assert sum(len(batch.stored) for batch in source.read()) == 2
    folder = Folder(tmp_path / "out", avro_files()).open()
    folder.manifest.rewrite()
    folder.close()
    written(tmp_path / "out", "event", event("e3"))
    again = FolderSource(tmp_path / "out", dict(source.positions))
    assert [[one.key for one in batch.stored] for batch in source.read()] == [[b"e3"]]
    assert [[one.key for one in batch.stored] for batch in again.read()] == [[b"e3"]]


def test_a_folder_that_vanishes_is_told_and_read_on_where_it_comes_back(
    follower: Follower, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source = FolderSource(tmp_path / "out")
    written(tmp_path / "out", "event", event("e1"))
    follower.look(source)
    assert not follower.is_missing
    (tmp_path / "out").rename(tmp_path / "away")
    follower.look(source)
    assert follower.is_missing
    assert "is not there any more" in caplog.text
    assert ids(follower, "events", "event_id") == ["e1"]
    (tmp_path / "away").rename(tmp_path / "out")
    written(tmp_path / "out", "event", event("e2"))
    follower.look(source)
    assert not follower.is_missing
    assert ids(follower, "events", "event_id") == ["e1", "e2"]


@pytest.mark.parametrize("is_open", [True, False])
def test_a_folder_made_anew_under_other_names_is_read_anew(follower: Follower, tmp_path: Path, is_open: bool) -> None:
    source = FolderSource(tmp_path / "out")
    written(tmp_path / "out", "event", event("e1"))
    follower.look(source)
    rmtree(tmp_path / "out")
    written(tmp_path / "out", "article", article("a1", "خبر"))
    after = source if is_open else FolderSource(tmp_path / "out", follower.store.positions())
    with pytest.raises(SourceReplaced, match="made anew"):
        follower.look(after)


def test_days_that_were_deleted_from_a_folder_stay_on_the_page(follower: Follower, tmp_path: Path) -> None:
    written(tmp_path / "out", "event", event("e1"))
    look(follower)
    [file] = (tmp_path / "out").glob("event/*/*/*.avro")
    file.unlink()
    written(tmp_path / "out", "story", story("s1", [story_article("a1", "masdar", 0)]))
    look(follower)
    assert ids(follower, "events", "event_id") == ["e1"]
    assert ids(follower, "stories", "story_id") == ["s1"]


@pytest.mark.parametrize(("before", "after"), [(50, 1), (1, 50)])
def test_a_folder_made_anew_is_read_anew(follower: Follower, tmp_path: Path, before: int, after: int) -> None:
    written(tmp_path / "out", "event", *(event(f"e{number:02}") for number in range(before)))
    look(follower)
    rmtree(tmp_path / "out")
    others = [event(f"other{number:02}") for number in range(after)]
    written(tmp_path / "out", "event", *others)
    follower.start()
    wait_until(lambda: follower.failure or "other00" in ids(follower, "events", "event_id"))
    follower.close()
    assert follower.failure is None
    assert ids(follower, "events", "event_id") == [one["event_id"] for one in others]


def test_a_file_that_is_damaged_is_told(follower: Follower, tmp_path: Path) -> None:
    written(tmp_path / "out", "event", event("e1"))
    look(follower)
    written(tmp_path / "out", "event", event("e2"))
    [file] = (tmp_path / "out").glob("event/*/*/*.avro")
    file.write_bytes(b"nothing" * file.stat().st_size)
    follower.start()
    wait_until(lambda: follower.failure is not None)
    follower.close()
    assert isinstance(follower.failure, CannotRead)
    assert str(file) in str(follower.failure)


def test_the_thread_brings_in_what_a_run_writes(follower: Follower, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    follower.start()
    written(tmp_path / "out", "story", story("s1", [story_article("a1", "masdar", 0)]))
    wait_until(lambda: ids(follower, "stories", "story_id") == ["s1"])
    follower.close()


def wait_until(is_so: Callable[[], object]) -> None:
    ends = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_a_bug_in_the_thread_is_handed_to_whoever_serves(follower: Follower) -> None:
    told = []

    def broken(_: Positions) -> FolderSource:
        raise ZeroDivisionError

    follower.open_source, follower.on_failure = broken, lambda: told.append(True)
    follower.start()
    follower.close()
    assert told == [True]
    assert isinstance(follower.failure, ZeroDivisionError)


def test_open_pages_hear_of_every_change_and_end_with_the_page(follower: Follower) -> None:
    class Once:
        lag = None
        is_missing = False

        def read(self) -> Iterator[Batch]:
            yield Batch([stored("event", event("e1"))], {place: 1}, ["topic/0@7: what is this"])

        def close(self) -> None:
            pass

    place = Place("event/file.avro", "", 0)

    async def hear() -> list[int | None]:
        heard = []
        async for seq in follower.changes():
            heard.append(seq)
            if len(heard) == 1:
                await asyncio.to_thread(follower.look, Once())
            elif len(heard) == 2:
                follower.stop.set()
        return heard

    assert asyncio.run(hear()) == [0, 1]
    assert follower.problems == 1
