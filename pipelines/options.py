"""Every choice a run leaves open, once: read from flags, checked, and frozen."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

import platformdirs

from connectors.files.lines import NamedFile, find_files
from connectors.kafka.connection import KafkaConnection, parse_kafka_url
from connectors.kafka.security import Security
from connectors.kafka.topic_range import Start
from pipelines.core.entities.model import EntityModel
from pipelines.core.ids import digest
from pipelines.core.units import DAY, HOUR
from pipelines.inputs import MOST_BYTES
from pipelines.transforms.memory import Keeping

Runner = Literal["direct", "flink"]

_STARTS: tuple[Literal["resume", "earliest", "latest"], ...] = ("resume", "earliest", "latest")


class WrongOption(Exception):
    """A flag has a value that cannot be used; the message says which would do."""


def default_state() -> Path:
    """Return where this machine keeps what runs remember: the user's own folder for such things."""
    return platformdirs.user_state_path("rasid")


@dataclass(frozen=True, slots=True)
class KafkaSource:
    """Read articles from a topic."""

    connection: KafkaConnection
    topic: str

    @property
    def names(self) -> set[str]:
        """Return what records call it."""
        return {self.topic}


@dataclass(frozen=True, slots=True)
class FileSource:
    """Read articles from files."""

    files: tuple[NamedFile, ...]

    @property
    def names(self) -> set[str]:
        """Return what records call them."""
        return {file.name for file in self.files}


@dataclass(frozen=True, slots=True)
class Settings:
    """One run of the pipeline. Times are in milliseconds.

    `shards` is how many ways merging is divided on a cluster; the records do not depend on it.
    """

    source: KafkaSource | FileSource
    to_kafka: KafkaConnection | None = None
    to_files: str | None = None
    runner: Runner = "direct"
    drain: bool = False
    start: Start = "resume"
    horizon: int = 3 * DAY
    window: int = HOUR
    period: int = HOUR // 6
    lateness: int = DAY
    shards: int = 4
    max_message_bytes: int = MOST_BYTES
    registry: str | None = field(default=None, repr=False)  # may hold a password
    entity_model: EntityModel = "fast"
    flink: str | None = None  # host:port of the cluster's REST interface
    savepoint: str | None = None  # where on the cluster a job was saved that this one goes on from
    beam_arguments: tuple[str, ...] = ()
    state: Path = field(default_factory=default_state)

    @property
    def name(self) -> str:
        """Return a name for what is read and what is written to, whatever else is chosen."""
        read = f"{one.connection.bootstrap}/{one.topic}" if isinstance(one := self.source, KafkaSource) else "files"
        files = str(Path(self.to_files).absolute()) if self.to_files else ""
        return digest("run", read, self.to_kafka.bootstrap if self.to_kafka else "", files)

    @property
    def connections(self) -> set[KafkaConnection]:
        """Return the Kafka clusters that the run needs."""
        found = [self.source.connection if isinstance(self.source, KafkaSource) else None, self.to_kafka]
        return {one for one in found if one is not None}

    def __post_init__(self) -> None:
        if self.window % self.period or not 0 < self.window <= DAY:
            raise WrongOption("--window-minutes: give a multiple of 10, at most 1440, a day.")
        if self.runner == "flink" and (self.to_files or isinstance(self.source, FileSource)):
            raise WrongOption("On a cluster files would lie on each machine's own disk: read and write kafka://.")

    @property
    def endless(self) -> bool:
        """Return whether the run goes on until it is stopped."""
        return isinstance(self.source, KafkaSource) and not self.drain

    @property
    def keeping(self) -> Keeping:
        """Return where what is remembered of earlier articles lives on."""
        return "process" if self.runner == "direct" else "runner" if self.endless else "nowhere"

    @property
    def allowed_lateness(self) -> int | None:
        """Return how late an article may be and still count in trends, in milliseconds; None where none is too late."""
        return self.lateness if self.endless else None


def parse_source(text: str, security: Security) -> KafkaSource | FileSource:
    """Read `kafka://host:port/topic` or `files:GLOB`."""
    if text.startswith("files:"):
        return FileSource(find_files(text.removeprefix("files:")))
    bootstrap, topic = parse_kafka(text)
    if topic is None:
        raise WrongOption(f"{text!r} names no topic: write kafka://host:port/topic.")
    return KafkaSource(security.connect(bootstrap), topic)


def parse_sinks(texts: list[str], security: Security) -> tuple[KafkaConnection | None, str | None]:
    """Read the places to write to, each `kafka://host:port` or `files:DIR`: at most one of either."""
    kafka, files = None, None
    for text in texts:
        if text.startswith("files:"):
            files = text.removeprefix("files:")
        else:
            bootstrap, topic = parse_kafka(text)
            if topic:
                raise WrongOption("Records go to the topics of schemas/topics.toml: write --to kafka://host:port.")
            kafka = security.connect(bootstrap)
    if kafka is None and not files:
        raise WrongOption("Say where records go: --to kafka://host:port, --to files:DIR, or both.")
    return kafka, files


def parse_start(text: str) -> Start:
    """Read resume, earliest, latest, or a time in ISO 8601 with its offset.

    >>> parse_start("latest")
    'latest'
    """
    for word in _STARTS:
        if text == word:
            return word
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongOption(f"--start {text!r}: give resume, earliest, latest, or 2026-03-10T06:00:00+00:00.") from error
    if moment.tzinfo is None:
        raise WrongOption(f"--start {text!r}: add the offset from UTC, such as {text}+00:00.")
    return moment


def parse_kafka(text: str) -> tuple[str, str | None]:
    """Read `kafka://host:port[/topic]` as (bootstrap, topic or None); raises WrongOption."""
    try:
        return parse_kafka_url(text)
    except ValueError as error:
        raise WrongOption(f"{error} Files are written files:PATH.") from error
