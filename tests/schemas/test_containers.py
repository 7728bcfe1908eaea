import os
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from avro.datafile import DataFileReader
from avro.io import BinaryEncoder, DatumReader
from fastavro import writer
from hypothesis import given
from hypothesis import strategies as st

from schemas import UndecodableBytes, bounded_blocks, decode_message, read_container, write_container
from schemas.codec import encode
from schemas.containers import _long, container_block, container_header, container_values, whole_length

ROWS = [decode_message(f'{{"source": "masdar", "title": "الخبر {n}"}}'.encode()) for n in range(50)]


def written(rows: list[dict[str, Any]] = ROWS) -> bytes:
    file = BytesIO()
    assert write_container(file, "raw_article", iter(rows)) == len(rows)
    return file.getvalue()


def test_the_same_records_give_the_same_bytes() -> None:
    assert written() == written()


def test_other_records_give_another_sync_marker() -> None:
    assert written(ROWS[1:])[-16:] != written()[-16:]


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], []])
def test_records_come_back_in_order(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "articles.avro"
    write_container(path, "raw_article", rows)
    assert list(read_container(path)) == rows
    assert list(read_container(str(path), "raw_article")) == rows


def test_apaches_own_library_reads_the_file() -> None:
    with DataFileReader(BytesIO(written()), DatumReader()) as reader:
        assert list(reader) == ROWS


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-9],
        lambda data: b"PK\x03\x04" + bytes(99),
        lambda data: b"",
        lambda data: data[:-300] + bytes(300),
    ],
)
def test_a_damaged_file_is_undecodable(damage: Any) -> None:
    with pytest.raises(UndecodableBytes):
        list(read_container(BytesIO(damage(written()))))


def test_a_file_of_another_record_is_undecodable() -> None:
    with pytest.raises(UndecodableBytes, match="holds another record"):
        list(read_container(BytesIO(written()), "article"))


# Files that are added to, block by block.

VALUES = [encode("raw_article", row) for row in ROWS]


def file_of(*blocks: list[bytes]) -> bytes:
    return container_header("raw_article") + b"".join(container_block("raw_article", block) for block in blocks)


@pytest.mark.parametrize("sizes", [(1,), (50,), (1, 48, 1), (25, 25)])
def test_blocks_are_read_back_as_they_were_given_and_by_apaches_own_library_too(
    tmp_path: Path, sizes: tuple[int, ...]
) -> None:
    path, rest = tmp_path / "articles.avro", iter(VALUES)
    path.write_bytes(file_of(*(list(islice(rest, size)) for size in sizes)))
    count = sum(sizes)
    assert list(container_values(path, "raw_article")) == VALUES[:count]
    assert list(read_container(path, "raw_article")) == ROWS[:count]
    with DataFileReader(BytesIO(path.read_bytes()), DatumReader()) as reader:
        assert list(reader) == ROWS[:count]


def test_a_file_with_its_header_alone_holds_nothing_and_is_avro(tmp_path: Path) -> None:
    path = tmp_path / "articles.avro"
    path.write_bytes(file_of())
    assert list(read_container(path, "raw_article")) == []
    with DataFileReader(BytesIO(file_of()), DatumReader()) as reader:
        assert list(reader) == []


def test_cut_at_any_byte_a_file_is_whole_up_to_its_last_block(tmp_path: Path) -> None:
    path, blocks = tmp_path / "articles.avro", [VALUES[:3], VALUES[3:4], VALUES[4:9]]
    ends = [len(file_of(*blocks[:number])) for number in range(4)]
    data = file_of(*blocks)
    for length in [*range(0, ends[0], 99), *range(ends[0], len(data) + 1)]:
        path.write_bytes(data[:length])
        whole = whole_length(path)
        assert whole == max((end for end in ends[1:] if end <= length), default=0)
        os.truncate(path, whole)
        if whole:
            assert list(container_values(path, "raw_article")) == VALUES[: [0, 3, 4, 9][ends.index(whole)]]


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_damage_of_any_kind_is_cut_off_or_left_to_the_reader_and_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, at: int
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "articles.avro"
    data = file_of(VALUES[:3], VALUES[3:])
    path.write_bytes(data[:at] + damage + data[at + len(damage) :])
    assert 0 <= whole_length(path) <= len(data) + len(damage)


def test_values_of_another_schema_are_a_bug() -> None:
    with pytest.raises(AssertionError, match="another schema"):
        container_block("article", VALUES[:1])


def test_numbers_are_written_as_avro_writes_a_long() -> None:
    for number in (0, 1, 63, 64, 8191, 8192, 2**31):
        expected = BytesIO()
        BinaryEncoder(expected).write_long(number)
        assert _long(number) == expected.getvalue()


@pytest.mark.parametrize("codec", ["deflate", "bzip2", "xz"])
def test_a_block_made_to_fill_the_memory_is_refused(codec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = {"type": "record", "name": "a", "fields": [{"name": "title", "type": "string"}]}
    file = BytesIO()
    writer(file, schema, [{"title": "x" * 5000}], codec=codec)
    assert len(list(read_container(BytesIO(file.getvalue())))) == 1
    monkeypatch.setattr(bounded_blocks, "LARGEST_BLOCK", 4999)
    with pytest.raises(UndecodableBytes, match="holds more than 4999 bytes"):
        list(read_container(BytesIO(file.getvalue())))


@pytest.mark.parametrize("codec", ["deflate", "bzip2", "xz"])
def test_a_block_that_is_cut_off_is_never_taken_for_a_whole_one(codec: str) -> None:
    schema = {"type": "record", "name": "a", "fields": [{"name": "title", "type": "string"}]}
    file = BytesIO()
    writer(file, schema, [{"title": f"خبر {number}"} for number in range(99)], codec=codec)
    for end in range(1, 120):
        with pytest.raises(UndecodableBytes):
            list(read_container(BytesIO(file.getvalue()[:-end])))
