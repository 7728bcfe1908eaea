"""Follow what a run writes, in its folder or on its topics: what is new since the page last looked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from connectors.files.manifest import NAME
from connectors.files.manifest_follower import ManifestFollower, ManifestReplaced
from connectors.kafka.connection import KafkaConnection
from pipelines.page.kept import RECORDS
from pipelines.page.store import Place, Positions
from pipelines.tables.stored import Stored
from schemas.codec import decode_message
from schemas.containers import read_between
from schemas.errors import CannotRead, UndecodableBytes
from schemas.registry import SchemaRegistry
from schemas.topics import message_key, topic_of

MOST_RECORDS = 2000
MOST_BYTES = 32 * 1024 * 1024
TOPIC_WAIT_S = 0.1
"""Topics are asked one after another, so that what is new is seen within a second."""


class SourceReplaced(Exception):
    """What was read so far is no longer there, and another stands in its place: read it all again."""


class Batch(NamedTuple):
    """Records that arrived, and how far the reading is with them; `problems` are records that cannot be read."""

    stored: list[Stored]
    positions: Positions
    problems: list[str]


class Source(Protocol):
    """Where records come from."""

    def read(self) -> Iterator[Batch]:
        """Yield what is there now and was not read yet, batch by batch; raises SourceReplaced."""

    @property
    def lag(self) -> Mapping[str, int] | None:
        """Return by topic how many messages are not read yet; None where that is not known."""

    @property
    def is_missing(self) -> bool:
        """Return whether what was read so far is not there any more, and nothing in its place."""

    def close(self) -> None:
        """Let go of what is open."""


@dataclass
class FolderSource:
    """A folder that runs add to. `positions` says how many bytes of each file were read, and up to which commit.

    Where the folder vanishes, it `is_missing`, and what was read stays; it may come back.
    """

    directory: Path
    positions: dict[Place, int] = field(default_factory=dict)
    lag: None = None
    is_missing: bool = False
    _manifest: ManifestFollower = field(init=False)
    _seen: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        last = next((place.identity for place in self.positions if place.place == NAME), "")
        self._manifest = ManifestFollower(self.directory, last)

    def read(self) -> Iterator[Batch]:
        """Yield the records of what was committed since."""
        stamp = self._stamp()
        self.is_missing = stamp is None and bool(self._manifest.last or not self.directory.is_dir())
        if self.is_missing or (stamp == self._seen and stamp is not None):
            return
        waiting: list[Stored] = []
        reached: dict[Place, int] = {}
        for name, size in self._sizes():
            place = Place(name, "", 0)
            start = self.positions.get(place, 0)
            if size < start:
                raise SourceReplaced(f"{self.directory / name} is shorter than it was.")
            if size > start:
                waiting += _stored(self.directory, name, start, size)
                reached[place] = size
            if len(waiting) >= MOST_RECORDS:
                yield self._reach(waiting, reached)
                waiting, reached = [], {}
        if self._stamp() is None and stamp is not None:  # it vanished meanwhile, and not a day of it
            self._manifest.read_again()
            return
        if self._manifest.last:
            reached[Place(NAME, self._manifest.last, 0)] = 0
        yield self._reach(waiting, reached)
        self._seen = stamp

    def _reach(self, stored: list[Stored], reached: dict[Place, int]) -> Batch:
        self.positions |= reached
        return Batch(stored, reached, [])

    def close(self) -> None:
        """Nothing is open."""

    def _stamp(self) -> tuple[int, int] | None:
        try:
            told = (self.directory / NAME).stat()
        except OSError:
            return None
        return told.st_mtime_ns, told.st_size

    def _sizes(self) -> list[tuple[str, int]]:
        """Return the files that changed and how long each is: what is committed, or all where there is no manifest."""
        try:
            committed = self._manifest.read()
        except FileNotFoundError:
            paths = self.directory.glob("*/date=*/hour=*/*.avro")
            committed = {path.relative_to(self.directory).as_posix(): path.stat().st_size for path in paths}
        except ManifestReplaced as error:
            raise SourceReplaced(str(error)) from error
        return sorted((name, size) for name, size in committed.items() if _record(name) in RECORDS)


def _record(name: str) -> str:
    return name.partition("/")[0]


def _stored(directory: Path, name: str, start: int, end: int) -> Iterator[Stored]:
    """Yield the records of a part of a file; raises SourceReplaced where what was read does not end there.

    None of a file that is gone: whoever keeps a folder may delete old days.
    """
    record = _record(name)
    try:
        for fields in read_between(directory / name, record, start, end):
            yield Stored(record, message_key(topic_of(record), fields) or b"", fields)
    except FileNotFoundError:
        return
    except UndecodableBytes as error:
        if not start:
            raise
        raise SourceReplaced(f"{directory / name} is not the file that was read so far.") from error


class TopicsSource:
    """The topics of a Kafka, read committed, from the offsets in `positions` on."""

    is_missing = False

    def __init__(self, connection: KafkaConnection, positions: Positions, registry: SchemaRegistry | None) -> None:
        from connectors.kafka.admin import topic_ids
        from connectors.kafka.log_reader import LogReader
        from connectors.kafka.offsets import partition_bounds

        self._registry = registry
        topics = {topic_of(record).name: record for record in RECORDS}
        ids = topic_ids(connection, topics)
        if any(place.identity != ids.get(place.place) for place in positions):
            raise SourceReplaced("A topic was deleted and made anew.")
        self._readers: dict[str, LogReader] = {}
        for topic, record in topics.items():
            begin = {one: first for one, (first, _) in partition_bounds(connection, topic).items()}
            known = {place.partition: at for place, at in positions.items() if place.place == topic}
            self._readers[record] = LogReader(connection, topic, ids[topic], begin | known)

    @property
    def lag(self) -> dict[str, int]:
        """Return by topic how many messages are not read yet, as the broker last told."""
        return {reader.topic: sum(reader.lag.values()) for reader in self._readers.values()}

    def read(self) -> Iterator[Batch]:
        """Yield what came on each topic within a moment."""
        from connectors.kafka.log_reader import TopicReplaced

        for record, reader in self._readers.items():
            try:
                messages = reader.read(MOST_RECORDS, MOST_BYTES, TOPIC_WAIT_S)
            except TopicReplaced as error:
                raise SourceReplaced(str(error)) from error
            stored, problems = [], []
            for message in messages:
                try:
                    fields = decode_message(message.value, record, self._registry) if message.value else None
                    stored.append(Stored(record, message.key or b"", fields))
                except CannotRead as error:
                    problems.append(f"{message.topic}/{message.partition}@{message.offset}: {error}")
            reached = {Place(reader.topic, reader.topic_id, one): at for one, at in reader.positions.items()}
            yield Batch(stored, reached if messages else {}, problems)

    def close(self) -> None:
        """Let go of the connections."""
        for reader in self._readers.values():
            reader.close()
