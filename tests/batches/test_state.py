import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.batches import state as module
from pipelines.batches.state import Batch, StateLog, StateUnusable

MADE_WITH = {"horizon": 3}

batches = st.builds(
    Batch,
    st.lists(st.tuples(st.sampled_from(["duplicates", "events"]), st.lists(st.integers(), max_size=3)), max_size=3),
    st.dictionaries(st.sampled_from(["position", "files"]), st.integers()),
)


def batch(number: int) -> Batch:
    return Batch([("events", [number])], {"position": number})


def written(directory: Path, *added: Batch) -> StateLog:
    log = StateLog(directory, MADE_WITH)
    log.read()
    for one in added:
        log.add(one)
    log.close()
    return log


def read(directory: Path, made_with: dict[str, int] = MADE_WITH) -> list[Batch]:
    log = StateLog(directory, made_with)
    try:
        return log.read()
    finally:
        log.close()


def test_what_is_added_is_read_back_by_the_next_run_which_goes_on_behind_it(tmp_path: Path) -> None:
    assert read(tmp_path / "new") == []
    written(tmp_path / "new", batch(1), batch(2))
    written(tmp_path / "new", batch(3))
    assert read(tmp_path / "new") == [batch(1), batch(2), batch(3)]


def test_cut_at_any_byte_it_is_a_true_state(tmp_path: Path) -> None:
    added = [batch(1), batch(2), batch(3)]
    whole = written(tmp_path, *added).path.read_bytes()
    lengths = []
    for length in range(len(whole) + 1):
        (tmp_path / "state.log").write_bytes(whole[:length])
        found = read(tmp_path)
        assert found == added[: len(found)]
        lengths.append(len(found))
    assert lengths == sorted(lengths)
    assert lengths[-2:] == [2, 3]


@given(st.lists(batches, min_size=1, max_size=4), st.lists(batches, max_size=2), st.data())
def test_a_run_goes_on_behind_the_last_batch_that_is_whole(
    tmp_path_factory: pytest.TempPathFactory, added: list[Batch], more: list[Batch], data: st.DataObject
) -> None:
    directory = tmp_path_factory.mktemp("state")
    whole = written(directory, *added).path.read_bytes()
    torn = whole[: data.draw(st.integers(0, len(whole)))] + data.draw(st.sampled_from([b"", bytes(20), b"\xff" * 20]))
    (directory / "state.log").write_bytes(torn)
    found = read(directory)
    assert found == added[: len(found)]
    written(directory, *more)
    assert read(directory) == [*found, *more]


def test_a_byte_that_changed_ends_what_is_believed(tmp_path: Path) -> None:
    path = written(tmp_path, batch(1), batch(2), batch(3)).path
    data = bytearray(path.read_bytes())
    data[data.rindex(b"position") - 60] ^= 1
    path.write_bytes(data)
    assert read(tmp_path) == [batch(1), batch(2)]


@pytest.mark.parametrize("made_with", [{"horizon": 4}, {"horizon": 3, "window": 1}, {}])
def test_what_was_made_with_other_settings_is_of_no_use(tmp_path: Path, made_with: dict[str, int]) -> None:
    written(tmp_path, batch(1))
    assert read(tmp_path, made_with) == []
    assert read(tmp_path) == [], "and was begun anew"


def test_what_another_version_made_is_of_no_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, batch(1))
    monkeypatch.setattr(module, "PIPELINE_VERSION", "99")
    assert read(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"no log", bytes(100), b"\xff" * 100, pickle.dumps("no frame")], ids=len)
def test_what_is_no_log_is_of_no_use_and_no_hindrance(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state.log").write_bytes(content)
    written(tmp_path, batch(1))
    assert read(tmp_path) == [batch(1)]


def test_forgotten_it_begins_anew(tmp_path: Path) -> None:
    written(tmp_path, batch(1))
    log = StateLog(tmp_path, MADE_WITH)
    log.forget()
    log.add(batch(2))
    log.close()
    assert read(tmp_path) == [batch(2)]


def test_a_run_may_read_it_twice(tmp_path: Path) -> None:
    written(tmp_path, batch(1))
    log = StateLog(tmp_path, MADE_WITH)
    log.read()
    log.add(batch(2))
    assert log.read() == [batch(1), batch(2)]
    log.add(batch(3))
    log.close()
    assert read(tmp_path) == [batch(1), batch(2), batch(3)]


def test_written_anew_it_holds_what_is_still_needed_and_goes_on(tmp_path: Path) -> None:
    log = StateLog(tmp_path, MADE_WITH)
    log.read()
    for number in range(9):
        log.add(batch(number))
    log.rewrite(batch(99))
    log.add(batch(100))
    log.close()
    assert read(tmp_path) == [batch(99), batch(100)]
    assert os.listdir(tmp_path) == ["state.log"]


def test_written_anew_it_is_written_in_parts_which_are_a_state_only_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WRITTEN_TOGETHER", 2)
    log = StateLog(tmp_path, MADE_WITH)
    log.read()
    log.rewrite(Batch([("events", [1, 2, 3]), ("trends", [4])], {"position": 1}))
    log.add(batch(2))
    log.close()
    written = Batch([("events", [1, 2]), ("events", [3]), ("trends", [4])], {"position": 1})
    assert read(tmp_path) == [written, batch(2)]
    whole = log.path.read_bytes()
    for length in range(len(whole)):
        log.path.write_bytes(whole[:length])
        assert read(tmp_path) in ([], [written])


def test_a_crash_while_it_is_written_anew_leaves_it_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = StateLog(tmp_path, MADE_WITH)
    log.read()
    log.add(batch(1))

    def die(_: int) -> None:
        raise OSError("full")

    with monkeypatch.context() as crash:
        crash.setattr("os.fsync", die)
        with pytest.raises(StateUnusable, match="full"):
            log.rewrite(batch(99))
    log.add(batch(2))
    log.close()
    assert read(tmp_path) == [batch(1), batch(2)]


def test_a_full_disk_is_said_and_costs_a_batch(tmp_path: Path) -> None:
    log = StateLog(tmp_path, MADE_WITH)
    log.read()
    log.add(batch(1))
    assert log._file is not None
    log._file.close()
    log._file = Path("/dev/full").open("ab")  # noqa: SIM115 - the log closes it
    with pytest.raises(StateUnusable, match=r"cannot be kept in .*: No space left .* --state"):
        log.add(batch(2))
    log.close()
    assert read(tmp_path) == [batch(1)]


def test_a_place_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(StateUnusable, match=r"cannot be kept in .*home"):
        read(tmp_path / "home")


def test_it_is_long_when_it_has_doubled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REWRITE_AT_LEAST", 500)
    log = StateLog(tmp_path, MADE_WITH)
    log.read()
    while not log.is_long:
        log.add(batch(1))
    assert log.path.stat().st_size > 500
    large = Batch([("events", list(range(1000)))], {})
    log.rewrite(large)
    size = log.path.stat().st_size
    assert not log.is_long
    while not log.is_long:
        log.add(batch(1))
    assert log.path.stat().st_size > 2 * size
    log.close()
    again = StateLog(tmp_path, MADE_WITH)
    again.read()
    assert again.is_long, "however often it was opened since"
    again.rewrite(large)
    assert not again.is_long
    again.close()


def test_nobody_else_reads_what_is_remembered(tmp_path: Path) -> None:
    written(tmp_path / "new", batch(1))
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
