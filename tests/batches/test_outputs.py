from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from connectors.files.folder import Folder, FolderUnusable
from connectors.files.layout import FileFormat
from connectors.message import Delivery
from pipelines.batches.outputs import FilesOutput, Outputs, avro_files, open_outputs
from pipelines.core.article import Origin
from pipelines.core.ledger import done_with
from pipelines.core.records.ledger import ledger_record
from pipelines.options import FileSource, Settings
from schemas.codec import encode

Log = list[tuple[str, list[str]]]


@dataclass
class Topics:
    """Stands for the topics of a cluster, and takes down what is written when."""

    log: Log
    done: Any = field(default_factory=lambda: done_with([]))

    def write_records(self, deliveries: Sequence[Delivery]) -> None:
        self.log.append(("records to topics", [one.value.decode() for one in deliveries]))

    def write_lines(self, lines: Sequence[Delivery]) -> None:
        self.log.append(("lines to topics", [one.value.decode() for one in lines]))


def text_files() -> FileFormat:
    def values(path: Path, record: str) -> Iterator[bytes]:
        yield from path.read_bytes().splitlines()[1:]

    return FileFormat(
        ".txt",
        lambda record: b"#\n",
        lambda record, some: b"".join(one + b"\n" for one in some),
        values,
        lambda path: path.stat().st_size,
    )


class LoggedFolder(Folder):
    log: Log

    def add(self, deliveries: Any) -> None:
        some = list(deliveries)
        lines = [one.line.value.decode() for one in some if one.line]
        self.log.append(("to files", [one.value.decode() for one in some] + lines))
        super().add(some)


def article(offset: int, name: str, outcome: str = "article", version: int = 0) -> Delivery:
    line = Delivery("ledger", f"t/0@{offset}".encode(), f"line {offset}".encode(), 0)
    return Delivery(
        "article", name.encode(), f"{name}{version}".encode(), 0, version, line, outcome, ("t", 0, offset, "i")
    )


def merged(record: str, name: str, version: int) -> Delivery:
    return Delivery(record, name.encode(), f"{name}{version}".encode(), 0, version)


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[Outputs, Log]]:
    log: Log = []
    folder = LoggedFolder(tmp_path, text_files())
    folder.log = log
    topics: Any = Topics(log)
    files = FilesOutput(folder.open())
    yield Outputs(topics, files), log
    folder.close()


def names(written: Iterable[Delivery]) -> Counter[str]:
    return Counter(one.outcome or one.record for one in written)


BATCH = [
    article(1, "b"),
    merged("trend", "t", 2),
    article(0, "c", "rejection"),
    merged("event", "e", 1),
    article(2, "a"),
]


def test_lines_are_written_when_the_records_are_written_everywhere(places: tuple[Outputs, Log]) -> None:
    outputs, log = places
    outputs.commit(BATCH)
    records = ["a0", "b0", "c0", "e1", "t2"]
    assert log == [
        ("records to topics", records),
        ("to files", [*records, "line 2", "line 1", "line 0"]),
        ("lines to topics", ["line 2", "line 1", "line 0"]),
    ]


def test_each_place_gets_what_it_has_not_and_a_message_counts_until_it_has_its_line_in_all(
    places: tuple[Outputs, Log],
) -> None:
    outputs, log = places
    assert outputs.kafka is not None
    assert outputs.files is not None
    outputs.kafka.done = done_with([Origin("t", 0, 0, "i"), Origin("t", 0, 1, "i")])
    outputs.files.done = done_with([Origin("t", 0, 1, "i"), Origin("t", 0, 2, "other")])
    written = outputs.commit(BATCH)
    assert log == [
        ("records to topics", ["a0", "e1", "t2"]),
        ("to files", ["a0", "c0", "e1", "t2", "line 2", "line 0"]),
        ("lines to topics", ["line 2"]),
    ]
    assert names(written) == {"article": 1, "rejection": 1, "event": 1, "trend": 1}


def test_what_is_done_everywhere_is_written_nowhere_and_not_counted(places: tuple[Outputs, Log]) -> None:
    outputs, log = places
    for one in outputs.all:
        one.done = done_with(Origin("t", 0, offset, "i") for offset in range(3))
    assert outputs.commit([one for one in BATCH if one.place]) == []
    assert [values for _, values in log] == [[], [], []]


def test_versions_are_written_in_their_order(places: tuple[Outputs, Log]) -> None:
    outputs, log = places
    outputs.commit([article(5, "a", "revision", 1), article(4, "a")])
    assert log[0] == ("records to topics", ["a0", "a1"])


def test_the_same_batch_in_any_order_is_written_alike(places: tuple[Outputs, Log]) -> None:
    outputs, log = places
    outputs.commit(BATCH)
    outputs.commit(BATCH[::-1])
    assert log[:3] == log[3:]


def test_no_line_is_written_to_topics_where_the_folder_cannot_be_written_to(
    places: tuple[Outputs, Log], monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs, log = places

    def fail(*_: Any) -> None:
        raise OSError("full")

    with monkeypatch.context() as full:
        full.setattr("os.fsync", fail)
        with pytest.raises(FolderUnusable):
            outputs.commit(BATCH)
    assert [what for what, _ in log] == ["records to topics", "to files"]


def test_one_place_is_enough(tmp_path: Path) -> None:
    log: Log = []
    topics: Any = Topics(log)
    assert names(Outputs(topics, None).commit(BATCH)) == {"article": 2, "rejection": 1, "event": 1, "trend": 1}
    assert [what for what, _ in log] == ["records to topics", "lines to topics"]
    settings = Settings(FileSource(()), to_files=str(tmp_path / "out"))
    outputs = open_outputs(settings, lambda _: None)
    assert [type(one) for one in outputs.all] == [FilesOutput]
    outputs.close()


def test_a_folder_goes_on_from_its_own_last_commits_and_no_others(tmp_path: Path) -> None:
    def output(name: str) -> FilesOutput:
        return FilesOutput(Folder(tmp_path / name, text_files()).open())

    one, other = output("one"), output("other")
    empty = one.mark()
    one.folder.add([article(1, "a")])
    other.folder.add([article(1, "b")])
    mark = one.mark()
    assert one.goes_on_from(mark)
    assert not other.goes_on_from(mark)
    assert not one.goes_on_from(empty), "what was written since is not known"
    assert not one.goes_on_from({})
    one.folder.add([article(2, "b")])
    assert one.goes_on_from(mark)
    assert output("none").goes_on_from(empty)


def test_lines_since_a_mark_are_read_from_the_files_that_have_changed_since(tmp_path: Path) -> None:
    def line(offset: int, hour: int) -> Delivery:
        value = encode("ledger", ledger_record(Origin("t", 0, offset), "rejection", "00"))
        return Delivery("ledger", str(offset).encode(), value, hour * 3_600_000)

    output = FilesOutput(Folder(tmp_path, avro_files()).open())
    output.folder.add([line(0, 0), line(1, 1)])
    mark = output.mark()
    assert list(output.lines_since(mark)) == []
    output.folder.add([line(2, 1), line(3, 2)])
    assert [written.origin.offset for written in output.lines_since(mark)] == [1, 2, 3]
    assert [written.origin.offset for written in output.all_lines()] == [0, 1, 2, 3]
    output.folder.close()
