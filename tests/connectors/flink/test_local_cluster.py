import os
from pathlib import Path

from connectors.flink.local_cluster import LocalFlink


def saved(folder: Path, name: str, at: int) -> None:
    (folder / name).mkdir(parents=True)
    metadata = folder / name / "_metadata"
    metadata.touch()
    os.utime(metadata, (at, at))


def test_the_last_checkpoint_is_the_newest_whole_one_unless_a_savepoint_came_after_it(tmp_path: Path) -> None:
    flink = LocalFlink(tmp_path, cache=tmp_path)
    assert flink.last_checkpoint() is None
    saved(tmp_path, "checkpoints/one/chk-9", 100)
    saved(tmp_path, "checkpoints/two/chk-2", 200)
    (tmp_path / "checkpoints/two/chk-3").mkdir()  # not whole
    assert flink.last_checkpoint() == ("two", (tmp_path / "checkpoints/two/chk-2").as_uri())
    saved(tmp_path, "savepoints/savepoint-two-1", 300)
    assert flink.last_checkpoint() is None
