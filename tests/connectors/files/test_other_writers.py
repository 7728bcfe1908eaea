"""Files as other programs and careless people write them."""

import bz2
import gzip
import json
from pathlib import Path
from typing import Any

import fastavro
import pytest

from connectors.files.lines import NamedFile
from pipelines.core.rejection import Rejected
from pipelines.inputs import Decoder, read_messages

ARTICLES = [{"source": "masdar", "title": f"خبر رقم {number}", "body": "نص\nآخر"} for number in range(3)]
TITLES = [one["title"] for one in ARTICLES]
LINES = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in ARTICLES)
PRETTY = json.dumps(ARTICLES, ensure_ascii=False, indent=2)
TABLE = "source,title,body\n" + "".join(f"masdar,{title},نص\n" for title in TITLES)


def read(folder: Path, name: str, content: bytes) -> tuple[list[str], list[str]]:
    (folder / name).write_bytes(content)
    titles, refusals = [], []
    for message in read_messages(NamedFile(str(folder / name), name)):
        try:
            titles.append(Decoder().decode(message).title)
        except Rejected as refusal:
            refusals.append(f"{refusal.reason}: {refusal.message}")
    return titles, refusals


def container(path: Path, schema: list[Any], rows: list[Any]) -> bytes:
    with path.open("wb") as file:
        fastavro.writer(file, schema, rows)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("n.jsonl", LINES.encode("utf-16")),
        ("n.jsonl", b"\xfe\xff" + LINES.encode("utf-16-be")),
        ("n.jsonl.gz", gzip.compress(LINES.encode("utf-16"))),
        ("n.json", PRETTY.encode("utf-16")),
        ("n.csv", TABLE.replace(",", "\t").encode("utf-16")),
        ("n.jsonl", "".join(f"\x1e{line}\n" for line in LINES.splitlines()).encode()),
        ("n.jsonl", LINES.replace("}\n", "},\n").encode()),
        ("n.jsonl", LINES.replace("\n", "").encode()),
        ("n.json", "\n".join(json.dumps(one, indent=4) for one in ARTICLES).encode()),
        ("n.json", f"\n\n{PRETTY}".encode()),
        ("n.json", f"\ufeff\n{PRETTY}".encode()),
        ("n.csv", f"\n{TABLE}".encode()),
        ("n.csv", TABLE.replace("\n", "\r").encode()),
        ("n.csv", TABLE.replace("source,title,body", ' Source , TITLE ,"Body"').encode()),
        ("n.csv", TABLE.replace("source,title,body", 'source,title,body,"a;b;c;d;e"').encode()),
        ("n.csv", f'"sep=;"\n{TABLE.replace(",", ";")}'.encode()),
        ("n.csv", f"{TABLE},,,,\n".encode()),
        ("n.csv", TABLE.replace(",", ", ").replace("نص", '"نص, وثان"').encode()),
        ("n.csv", TABLE.replace("خبر رقم 1", '"=""خبر رقم 1"""').encode()),
        ("n.csv", TABLE.replace("source,title,body", "source,title,title").replace(",نص", ",").encode()),
        ("n.jsonl.gz", gzip.compress(gzip.compress(LINES.encode()))),
        ("n.jsonl.bz2", bz2.compress(LINES.encode())),
    ],
)
def test_every_article_of_a_file_is_read_however_it_was_written(tmp_path: Path, name: str, content: bytes) -> None:
    assert read(tmp_path, name, content) == (TITLES, [])


@pytest.mark.parametrize("name", ["part-0000", "n.avro.gz"])
def test_an_avro_file_is_known_by_its_first_bytes(tmp_path: Path, name: str) -> None:
    fields = [{"name": "source", "type": "string"}, {"name": "heading", "aliases": ["title"], "type": "string"}]
    schema: list[Any] = ["null", {"type": "record", "name": "a", "fields": fields}]
    whole = container(tmp_path / "w", schema, [{"source": "masdar", "heading": title} for title in TITLES])
    assert read(tmp_path, name, gzip.compress(whole) if name.endswith("gz") else whole) == (TITLES, [])


def test_a_null_in_an_avro_file_is_one_rejection_and_bytes_are_text(tmp_path: Path) -> None:
    fields = [{"name": "source", "type": "string"}, {"name": "title", "type": "bytes"}]
    rows = [None, *({"source": "masdar", "title": title.encode()} for title in TITLES)]
    whole = container(tmp_path / "w", ["null", {"type": "record", "name": "a", "fields": fields}], rows)
    titles, [refusal] = read(tmp_path, "n.avro", whole)
    assert titles == TITLES
    assert refusal.startswith("missing_field")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
@pytest.mark.parametrize(("name", "content"), [("n.jsonl", LINES), ("n.csv", TABLE), ("n.json", PRETTY)])
def test_all_that_a_cut_off_file_still_holds_is_read(tmp_path: Path, pack: type, name: str, content: str) -> None:
    titles, refusals = read(tmp_path, name, pack(content.encode())[:-5])
    assert titles == TITLES
    assert len(refusals) == 1
    assert "what followed is lost" in refusals[0]


def test_what_stands_behind_the_end_of_a_gzip_file_is_said_and_takes_nothing_with_it(tmp_path: Path) -> None:
    titles, refusals = read(tmp_path, "n.jsonl.gz", gzip.compress(LINES.encode()) + b"junk")
    assert (titles, len(refusals)) == (TITLES, 1)


@pytest.mark.parametrize(
    ("begin", "what"),
    [
        (b"PK\x03\x04", "Excel"),
        (b"\xd0\xcf\x11\xe0", "Excel"),
        (b"PAR1", "Parquet"),
        (b"\x28\xb5\x2f\xfd", "Zstandard"),
        (b"%PDF-1.4\n", "PDF"),
        (b"<?xml version='1.0'?>\n", "XML"),
        (b"<!DOCTYPE html>\n", "web page"),
    ],
)
def test_a_file_that_is_no_text_is_one_rejection_that_names_it(tmp_path: Path, begin: bytes, what: str) -> None:
    titles, [refusal] = read(tmp_path, "n.jsonl", begin + LINES.encode() * 9)
    assert titles == []
    assert what in refusal


def test_a_row_that_a_separator_cut_in_two_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    titles, [refusal] = read(tmp_path, "n.csv", TABLE.replace("خبر رقم 1", "خبر, رقم 1").encode())
    assert titles == [TITLES[0], TITLES[2]]
    assert "4 fields for 3 columns" in refusal


def test_a_quotation_mark_that_is_never_closed_is_no_article(tmp_path: Path) -> None:
    titles, [refusal] = read(tmp_path, "n.csv", TABLE.replace("خبر رقم 1", '"خبر رقم 1').encode())
    assert titles == [TITLES[0]]
    assert "row 2 is never closed" in refusal


def test_a_bad_first_line_is_one_bad_line(tmp_path: Path) -> None:
    for bad in ('{"source": "x"', "{", "not json"):
        titles, refusals = read(tmp_path, "n.jsonl", f"{bad}\n{LINES}".encode())
        assert (titles, len(refusals)) == (TITLES, 1)


@pytest.mark.parametrize("nothing", ["NULL", "\\N", ""])
def test_what_databases_write_for_nothing_is_no_text(tmp_path: Path, nothing: str) -> None:
    (tmp_path / "n.csv").write_text(TABLE.replace("نص", nothing), "utf-8")
    messages = list(read_messages(NamedFile(str(tmp_path / "n.csv"), "n.csv")))
    assert {Decoder().decode(message).body for message in messages} == {""}
