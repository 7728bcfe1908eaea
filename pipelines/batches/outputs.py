"""Write what a batch became: records first, then the lines that say so, to every place that has not got them yet."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.files.folder import Folder
from connectors.files.layout import FileFormat
from connectors.kafka.admin import topic_ids
from connectors.kafka.record_writer import RecordWriter
from connectors.message import Delivery
from pipelines.batches.kafka_output import MERGED, KafkaOutput
from pipelines.core.article import Origin
from pipelines.core.ledger import Done, LinesRead
from pipelines.ledgers import Written, file_lines
from pipelines.options import Settings
from schemas.confluent import register_schemas
from schemas.containers import container_block, container_header, container_values, whole_length
from schemas.topics import load_topics


def avro_files() -> FileFormat:
    """Return how records become files: Avro containers."""
    return FileFormat(".avro", container_header, container_block, container_values, whole_length)


@dataclass
class FilesOutput:
    """A folder of Avro files. `done` are the messages that have their line there."""

    folder: Folder
    lines: LinesRead = field(default_factory=lambda: LinesRead(0))
    done: Done = field(default_factory=Done)

    def mark(self) -> dict[str, Any]:
        """Return the last commit."""
        return {"files": {"commit": self.folder.manifest.last}}

    def all_lines(self) -> Iterator[Written]:
        """Yield the ledger."""
        return file_lines(str(self.folder.directory))

    def lines_since(self, mark: Mapping[str, Any]) -> Iterator[Written]:
        """Yield the lines written since a mark was made, and earlier ones if there are any."""
        changed = self.folder.manifest.changed_since(mark["files"]["commit"])
        return file_lines(str(self.folder.directory), among=changed)

    def goes_on_from(self, mark: Mapping[str, Any]) -> bool:
        """Return whether the folder is one that had this mark, and was only added to since."""
        commit = mark.get("files", {}).get("commit")
        return commit == self.folder.manifest.last or (bool(commit) and commit in self.folder.manifest.commits)


@dataclass
class Outputs:
    """Every place that a run writes to."""

    kafka: KafkaOutput | None
    files: FilesOutput | None

    @property
    def all(self) -> list[KafkaOutput | FilesOutput]:
        """Return the places."""
        return [one for one in (self.kafka, self.files) if one is not None]

    def commit(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        """Write a batch, and return what is new of it: what became of messages that were not done, and merged records.

        A message counts as done where it has its line in every place; in each only what is missing is written.
        """
        ordered = sorted(deliveries, key=lambda one: (one.record, one.key, one.version, one.place or ()))
        if self.kafka is not None:
            ours = _not_done(ordered, self.kafka.done)
            self.kafka.write_records(ours)
        if self.files is not None:
            self.files.folder.add(_not_done(ordered, self.files.done))
        if self.kafka is not None:
            self.kafka.write_lines([one.line for one in ours if one.line is not None])
        return [one for one in ordered if self._is_new(one)]

    def is_done(self, origin: Origin) -> bool:
        """Return whether a message has its line everywhere."""
        return all(origin in one.done for one in self.all)

    def close(self) -> None:
        """Let go of everything."""
        if self.kafka is not None:
            self.kafka.writer.close()
        if self.files is not None:
            self.files.folder.close()

    def _is_new(self, one: Delivery) -> bool:
        return one.record in MERGED if one.place is None else not self.is_done(Origin(*one.place))


def open_outputs(settings: Settings, waiting: Callable[[float], None]) -> Outputs:
    """Open what a run writes to; raises where a place is taken, damaged or cannot be written to."""
    kafka, files = None, None
    if settings.to_kafka is not None:
        names = {topic.record: topic.name for topic in load_topics()}
        topic_ids(settings.to_kafka, names.values())  # raises NoSuchTopic
        frame = register_schemas(settings.registry) if settings.registry else None
        kafka = KafkaOutput(settings.to_kafka, RecordWriter(settings.to_kafka, names, frame, waiting))
    if settings.to_files is not None:
        files = FilesOutput(Folder(Path(settings.to_files), avro_files()).open())
    return Outputs(kafka, files)


def _not_done(deliveries: Iterable[Delivery], done: Done) -> list[Delivery]:
    return [one for one in deliveries if one.place is None or Origin(*one.place) not in done]
