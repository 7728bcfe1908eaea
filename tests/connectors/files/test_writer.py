import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.direct.direct_runner import BundleBasedDirectRunner
from apache_beam.testing.test_stream import TestStream as Events
from apache_beam.transforms.window import TimestampedValue

from connectors.files.writer import WriteToFiles, write_durably
from connectors.message import Delivery
from pipelines.runners.launch import IN_PROCESS

HOUR = 3600
TEN = 1_773_136_800  # 2026-03-10T10:00Z


def pack(record: str, values: Sequence[bytes]) -> bytes:
    return b" ".join([record.encode(), *values])


def event(key: str, value: str, at: int | None, version: int = 0, line: Delivery | None = None) -> Delivery:
    return Delivery("event", key.encode(), value.encode(), at and at * 1000, version, line)


def written(directory: Path) -> dict[str, bytes]:
    paths = [path for path in directory.rglob("*") if path.is_file()]
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in paths}


def records(directory: Path) -> dict[str, bytes]:
    return {name: content for name, content in written(directory).items() if not name.startswith("_manifest/")}


def write(directory: Path, deliveries: Sequence[Delivery]) -> None:
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        _ = pipeline | beam.Create(deliveries) | WriteToFiles(str(directory), pack, ".txt", endless=False)


DELIVERIES = [
    event("b", "b1", TEN + 5),
    event("a", "a2", TEN + 9, version=2),
    event("a", "a1", TEN + 7, version=1),
    event("a", "a3", TEN + HOUR, version=3),
    event("c", "c1", None, line=Delivery("ledger", b"l", b"line", None)),
]


def test_one_file_a_record_and_hour_holds_the_newest_version_of_each_key_in_their_order(tmp_path: Path) -> None:
    write(tmp_path, DELIVERIES)
    assert records(tmp_path) == {
        "event/date=2026-03-10/hour=10/event-2026-03-10T10.txt": b"event a2 b1",
        "event/date=2026-03-10/hour=11/event-2026-03-10T11.txt": b"event a3",
        "event/date=undated/hour=00/event-undated.txt": b"event c1",
        "ledger/date=undated/hour=00/ledger-undated.txt": b"ledger line",
    }


def test_the_same_deliveries_in_another_order_give_the_same_names_and_bytes(tmp_path: Path) -> None:
    shuffled = list(DELIVERIES)
    Random(7).shuffle(shuffled)
    write(tmp_path / "one", DELIVERIES)
    write(tmp_path / "two", shuffled)
    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_the_manifest_tells_of_every_file_how_much_is_in_it(tmp_path: Path) -> None:
    write(tmp_path, DELIVERIES)
    told = {path.name: json.loads(path.read_bytes()) for path in (tmp_path / "_manifest").iterdir()}
    assert {one["file"] for one in told.values()} == set(records(tmp_path))
    entry = told["event~date=2026-03-10~hour=10~event-2026-03-10T10.txt.json"]
    assert entry == {
        "file": "event/date=2026-03-10/hour=10/event-2026-03-10T10.txt",
        "records": 2,
        "bytes": 11,
        "sha256": hashlib.sha256(b"event a2 b1").hexdigest(),
    }


def test_a_crash_before_the_rename_leaves_the_old_file_whole_and_a_repeat_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_durably(tmp_path, "event/one.txt", b"old", 1)
    with monkeypatch.context() as crash:

        def stop(_: int) -> None:
            raise OSError("no power")

        crash.setattr("connectors.files.writer.os.fsync", stop)
        with pytest.raises(OSError, match="no power"):
            write_durably(tmp_path, "event/one.txt", b"new and longer", 2)
    assert (tmp_path / "event" / "one.txt").read_bytes() == b"old"
    leftovers = {path.name for path in (tmp_path / "event").iterdir()} - {"one.txt"}
    assert all(name.startswith(".") for name in leftovers), "no glob for records finds what is half written"

    write_durably(tmp_path, "event/one.txt", b"new and longer", 2)
    assert written(tmp_path).keys() == {"event/one.txt", "_manifest/event~one.txt.json"}
    assert (tmp_path / "event" / "one.txt").read_bytes() == b"new and longer"


def test_on_endless_input_what_comes_late_gets_a_file_of_its_own(tmp_path: Path) -> None:
    def stamped(delivery: Delivery) -> TimestampedValue:
        return TimestampedValue(delivery, (delivery.timestamp or 0) // 1000)

    events = (
        Events()
        .add_elements([stamped(event("a", "a1", TEN)), stamped(event("b", "b1", TEN + 1))])
        .advance_watermark_to(TEN + HOUR)
        .add_elements([stamped(event("a", "a2", TEN + 2, version=2))])
        .advance_watermark_to(TEN + 900 * HOUR)
        .add_elements([stamped(event("c", "c1", TEN + 3))])
        .advance_watermark_to_infinity()
    )
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True
    with beam.Pipeline(runner=BundleBasedDirectRunner(), options=options) as pipeline:
        deliveries = pipeline | events | beam.Map(lambda one: one).with_output_types(Delivery)
        _ = deliveries | WriteToFiles(str(tmp_path), pack, ".txt", endless=True)
    name = "event/date=2026-03-10/hour=10/event-2026-03-10T10"
    assert records(tmp_path) == {
        f"{name}.txt": b"event a1 b1",
        f"{name}-late1.txt": b"event a2",
        f"{name}-late2.txt": b"event c1",
    }
