import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.tables.catalog import MAIN, TABLES
from pipelines.tables.stored import VERSION
from pipelines.tables.writers import CELL_LETTERS
from schemas.catalog import versions
from tests.golden.job import read
from tests.tables.conftest import FLAGS, Fields, Write, event, evidence, participant

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", 'قال: "نعم"، ثم\nمضى', "a,b;c|d\r\n", "\x00\x1f", ""]


def export(source: str | Path, to: Path, *arguments: str) -> Any:
    place = source if isinstance(source, str) else f"files:{source}"
    return CliRunner().invoke(app, ["export", "--from", place, "--to", str(to), *arguments])


def rows(source: str | Path, to: Path, *arguments: str) -> list[Fields]:
    done = export(source, to / "rows.parquet", *arguments)
    assert done.exit_code == 0, done.output
    found: list[Fields] = pq.read_table(to / "rows.parquet").to_pylist()
    return found


def newest(written: Path, record: str) -> dict[str, Fields]:
    """Return the newest record of each id, by a way of its own."""
    version = VERSION.get(record)
    told = sorted(read(written, record), key=lambda row: row[version] if version else 0)
    return {row[f"{record}_id"]: row for row in told}


@pytest.fixture(scope="module")
def database(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    to = tmp_path_factory.mktemp("export") / "all.duckdb"
    assert export(written, to).exit_code == 0
    return duckdb.connect(str(to), read_only=True)


def ask(database: Any, sql: str) -> list[Any]:
    found: list[Any] = database.sql(sql).fetchall()
    return found


@pytest.mark.parametrize("record", ["article", "duplicate", "story", "trend", "rejection"])
def test_every_record_is_one_row(written: Path, database: Any, record: str) -> None:
    found = [name for (name,) in ask(database, f"SELECT {record}_id FROM {MAIN[record].name}")]
    assert sorted(found) == sorted(newest(written, record))
    assert found


def test_events_are_the_newest_that_stand_with_their_people_and_evidence(written: Path, database: Any) -> None:
    told = {name: row for name, row in newest(written, "event").items() if not row["retracted"]}
    found = dict(ask(database, "SELECT event_id, version FROM events"))
    assert found == {name: row["version"] for name, row in told.items()}
    quotes = Counter(one["quote"]["text"] for row in told.values() for one in row["evidence"])
    assert Counter(quote for (quote,) in ask(database, "SELECT quote FROM evidence")) == quotes
    people = Counter(one["text"] for row in told.values() for one in (*row["actors"], *row["recipients"]))
    assert Counter(text for (text,) in ask(database, "SELECT text FROM participants")) == people


def test_names_and_dates_of_corrected_articles_are_those_of_the_correction(written: Path, database: Any) -> None:
    told = newest(written, "article").values()
    for table, name in (("mentions", "mentions"), ("dates", "dates")):
        found = Counter(ask(database, f"SELECT article_id, field, text_start, text FROM {table}"))
        assert found == Counter(
            (row["article_id"], one["field"], one["start"], one["text"]) for row in told for one in row[name]
        )


def test_a_place_has_the_coordinates_of_its_record_or_of_the_gazetteer(database: Any) -> None:
    assert ask(database, "SELECT count(*) FROM events WHERE latitude IS NOT NULL")[0][0] > 10
    cairo = ask(database, "SELECT DISTINCT country, round(latitude), place_kind FROM mentions WHERE name = 'القاهرة'")
    assert cairo == [("EG", 30.0, "capital")]


def test_columns_say_what_they_hold_and_macros_are_there(database: Any) -> None:
    said = dict(ask(database, "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'events'"))
    assert said == {column.name: column.doc for column in TABLES["events"].shown}
    assert ask(database, "SELECT count(*) FROM who_did_what()")[0][0] > 10


def test_every_format_says_the_same(written: Path, tmp_path: Path) -> None:
    csv.field_size_limit(2**24)  # one message of the sample is longer than Python's csv reads by itself
    for ending in ("parquet", "csv", "jsonl"):
        assert export(written, tmp_path / f"rows.{ending}", "--table", "all").exit_code == 0
    for table in TABLES:
        expected = pq.read_table(tmp_path / f"rows-{table}.parquet").to_pylist()
        lines = [json.loads(line) for line in (tmp_path / f"rows-{table}.jsonl").read_bytes().splitlines()]
        with (tmp_path / f"rows-{table}.csv").open(encoding="utf-8", newline="") as file:
            cells = list(csv.DictReader(file))
        assert len(lines) == len(cells) == len(expected) > 0
        for row, line, cell in zip(expected, lines, cells, strict=True):
            assert list(row) == list(line) == list(cell)
            texts = {name: value for name, value in row.items() if value is None or isinstance(value, str)}
            assert texts == {name: line[name] for name in texts}
            assert {name: value or "" for name, value in texts.items()} == {name: cell[name] for name in texts}


def test_several_tables_go_into_a_file_each(written: Path, tmp_path: Path) -> None:
    done = export(written, tmp_path / "some.csv", "--table", "trends", "--table", "dates")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["some-dates.csv", "some-trends.csv"]
    assert len(done.stdout.splitlines()) == 2


def test_geojson_has_points_where_they_are_known(written: Path, tmp_path: Path) -> None:
    assert export(written, tmp_path / "e.geojson", "--table", "events").exit_code == 0
    features = json.loads((tmp_path / "e.geojson").read_text("utf-8"))["features"]
    for row, one in zip(rows(written, tmp_path), features, strict=True):
        expected = row["latitude"] and {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
        assert one["geometry"] == expected
        assert one["properties"]["event_id"] == row["event_id"]


def test_the_newest_version_counts_wherever_it_lies_and_what_was_retracted_is_left_out(
    write: Write, tmp_path: Path
) -> None:
    write("event", [event("e1", 2, type="ASSAULT"), event("e2", 1, evidence=[evidence("خرج")])])
    source = write("event", [event("e1", 1), event("e2", 2, retracted=True, evidence=[evidence("خرج")])])
    assert [(row["event_id"], row["type"]) for row in rows(source, tmp_path)] == [("e1", "ASSAULT")]
    assert rows(source, tmp_path, "--table", "evidence") == []
    all_of_them = {row["event_id"]: row["retracted"] for row in rows(source, tmp_path, "--all")}
    assert all_of_them == {"e1": False, "e2": True}
    assert [row["event_id"] for row in rows(source, tmp_path, "--table", "evidence", "--all")] == ["e2"]


@pytest.mark.parametrize("version", versions("event"))
def test_what_an_earlier_release_wrote_is_read(write: Write, tmp_path: Path, version: int) -> None:
    union = participant("الاتحاد العامّ", "n1", confidence=0.7)
    known = {key: value for key, value in union.items() if version > 2 or key != "confidence"}
    told = event("e1", actors=[known]) | ({"story_id": None} if version == 1 else {})
    if version == 1:
        del told["mutual"]
    source = write("event", [told], version)
    [row] = rows(source, tmp_path, "--table", "participants")
    assert (row["name"], row["confidence"]) == ("الاتحاد العامّ", 0.7 if version > 2 else None)


def filtered(write: Write) -> str:
    union, sea = participant("الاتحاد العامّ", "n1"), participant("ن", "Q1")
    basra = {"entity_id": "Q48278", "name": "البصرة", "qid": "Q48278", "geonames_id": None, "country": "IQ",
             "admin1": None, "latitude": None, "longitude": None, "confidence": 0.64}  # fmt: skip
    march = {"value": "2026-03", "granularity": "month"}
    flagged = [event(name, **{name: True}) for name in FLAGS]
    plain = [
        event("union", actors=[union], recipients=[sea], confidence=0.9),
        event("basra", place=basra, type="ASSAULT"),
        event("march", date=march),
    ]
    return write("event", plain + flagged)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--type", "assault"], {"basra"}),
        (["--type", "ASSAULT", "--type", "AID", "--place", "البصره"], {"basra"}),
        (["--actor", "الإتحاد العام"], {"union"}),
        (["--actor", "n1"], {"union"}),
        (["--actor", "الاتحا"], set()),
        (["--actor", "Q1"], set()),
        (["--place", "Q48278"], {"basra"}),
        (["--country", "iq"], {"basra"}),
        (["--until", "2026-03-09"], {"march"}),
        (["--until", "2026-03-01", "--since", "2026-03-01"], {"march"}),
        (["--min-confidence", "0.9"], {"union"}),
        (["--current"], {"union", "basra", "march"}),
        (["--actor", "' OR true --"], set()),
    ],
)
def test_filters(write: Write, tmp_path: Path, arguments: list[str], expected: set[str]) -> None:
    assert {row["event_id"] for row in rows(filtered(write), tmp_path, *arguments)} == expected


