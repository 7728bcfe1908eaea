from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.tables.catalog import TABLES
from pipelines.tables.partitions import MONTH_OF
from tests.tables.conftest import Write, event


def compact(folder: Path, *more: str) -> list[str]:
    done = CliRunner().invoke(app, ["compact", str(folder), *more])
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def rows(folder: Path, name: str) -> int:
    return int(ask(f"SELECT count(*) FROM '{folder}/parquet/{name}/**/*.parquet'")[0][0])


def ask(sql: str) -> list[Any]:
    answer = duckdb.sql(sql)
    return answer.fetchall() if answer else []


@pytest.fixture
def folder(write: Write) -> Path:
    return Path(write("event", [event("e1"), event("e2", retracted=True)]).removeprefix("files:"))


def test_every_table_is_a_folder_filed_by_month_where_it_has_one(folder: Path) -> None:
    assert len(compact(folder)) == len(TABLES)
    assert {path.name for path in (folder / "parquet").iterdir()} == set(TABLES)
    assert [path.name for path in (folder / "parquet/events").iterdir()] == ["month=2026-03"]
    assert [path.name for path in (folder / "parquet/participants").iterdir()] == ["data.parquet"]
    filed = ask(f"SELECT month, event_id FROM read_parquet('{folder}/parquet/events/*/*', hive_partitioning=true)")
    assert [(str(month)[:7], name) for month, name in filed] == [("2026-03", "e1")]


def test_what_was_written_before_is_replaced_and_nothing_else_is_left(folder: Path, write: Write) -> None:
    compact(folder)
    write("event", [event("e1", 2), event("e3")])
    compact(folder)
    assert rows(folder, "events") == 2
    assert not [path for path in (folder / "parquet").iterdir() if path.name.startswith(".")]


def test_retracted_events_are_there_when_they_are_asked_for(folder: Path) -> None:
    compact(folder, "--all")
    assert rows(folder, "events") == 2


def test_the_columns_that_rows_are_filed_by_are_there() -> None:
    for name, column in MONTH_OF.items():
        assert TABLES[name].has(column)


def test_a_folder_where_no_run_has_written_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["compact", str(tmp_path)])
    assert (done.exit_code, "no run has written there" in done.stderr) == (2, True)


def test_parquet_from_a_run_needs_a_folder() -> None:
    asked = ["run", "--from", "kafka://127.0.0.1:1/t", "--to", "kafka://127.0.0.1:1", "--format", "parquet"]
    done = CliRunner().invoke(app, asked)
    assert (done.exit_code, "--to files:DIR" in done.stderr) == (2, True)
