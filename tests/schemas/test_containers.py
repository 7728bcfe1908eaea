from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from avro.datafile import DataFileReader
from avro.io import DatumReader

from schemas import UndecodableBytes, decode_message, read_container, write_container

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