def test_filters_of_events_hold_for_who_took_part(write: Write, tmp_path: Path) -> None:
    source = filtered(write)
    assert len(rows(source, tmp_path, "--table", "participants", "--actor", "n1")) == 2
    assert rows(source, tmp_path, "--table", "participants", "--place", "البصرة") == []


def hostile(write: Write) -> str:
    return write("event", [event(f"e{n}", evidence=[evidence(text)]) for n, text in enumerate(HOSTILE)])


def test_hostile_texts_are_the_same_in_csv_and_json(write: Write, tmp_path: Path) -> None:
    source = hostile(write)
    assert [row["quote"] for row in rows(source, tmp_path)] == HOSTILE
    assert export(source, tmp_path / "e.csv").exit_code == export(source, tmp_path / "e.jsonl").exit_code == 0
    with (tmp_path / "e.csv").open(encoding="utf-8", newline="") as file:
        assert [row["quote"] for row in csv.DictReader(file)] == HOSTILE
    lines = (tmp_path / "e.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["quote"] for line in lines] == HOSTILE


def test_excel_has_texts_and_no_formulas_and_long_ones_are_cut_and_told(write: Write, tmp_path: Path) -> None:
    write("event", [event("long", evidence=[evidence("نص " * CELL_LETTERS)])])
    done = export(hostile(write), tmp_path / "e.xlsx", "--table", "events", "--table", "evidence")
    assert done.exit_code == 0, done.output
    assert "3 texts were longer" in done.stderr
    with ZipFile(tmp_path / "e.xlsx") as book:
        sheets = [name for name in book.namelist() if "worksheets/sheet" in name]
        text = book.read(sheets[0]).decode()
    assert len(sheets) == 2
    assert "<f>" not in text
    assert "<hyperlink" not in text
    for shown in ("=1+1", "@SUM(A1)", "-2", "_x0000_"):
        assert re.search(rf"<is><t[^>]*>{re.escape(shown)}", text)
    assert "[…]" in text


def test_an_empty_folder_of_a_run_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "_manifest.jsonl").touch()
    assert rows(tmp_path, tmp_path) == []


