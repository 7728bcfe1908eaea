"""Every choice a run leaves open, once: read from flags, checked, and frozen."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

import platformdirs

from connectors.files.lines import NamedFile, find_files
from connectors.kafka.connection import KafkaConnection, parse_kafka_url
from connectors.kafka.offsets import Start
from pipelines.core.entities.tagging.tagger import EntityModel
from pipelines.core.ids import digest
from pipelines.inputs import MOST_BYTES
from pipelines.transforms.answer_from_shards import Keeping

Runner = Literal["direct", "flink"]

_STARTS: tuple[Literal["resume", "earliest", "latest"], ...] = ("resume", "earliest", "latest")

HOUR = 60 * 60 * 1000
DAY = 24 * HOUR


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
class Security:
    """How to get into a Kafka cluster; the same for source and sink."""

    security_protocol: str = "PLAINTEXT"
    sasl_mechanism: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    cert_file: str | None = None
    key_file: str | None = None

    def connect(self, bootstrap: str) -> KafkaConnection:
        """Return the connection to a cluster; raises WrongOption where the parts do not fit together."""
        try:
            return KafkaConnection(
                bootstrap,
                security_protocol=self.security_protocol,
                sasl_mechanism=self.sasl_mechanism,
                username=self.username,
                password=self.password,
                ca_file=self.ca_file,
                cert_file=self.cert_file,
                key_file=self.key_file,
            )
        except ValueError as error:
            raise WrongOption(str(error)) from error


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
    beam_arguments: tuple[str, ...] = ()
    state: Path = field(default_factory=default_state)

    @property
    def name(self) -> str:
        """Return a name for what is read and what is written to, whatever else is chosen."""
        source = self.source
        read = f"{source.connection.bootstrap}/{source.topic}" if isinstance(source, KafkaSource) else "files"
        files = str(Path(self.to_files).absolute()) if self.to_files else ""
        return digest("run", read, self.to_kafka.bootstrap if self.to_kafka else "", files)

    @property
    def connections(self) -> set[KafkaConnection]:
        """Return the Kafka clusters that the run needs."""
        read = {self.source.connection} if isinstance(self.source, KafkaSource) else set()
        return read | ({self.to_kafka} if self.to_kafka else set())

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
