import gzip
import json
from pathlib import Path

import pytest

from connectors.files.lines import NamedFile, NoSuchFile, find_files, messages_of, read_lines
from connectors.files.unpack import open_file
from pipelines.core.rejection import Undecodable
from pipelines.inputs import Decoder, read_messages
from schemas.codec import decode_message
from schemas.containers import write_container

LINES = b'{"title": "one"}\n\n  \r\n{"title": "two"}\r\nnot json'


def offsets_and_values(file: NamedFile) -> list[tuple[int, bytes]]:
    return [(message.offset, message.value) for message in read_messages(file)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_each_line_is_a_message_numbered_by_its_place_and_empty_lines_are_none(tmp_path: Path, pack: type) -> None:
    (tmp_path / "news.jsonl").write_bytes(pack(LINES))
    messages = list(read_lines(NamedFile(str(tmp_path / "news.jsonl"), "desk/news.jsonl")))
    assert [(one.offset, one.value) for one in messages] == [
        (0, b'{"title": "one"}'),
        (3, b'{"title": "two"}'),
        (4, b"not json"),
    ]
    assert {(one.topic, one.partition, one.key, one.timestamp) for one in messages} == {
        ("desk/news.jsonl", 0, None, None)
    }


def test_rows_of_a_table_become_json_objects_and_empty_fields_null(tmp_path: Path) -> None:
    table = '\ufeffsource,title,body\r\nmasdar,"مطر, ورعد","سطر\r\nثان"\r\nsada,,خبر\r\n'
    (tmp_path / "news.csv.gz").write_bytes(gzip.compress(table.encode()))
    found = offsets_and_values(NamedFile(str(tmp_path / "news.csv.gz"), "news.csv.gz"))
    assert [(offset, json.loads(value)) for offset, value in found] == [
        (0, {"source": "masdar", "title": "مطر, ورعد", "body": "سطر\r\nثان"}),
        (1, {"source": "sada", "title": None, "body": "خبر"}),
    ]


def test_a_row_in_another_encoding_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    rows = ["source,title", "masdar,مطر", "sada,رعد"]
    (tmp_path / "n.csv").write_bytes("\n".join(rows[:2]).encode() + b"\n" + rows[2].encode("cp1256") + b"\n")
    good, bad = read_messages(NamedFile(str(tmp_path / "n.csv"), "n.csv"))
    assert Decoder().decode(good).title == "مطر"
    with pytest.raises(Undecodable):
        Decoder().decode(bad)


def test_a_table_may_hold_a_long_body(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("source,body\nmasdar," + "ب" * 200_000 + "\n", "utf-8")
    [message] = read_messages(NamedFile(str(tmp_path / "n.csv"), "n.csv"))
    assert len(Decoder().decode(message).body) == 200_000


def test_rows_of_an_avro_file_become_messages_like_lines(tmp_path: Path) -> None:
    rows = [decode_message(json.dumps({"source": "masdar", "title": title}).encode()) for title in ("مطر", "رعد")]
    write_container(tmp_path / "news.AVRO", "raw_article", rows)
    messages = list(read_messages(NamedFile(str(tmp_path / "news.AVRO"), "news.AVRO")))
    assert [one.offset for one in messages] == [0, 1]
    assert [Decoder().decode(one).title for one in messages] == ["مطر", "رعد"]


def test_files_are_named_by_their_path_below_the_first_folder_without_a_wildcard(tmp_path: Path) -> None:
    for name in ("b/2.jsonl", "a/1.jsonl", "a/deep/3.jsonl", "a/other.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [file.name for file in find_files(f"{tmp_path}/*/*.jsonl")] == ["a/1.jsonl", "b/2.jsonl"]
    assert [file.name for file in find_files(f"{tmp_path}/a/**/*.jsonl")] == ["1.jsonl", "deep/3.jsonl"]
    assert [file.name for file in find_files(f"{tmp_path}/a/1.jsonl")] == ["1.jsonl"]


def test_names_do_not_depend_on_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.jsonl").touch()
    elsewhere = find_files(f"{tmp_path}/a/*")
    monkeypatch.chdir(tmp_path / "a")
    assert [one.name for one in find_files("*")] == [one.name for one in elsewhere]
    assert [one.name for one in find_files("./1.jsonl")] == [one.name for one in elsewhere]


def test_a_pattern_that_finds_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile, match=r"No file matches .*nothing\*"):
        find_files(f"{tmp_path}/nothing*")


def test_an_open_stream_is_read_as_its_name_tells(tmp_path: Path) -> None:
    (tmp_path / "rows").write_bytes(b"source,title\nmasdar,x\n")
    with open_file(str(tmp_path / "rows")) as stream:
        assert len(list(messages_of(stream, "stdin"))) == 2
    with open_file(str(tmp_path / "rows")) as stream:
        assert [one.value for one in messages_of(stream, "rows.csv")] == [b'{"source": "masdar", "title": "x"}']
