"""Files that are cut off, damaged, made to fill the memory, or written as other programs write them."""

import gzip
import json
import tracemalloc
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import fastavro
import pytest

from connectors.files.bounded import LONGEST_LINE
from connectors.files.lines import NamedFile
from connectors.message import Message
from pipelines.core.article import RawArticle
from pipelines.core.rejection import Rejected
from pipelines.inputs import Decoder, read_messages

ARTICLES = [{"source": "masdar", "title": f"خبر رقم {number}", "body": "نص\nآخر", "id": number} for number in range(3)]
LINES = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in ARTICLES).encode()


def read(folder: Path, name: str, content: bytes) -> tuple[list[RawArticle], list[Rejected]]:
    (folder / name).write_bytes(content)
    articles, refusals = [], []
    for message in read_messages(NamedFile(str(folder / name), name)):
        try:
            articles.append(Decoder().decode(message))
        except Rejected as refusal:
            refusals.append(refusal)
    return articles, refusals


def titles(articles: list[RawArticle]) -> list[str]:
    return [article.title for article in articles]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_a_table_is_read_whatever_separates_its_columns(tmp_path: Path, separator: str, begin: str) -> None:
    rows = [["Source", "title", "body"], ["masdar", '"مطر، ورعد; وبرق, وثلج"', '"سطر\nثان"'], ["sada", "ريح", ""]]
    content = begin + "\n".join(separator.join(row) for row in rows)
    articles, refusals = read(tmp_path, "n.csv", content.encode())
    assert (titles(articles), refusals) == (["مطر، ورعد; وبرق, وثلج", "ريح"], [])
    assert articles[0].body == "سطر\nثان"


def test_excels_own_line_names_the_separator(tmp_path: Path) -> None:
    articles, _ = read(tmp_path, "n.csv", "sep=;\r\nsource;title\r\nmasdar;مطر, ورعد\r\n".encode())
    assert titles(articles) == ["مطر, ورعد"]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_file_that_is_one_list_is_read_item_by_item(tmp_path: Path, indent: int | None) -> None:
    articles, refusals = read(tmp_path, "n.json", json.dumps(ARTICLES, ensure_ascii=False, indent=indent).encode())
    assert (titles(articles), refusals) == (["خبر رقم 0", "خبر رقم 1", "خبر رقم 2"], [])


def test_a_list_that_breaks_off_says_so(tmp_path: Path) -> None:
    whole = json.dumps(ARTICLES, ensure_ascii=False, indent=2)
    articles, refusals = read(tmp_path, "n.json", whole[:-40].encode())
    assert len(articles) == 2
    assert [refusal.reason for refusal in refusals] == ["undecodable"]
    assert "breaks off" in refusals[0].message


def test_a_line_that_is_a_list_is_one_bad_line(tmp_path: Path) -> None:
    articles, refusals = read(tmp_path, "n.jsonl", b"[]\n" + LINES)
    assert (len(articles), len(refusals)) == (3, 1)


def test_a_gzip_file_that_is_cut_off_gives_what_was_whole_and_says_what_was_lost(tmp_path: Path) -> None:
    many = b"".join(LINES.replace(b"masdar", b"masdar%d" % number) for number in range(2000))
    packed = gzip.compress(many)
    articles, refusals = read(tmp_path, "n.jsonl.gz", packed[: len(packed) // 2])
    assert len(articles) > 1000
    assert refusals[-1].reason == "undecodable"
    assert f"behind line {len(articles)}" in refusals[-1].message
    damaged, said = read(
        tmp_path, "d.jsonl.gz", packed[: len(packed) // 2] + b"\0" * 99 + packed[len(packed) // 2 + 99 :]
    )
    assert len(damaged) > 1000
    assert said


def test_a_line_made_to_fill_the_memory_is_refused_in_little_of_it_and_the_next_is_read(tmp_path: Path) -> None:
    bomb = b'{"title": "' + b"a" * (8 * LONGEST_LINE) + b'"}\n'
    (tmp_path / "n.jsonl.gz").write_bytes(gzip.compress(bomb, 1) + gzip.compress(LINES, 1))
    del bomb
    tracemalloc.start()
    messages = list(read_messages(NamedFile(str(tmp_path / "n.jsonl.gz"), "n.jsonl.gz")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * LONGEST_LINE
    with pytest.raises(Rejected, match=f"has {8 * LONGEST_LINE + 14} bytes; at most") as refusal:
        Decoder().decode(messages[0])
    assert refusal.value.reason == "too_long"
    assert len(messages[0].value) < 2000
    assert titles([Decoder().decode(message) for message in messages[1:]]) == ["خبر رقم 0", "خبر رقم 1", "خبر رقم 2"]


def test_an_avro_file_that_is_cut_off_gives_its_whole_blocks_and_says_so(tmp_path: Path) -> None:
    schema = {"type": "record", "name": "a", "fields": [{"name": n, "type": "string"} for n in ("source", "title")]}
    rows = [{"source": "masdar", "title": f"خبر {number}"} for number in range(2000)]
    with (tmp_path / "w.avro").open("wb") as file:
        fastavro.writer(file, schema, rows, sync_interval=4000)
    whole = (tmp_path / "w.avro").read_bytes()
    articles, refusals = read(tmp_path, "n.avro", whole[: len(whole) // 2])
    assert len(articles) > 500
    assert [refusal.reason for refusal in refusals] == ["undecodable"]
    assert f"behind record {len(articles)}" in refusals[0].message or "is lost" in refusals[0].message


def test_fields_that_are_not_ours_may_be_of_any_type_and_ours_of_any_that_is_plain(tmp_path: Path) -> None:
    fields = [
        {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
        {"name": "source", "type": "string"},
        {"name": "heading", "aliases": ["title"], "type": "string"},
        {"name": "published_at", "type": {"type": "int", "logicalType": "date"}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 8, "scale": 2}},
        {"name": "length", "type": {"type": "int", "logicalType": "time-millis"}},
    ]
    schema = {"type": "record", "name": "a", "fields": fields}
    row = {
        **{"id": UUID(int=7), "source": "masdar", "heading": "مطر", "published_at": date(2024, 5, 1)},
        **{"price": Decimal("1.25"), "length": time(1, 2)},
    }
    with (tmp_path / "w.avro").open("wb") as file:
        fastavro.writer(file, schema, [row])
    ([article], refusals) = read(tmp_path, "n.avro", (tmp_path / "w.avro").read_bytes())
    assert refusals == []
    assert (article.id, article.title, article.published_at) == (str(UUID(int=7)), "مطر", "2024-05-01")


@pytest.mark.parametrize(
    ("field", "value", "meant"),
    [
        ("id", 1042, "1042"),
        ("id", 1042.0, "1042"),
        ("published_at", 1714555800, "1714555800"),
        ("published_at", 1714555800.5, "1714555800.5"),
        ("author", ["هدى", "سامي"], "هدى، سامي"),
    ],
)
def test_numbers_and_lists_are_read_where_it_is_plain_what_is_meant(field: str, value: object, meant: str) -> None:
    message = Message(json.dumps(ARTICLES[0] | {field: value}).encode(), "t", 0, 0)
    assert getattr(Decoder().decode(message), field) == meant
