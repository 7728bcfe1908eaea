"""Write records to files by record, date and hour of event time: the same input gives the same names and bytes."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam import DoFn, PCollection
from apache_beam.transforms import trigger
from apache_beam.transforms.window import FixedWindows, TimestampedValue
from apache_beam.utils.timestamp import Duration, Timestamp

from connectors.message import Delivery

HOUR = 60 * 60
FOR_EVER = Duration(seconds=100 * 365 * 24 * HOUR)
UNDATED = "undated"
WRITERS = 8
MOST_WAITING = 64


@dataclass
class WriteToFiles(beam.PTransform):
    """Write one file for each record and hour, and one more for each group that comes after the hour was closed.

    `pack` makes a file's bytes of the encoded records. Of several versions with one key only the newest in the hour is
    written. Nothing is ever too late. Yields the paths written, below `directory`.

    Files are written side by side: most of the time goes by waiting for the disk to say that it has them.
    """

    directory: str
    pack: Callable[[str, Sequence[bytes]], bytes]
    suffix: str
    endless: bool

    def expand(self, deliveries: "PCollection[Delivery]") -> "PCollection[str]":
        """Wire it: event-time hours, one group a record, one file a pane."""
        return (
            deliveries
            | "ByRecord" >> beam.FlatMap(_by_record).with_output_types(tuple[str, tuple[bytes, int, bytes]])
            | "Hourly"
            >> beam.WindowInto(
                FixedWindows(HOUR),
                trigger=trigger.AfterWatermark(late=trigger.AfterCount(1)) if self.endless else None,
                accumulation_mode=trigger.AccumulationMode.DISCARDING,
                allowed_lateness=FOR_EVER if self.endless else 0,
            )
            | "Gather" >> beam.GroupByKey()
            | "Write" >> beam.ParDo(_WriteFile(self.directory, self.pack, self.suffix)).with_output_types(str)
        )


def _by_record(delivery: Delivery) -> Iterator[TimestampedValue]:
    for one in (delivery, delivery.line):
        if one is not None:
            at = Timestamp(micros=(one.timestamp or 0) * 1000)
            yield TimestampedValue((one.record, (one.key, one.version, one.value)), at)


@dataclass
class _WriteFile(DoFn):
    directory: str
    pack: Callable[[str, Sequence[bytes]], bytes]
    suffix: str
    writing: list[Future[None]] = field(default_factory=list)

    def setup(self) -> None:
        self.pool = ThreadPoolExecutor(WRITERS)

    def start_bundle(self) -> None:
        self.writing = []

    def process(
        self,
        element: tuple[str, Iterable[tuple[bytes, int, bytes]]],
        window: Any = DoFn.WindowParam,
        pane: Any = DoFn.PaneInfoParam,
    ) -> Iterator[str]:
        record, versions = element
        newest: dict[bytes, bytes] = {key: value for key, _, value in sorted(versions)}
        name = file_name(record, window.start.micros // 1_000_000, pane.index, self.suffix)
        packed = self.pack(record, list(newest.values()))
        self.writing.append(self.pool.submit(write_durably, Path(self.directory), name, packed, len(newest)))
        if len(self.writing) >= MOST_WAITING:
            self._wait()
        yield name

    def finish_bundle(self) -> None:
        self._wait()

    def teardown(self) -> None:
        self.pool.shutdown()

    def _wait(self) -> None:
        for one in self.writing:
            one.result()
        self.writing = []


def file_name(record: str, hour: int, pane: int, suffix: str) -> str:
    """Return a file's name below the output folder; `hour` is in seconds since 1970, `pane` counts late groups.

    >>> file_name("event", 1773136800, 0, ".avro")
    'event/date=2026-03-10/hour=10/event-2026-03-10T10.avro'
    >>> file_name("rejection", 0, 2, ".avro")
    'rejection/date=undated/hour=00/rejection-undated-late2.avro'
    """
    moment = datetime.fromtimestamp(hour, UTC)
    date = moment.strftime("%Y-%m-%d") if hour else UNDATED
    stamp = f"{date}T{moment:%H}" if hour else UNDATED
    late = f"-late{pane}" if pane else ""
    return f"{record}/date={date}/hour={moment:%H}/{record}-{stamp}{late}{suffix}"


def write_durably(directory: Path, name: str, content: bytes, records: int) -> None:
    """Write a file so that it is there whole or not at all, then its entry in the manifest, which can be made again."""
    manifest = {"file": name, "records": records, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    _replace(directory / name, content, durably=True)
    entry = name.replace("/", "~") + ".json"
    _replace(directory / "_manifest" / entry, json.dumps(manifest).encode() + b"\n", durably=False)


def _replace(path: Path, content: bytes, *, durably: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.writing")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        if durably:
            os.fsync(file.fileno())
    temporary.replace(path)
    if durably:
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