def test_what_is_not_committed_is_not_read(written: Path, tmp_path: Path) -> None:
    before = rows(written, tmp_path)
    path = next(written.glob("event/*/*/*.avro"))
    whole = path.read_bytes()
    try:
        path.write_bytes(whole + b"half a block")
        assert rows(written, tmp_path) == before
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize(
    ("to", "arguments", "said"),
    [
        ("e.txt", [], "ends in .parquet"),
        ("e.csv", ["--table", "people"], "there are events, participants"),
        ("e.geojson", ["--table", "trends"], "has no coordinates"),
        ("e.csv", ["--table", "articles", "--type", "AID"], "--type does not go with --table articles"),
        ("no/e.csv", [], "there is no folder"),
    ],
)
def test_what_cannot_be_written_is_told(write: Write, tmp_path: Path, to: str, arguments: list[str], said: str) -> None:
    done = export(write("event", [event("e")]), tmp_path / to, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / to).exists()


def test_a_damaged_file_is_named_and_an_older_export_stays(write: Write, tmp_path: Path) -> None:
    source = write("event", [event("e")])
    (tmp_path / "e.csv").write_text("older")
    path = next((tmp_path / "out").rglob("*.avro"))
    path.write_bytes(path.read_bytes()[:-20])
    done = export(source, tmp_path / "e.csv")
    assert done.exit_code == 2
    assert path.name in done.stderr
    assert (tmp_path / "e.csv").read_text() == "older"


def test_nothing_is_read_where_no_run_has_written(tmp_path: Path) -> None:
    done = export(tmp_path, tmp_path / "e.csv")
    assert done.exit_code == 2
    assert "no run has written there" in done.stderr
