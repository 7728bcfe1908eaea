import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.core.article import Origin
from pipelines.core.records.rejection import rejection_record
from pipelines.core.rejection import NotArabic, Rejected, Undecodable
from schemas.containers import write_container


def rejection(refusal: Rejected, offset: int) -> dict[str, Any]:
    return rejection_record(refusal, "NormalizeArticles", b"{}", Origin("news.jsonl", 0, offset))


@pytest.fixture
def records(tmp_path: Path) -> str:
    first, second = tmp_path / "rejection/date=undated/hour=00", tmp_path / "rejection/date=2026-03-10/hour=10"
    for folder in (first, second):
        folder.mkdir(parents=True)
    persian = [rejection(NotArabic("The text is in Persian."), offset) for offset in (1, 2)]
    write_container(first / "rejection-undated.avro", "rejection", [rejection(Undecodable("No JSON."), 0), *persian])
    write_container(second / "rejection-2026-03-10T10.avro", "rejection", persian[:1])
    return f"files:{tmp_path}"


def ask(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["rejections", "list", *arguments], env={"COLUMNS": "160"})


def test_counts_by_reason_each_rejection_once(records: str) -> None:
    result = ask("--from", records)
    assert result.exit_code == 0
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in result.stdout.splitlines() if "│" in line]
    assert [row[:2] for row in rows] == [["not_arabic", "2"], ["undecodable", "1"], ["all", "3"]]
    assert rows[1][2:] == ["No JSON.", "news.jsonl/0@0"]


def test_lists_one_reason_as_json(records: str) -> None:
    lines = ask("--from", records, "--reason", "not_arabic", "--json").stdout.splitlines()
    assert sorted(json.loads(line)["origin"]["offset"] for line in lines) == [1, 2]


def test_says_when_nothing_was_rejected(records: str) -> None:
    result = ask("--from", records, "--reason", "garbled")
    assert (result.exit_code, result.stdout) == (0, "none\n")


def test_a_run_that_rejected_nothing_has_none(tmp_path: Path) -> None:
    (tmp_path / "_manifest.jsonl").write_bytes(b"")
    result = ask("--from", f"files:{tmp_path}")
    assert (result.exit_code, result.stdout) == (0, "none\n")


def test_the_last_and_those_that_a_field_says_so_of(records: str) -> None:
    assert len(ask("--from", records, "--last", "2", "--json").stdout.splitlines()) == 2
    [line] = ask("--from", records, "--filter", "message~json", "--json").stdout.splitlines()
    assert json.loads(line)["reason"] == "undecodable"


@pytest.mark.parametrize("arguments", [["--reason", "bad"], ["--from", "files:/nowhere"], ["--from", "nowhere"]])
def test_wrong_usage_is_told(arguments: list[str]) -> None:
    result = ask(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("rasid: --")
