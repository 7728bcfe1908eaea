import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.cli import app


def query(written: Path, *arguments: str) -> Any:
    return CliRunner().invoke(app, ["query", "--from", f"files:{written}", *arguments], env={"COLUMNS": "160"})


def test_answers_in_three_ways(written: Path) -> None:
    asked = "SELECT name, count(*) AS n, sum(text_end - text_start) AS letters"
    sql = f"{asked} FROM mentions WHERE name = 'القاهرة' GROUP BY ALL"
    (line,) = query(written, sql, "--json").stdout.splitlines()
    told = json.loads(line)
    assert told["name"] == "القاهرة"
    assert isinstance(told["letters"], int)
    (row,) = csv.DictReader(StringIO(query(written, sql, "--csv").stdout))
    assert row == {name: str(value) for name, value in told.items()}
    assert f" {told['n']} " in query(written, sql).stdout


@pytest.mark.parametrize("macro", ["who_did_what", "first_reports", "copies_by_agency"])
def test_what_is_asked_often_is_ready(written: Path, macro: str) -> None:
    done = query(written, f"FROM {macro}()", "--json")
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) > 3


def test_one_outlet_is_first_with_each_event_that_two_tell(written: Path) -> None:
    first = json.loads(query(written, "SELECT sum(first) AS n FROM first_reports()", "--json").stdout)
    several = "SELECT count(*) AS n FROM (SELECT event_id FROM evidence GROUP BY 1 HAVING count(DISTINCT outlet) > 1)"
    assert first == json.loads(query(written, several, "--json").stdout)


def test_what_cannot_be_answered_is_told(written: Path) -> None:
    done = query(written, "SELECT nobody FROM events")
    assert done.exit_code == 2
    assert done.stderr.startswith("rasid: ")
    assert "nobody" in done.stderr


def test_a_table_that_is_not_there_is_answered_with_those_that_are(written: Path) -> None:
    told = query(written, "FROM evnts").output
    assert "There is no table evnts; there are events, participants" in told
    assert "who_did_what()" in told
    assert "There is no table first_report; there are events" in query(written, "FROM first_report()").output


def test_a_shell_reads_csv_without_a_carriage_return(written: Path) -> None:
    assert b"\r" not in query(written, "SELECT event_id FROM events", "--csv").stdout_bytes
