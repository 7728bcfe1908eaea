import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from connectors.flink import local_cluster
from connectors.flink.local_cluster import FlinkStatus, LocalFlink
from connectors.flink.rest import Cluster, FlinkFailed
from connectors.local import process
from connectors.local.jars import Jar


def stand_in(directory: Path, seconds: float) -> int:
    """Start a process that looks like one of this cluster's, and ends of itself."""
    command = [sys.executable, "-c", f"import time; time.sleep({seconds})", str(directory / "conf")]
    return process.spawn(command, directory / "stand-in.log")


@pytest.fixture
def flink(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalFlink]:
    """Yield a cluster of stand-ins."""
    cluster = LocalFlink(tmp_path, 1, cache=tmp_path)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "jobmanager-1.log").write_text("the last words\n")
    monkeypatch.setattr(local_cluster, "fetch_jars", lambda jars, cache, progress: list[Jar]())
    monkeypatch.setattr(LocalFlink, "_spawn", lambda self, *of: stand_in(tmp_path, 60))
    yield cluster
    cluster.stop()


def found(tmp_path: Path, job_manager: float, task_manager: float) -> FlinkStatus:
    status = FlinkStatus("127.0.0.1:1", stand_in(tmp_path, job_manager), [stand_in(tmp_path, task_manager)], "1.20.4")
    (tmp_path / "flink.json").write_text(json.dumps(asdict(status)))
    return status


@pytest.mark.parametrize(("job_manager", "task_manager"), [(0.5, 60), (60, 0.5), (0.5, 0.5)])
def test_what_ends_while_it_is_waited_for_is_started_anew(
    tmp_path: Path, flink: LocalFlink, monkeypatch: pytest.MonkeyPatch, job_manager: float, task_manager: float
) -> None:
    known = found(tmp_path, job_manager, task_manager)
    dying = [pid for pid, for_s in zip(known.pids, (task_manager, job_manager), strict=True) if for_s < 1]

    def overview(self: Cluster) -> dict[str, int]:
        if any(map(process.is_alive, dying)):
            raise FlinkFailed("nobody answers")
        return {"taskmanagers": 1, "slots-total": 1}

    monkeypatch.setattr(Cluster, "overview", overview)
    flink.start()
    status = flink.status()
    assert status is not None
    assert len(status.task_managers) == 1
    assert not set(dying).intersection(status.pids)


def test_one_that_ends_as_soon_as_it_was_started_is_told_with_the_end_of_its_log(
    tmp_path: Path, flink: LocalFlink, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overview(self: Cluster) -> dict[str, int]:
        raise FlinkFailed("nobody answers")

    monkeypatch.setattr(Cluster, "overview", overview)
    monkeypatch.setattr(LocalFlink, "_spawn", lambda self, *of: stand_in(tmp_path, 0))
    with pytest.raises(FlinkFailed, match=r"ended at once(.|\n)*the last words"):
        flink.start()
    assert flink.status() is None
