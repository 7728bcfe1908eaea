import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files import manifest as module
from connectors.files.manifest import NAME, Entry, FolderDamaged, Manifest

FILES = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 99), min_size=1)


def entries(files: dict[str, int]) -> dict[str, Entry]:
    return {name: Entry(name, size, size, f"{size:064x}") for name, size in files.items()}


def commit(directory: Path, *commits: dict[str, int]) -> Manifest:
    manifest = Manifest.read(directory)
    for files in commits:
        manifest.commit(entries(files))
    return manifest


def touch(directory: Path, *names: str) -> None:
    for name in names:
        (directory / name).touch()


def test_the_last_line_that_names_a_file_is_true_of_it(tmp_path: Path) -> None:
    commit(tmp_path, {"a": 1, "b": 1}, {"a": 2})
    assert Manifest.read(tmp_path).entries == entries({"a": 2, "b": 1})


def test_the_same_commits_have_the_same_names_and_no_others_have(tmp_path: Path) -> None:
    for name in ("one", "two", "three", "four"):
        (tmp_path / name).mkdir()
    one = commit(tmp_path / "one", {"a": 1, "b": 1}, {"a": 2})
    two = commit(tmp_path / "two", {"b": 1, "a": 1}, {"a": 2})
    assert one.commits == two.commits
    assert commit(tmp_path / "three", {"a": 2}).last not in one.commits
    assert commit(tmp_path / "four", {"a": 1, "b": 2}, {"a": 2}).last != one.last


def test_reading_changes_nothing(tmp_path: Path) -> None:
    commit(tmp_path, {"a": 1})
    with (tmp_path / NAME).open("ab") as file:
        file.write(b'{"commit": "as it is being writ')
    before = (tmp_path / NAME).read_bytes()
    assert Manifest.read(tmp_path).entries == entries({"a": 1})
    assert (tmp_path / NAME).read_bytes() == before


@given(st.lists(FILES, min_size=1, max_size=4), st.data())
def test_cut_anywhere_it_holds_the_commits_that_are_whole_and_goes_on(
    tmp_path_factory: pytest.TempPathFactory, commits: list[dict[str, int]], data: st.DataObject
) -> None:
    directory = tmp_path_factory.mktemp("cut")
    names = commit(directory, *commits).commits
    whole = (directory / NAME).read_bytes()
    length = data.draw(st.integers(0, len(whole)))
    os.truncate(directory / NAME, length)
    manifest = Manifest.read(directory)
    done = whole[:length].count(b"\n")
    assert manifest.commits == names[:done]
    for files in commits[done:]:
        manifest.commit(entries(files))
    assert (directory / NAME).read_bytes() == whole


def test_a_commit_that_failed_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = commit(tmp_path, {"a": 1})
    before = (manifest.commits[:], dict(manifest.entries))

    def fill(number: int) -> None:
        os.truncate(number, os.fstat(number).st_size - 9)
        raise OSError("full")

    with monkeypatch.context() as full:
        full.setattr("os.fsync", fill)
        with pytest.raises(OSError, match="full"):
            manifest.commit(entries({"b": 1}))
    assert (manifest.commits, manifest.entries) == before
    manifest.commit(entries({"c": 1}))
    assert Manifest.read(tmp_path) == manifest


def test_a_line_that_says_nothing_is_damage(tmp_path: Path) -> None:
    commit(tmp_path, {"a": 1})
    with (tmp_path / NAME).open("ab") as file:
        file.write(bytes(9) + b"\n")
    with pytest.raises(FolderDamaged, match=rf"{NAME} is damaged at byte \d+"):
        Manifest.read(tmp_path)


def test_written_anew_it_says_the_same_in_short_and_its_commits_are_still_known(tmp_path: Path) -> None:
    touch(tmp_path, "a", "b", "c")
    manifest = commit(tmp_path, {"a": 1, "b": 1}, {"c": 1}, {"a": 2})
    names = manifest.commits[:]
    manifest.rewrite()
    again = Manifest.read(tmp_path)
    assert (again.commits, again.entries) == (names, entries({"a": 2, "b": 1, "c": 1}))
    assert [len(json.loads(line)["files"]) for line in (tmp_path / NAME).read_bytes().splitlines()] == [0, 0, 3]
    again.commit(entries({"b": 3}))
    manifest.commit(entries({"b": 3}))
    assert again.last == manifest.last


@given(st.lists(FILES, min_size=1, max_size=5), st.data())
def test_it_knows_which_files_have_changed_since_a_commit_and_names_no_fewer_when_it_was_written_anew(
    tmp_path_factory: pytest.TempPathFactory, commits: list[dict[str, int]], data: st.DataObject
) -> None:
    directory = tmp_path_factory.mktemp("changed")
    touch(directory, *"abcd")
    names = commit(directory, *commits).commits
    number = data.draw(st.integers(0, len(names) - 1))
    changed = {name for files in commits[number + 1 :] for name in files}
    manifest = Manifest.read(directory)
    assert manifest.changed_since(names[number]) == changed
    assert manifest.changed_since("unknown") == set(manifest.entries)
    manifest.rewrite()
    assert manifest.changed_since(names[number]) == changed
    again = Manifest.read(directory)
    assert again.changed_since(names[number]) >= changed
    assert again.changed_since(names[-1]) == set()


def test_written_anew_it_forgets_files_that_are_gone(tmp_path: Path) -> None:
    touch(tmp_path, "a")
    manifest = commit(tmp_path, {"a": 1, "b": 1})
    assert manifest.is_worn
    manifest.rewrite()
    assert not manifest.is_worn
    assert Manifest.read(tmp_path).entries == entries({"a": 1})


def test_of_many_commits_the_last_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)
    monkeypatch.setattr(module, "REMEMBERED", 10)
    touch(tmp_path, "a")
    manifest = commit(tmp_path, *({"a": number} for number in range(1, 100)))
    assert 10 <= len(manifest.commits) <= 20
    manifest.rewrite()
    assert Manifest.read(tmp_path).commits == manifest.commits[-10:]


def test_no_folder_has_no_commit(tmp_path: Path) -> None:
    assert Manifest.read(tmp_path / "none").last == ""
