"""Compare input, ledger and records: every message has its one line, and every line its record."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from connectors.files.manifest import Manifest
from connectors.kafka.admin import id_of_topic
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.offsets import partition_bounds
from connectors.kafka.read_back import read_topic
from pipelines.batches.sources import identify
from pipelines.core.article import Origin
from pipelines.core.ledger import LinesRead
from pipelines.core.records.ledger import RECORD_OF
from pipelines.inputs import read_messages
from pipelines.ledgers import Written, file_lines, file_rows, topic_lines
from pipelines.options import FileSource, KafkaSource
from pipelines.transforms.refused import origin_of
from schemas.codec import decode
from schemas.topics import message_key, topic_of

Key = tuple[str, bytes]
Wanted = dict[Key, list[tuple[int, Origin]]]
"""By record and key, the revisions that lines speak of (0 where a record has none), each with its message."""


@dataclass
class Findings:
    """What an audit finds. Lines that were written twice with the same bytes (`repeated`) do no harm."""

    lines: int = 0
    missing: list[Origin] = field(default_factory=list)
    double: list[Origin] = field(default_factory=list)
    repeated: list[Origin] = field(default_factory=list)
    without_record: list[Origin] = field(default_factory=list)
    expired: int = 0
    files: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Return whether nothing is lost and nothing contradicts."""
        return not (self.missing or self.double or self.without_record or self.expired or self.files)


def audit_outputs(source: KafkaSource | FileSource, kafka: KafkaConnection | None, files: str | None) -> Findings:
    """Audit one place that a run wrote to: the topics of a cluster, or a folder."""
    findings = Findings(files=_damaged(Path(files)) if files else [])
    written = topic_lines(kafka) if kafka is not None else file_lines(files or "", damaged_too=False)
    lines, wanted = _read_lines((one for one in written if one.origin.topic in source.names), findings)
    findings.without_record = sorted(_without_record(kafka, files, wanted))
    if isinstance(source, KafkaSource):
        _compare_with_topic(source, lines, findings)
    else:
        messages = map(identify, chain.from_iterable(map(read_messages, source.files)))
        findings.missing = [origin for origin in map(origin_of, messages) if origin not in lines.done]
    return findings


def _read_lines(written: Iterator[Written], findings: Findings) -> tuple[LinesRead, Wanted]:
    """Read lines, note which messages have two, and return them with the records that they speak of."""
    lines, told = LinesRead(0), dict[Origin, bytes]()
    wanted: Wanted = defaultdict(list)
    for one in written:
        origin, row = one.origin, hashlib.blake2b(repr(one.row).encode(), digest_size=10).digest()
        findings.lines += 1
        if origin in told:
            (findings.repeated if told[origin] == row else findings.double).append(origin)
            continue
        told[origin] = row
        lines.add(one.line)
        wanted[_key_of_line(one.row)].append((one.row["revision"] or 0, origin))
    return lines, wanted


def _key_of_line(row: Mapping[str, Any]) -> Key:
    """Return the key of the record that a line speaks of."""
    record = RECORD_OF[row["outcome"]]
    return record, message_key(topic_of(record), {"origin": row["origin"], f"{record}_id": row["record_id"]}) or b""


def _without_record(kafka: KafkaConnection | None, files: str | None, wanted: Wanted) -> Iterator[Origin]:
    """Yield the messages whose record is not there, nor a later revision of it: of several the newest alone is kept."""
    newest: dict[Key, int] = {}
    for key, revision in _topic_records(kafka, wanted) if kafka is not None else _file_records(files or ""):
        newest[key] = max(revision, newest.get(key, 0))
    for key, told in wanted.items():
        yield from (origin for revision, origin in told if revision > newest.get(key, -1))


def _topic_records(kafka: KafkaConnection, wanted: Wanted) -> Iterator[tuple[Key, int]]:
    for record in sorted(set(RECORD_OF.values())):
        for message in read_topic(kafka, topic_of(record).name):
            key = (record, message.key or b"")
            if message.value and key in wanted:
                is_revised = any(revision for revision, _ in wanted[key])
                yield key, decode(message.value).fields["revision"] if is_revised else 0


def _file_records(directory: str) -> Iterator[tuple[Key, int]]:
    for record in sorted(set(RECORD_OF.values())):
        for row in file_rows(directory, record, damaged_too=False):
            yield (record, message_key(topic_of(record), row) or b""), row.get("revision") or 0


def _compare_with_topic(source: KafkaSource, lines: LinesRead, findings: Findings) -> None:
    """Find offsets without a line. A topic is read only where there are such: they may hold no message at all."""
    topic_id = id_of_topic(source.connection, source.topic)
    places = {
        (source.topic, partition, topic_id): bounds
        for partition, bounds in partition_bounds(source.connection, source.topic).items()
    }
    for place, (first, _) in places.items():
        begun = min((start for start, _ in lines.done.stretches.get(place, ())), default=first)
        findings.expired += sum(stop - start for start, stop in lines.done.missing(place, begun, first))
    gaps = {
        place[1]: gap[0] for place, bounds in places.items() if (gap := next(lines.done.missing(place, *bounds), None))
    }
    if gaps:
        start = {place[1]: gaps.get(place[1], last) for place, (_, last) in places.items()}
        for message in read_topic(source.connection, source.topic, start=start):
            origin = Origin(message.topic, message.partition, message.offset, topic_id)
            findings.missing += [origin] * (origin not in lines.done)


def _damaged(directory: Path) -> list[str]:
    """Return what is wrong with the files of a folder, by its manifest."""
    # In this order a run may go on writing meanwhile: a file is in the manifest before it is there, and grows before.
    paths, manifest, found = set(directory.glob("*/date=*/hour=*/*")), Manifest.read(directory), list[str]()
    for entry in manifest.entries.values():
        path = directory / entry.file
        if not path.exists():
            found += [f"{entry.file} is not there"] * bool(entry.bytes)
        elif hashlib.sha256(path.read_bytes()[: entry.bytes]).hexdigest() != entry.sha256:
            found.append(f"{entry.file} is not what the manifest says")
    listed = {directory / name for name in manifest.entries}
    return found + [f"{path.relative_to(directory)} is in no manifest" for path in sorted(paths - listed)]
