from pathlib import Path

import apache_beam as beam
from apache_beam.testing.util import assert_that, equal_to

from connectors.files.lines import find_files
from connectors.files.reader import ReadFromFiles
from connectors.message import Message
from pipelines.inputs import read_messages
from pipelines.runners.launch import IN_PROCESS


def hour_of(message: Message) -> int | None:
    return int(message.value) * 3_600_000 if message.value.isdigit() else None


def test_files_are_read_as_messages_with_their_event_time(tmp_path: Path) -> None:
    (tmp_path / "1.jsonl").write_bytes(b"5\n6\n")
    (tmp_path / "2.jsonl").write_bytes(b"\nundated\n")
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        read = (
            pipeline
            | ReadFromFiles(find_files(f"{tmp_path}/*"), read_messages, hour_of)
            | beam.Map(
                lambda one, at=beam.DoFn.TimestampParam: (one.topic, one.offset, one.value, at.micros // 1_000_000)
            )
        )
        expected = [("1.jsonl", 0, b"5", 18_000), ("1.jsonl", 1, b"6", 21_600), ("2.jsonl", 1, b"undated", 0)]
        assert_that(read, equal_to(expected))
