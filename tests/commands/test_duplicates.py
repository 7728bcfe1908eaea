import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests.core.duplicates.wire import BODY, OTHER_BODY, PARAGRAPHS, TITLE

ARTICLES = [
    {"id": "1", "source": "a", "title": TITLE, "body": BODY, "published_at": "2024-05-01T08:00:00Z"},
    {
        "id": "2",
        "source": "b",
        "title": TITLE,
        "body": "بيروت (أ ف ب) - " + BODY,
        "published_at": "2024-05-01T09:00:00Z",
    },
    {
        "id": "3",
        "source": "c",
        "title": "جسر",
        "body": "\n".join(PARAGRAPHS[:3]),
        "published_at": "2024-05-01T10:00:00Z",
    },
    {
        "url": "https://d.example/4",
        "source": "d",
        "title": "المتحف",
        "body": OTHER_BODY,
        "published_at": "2024-05-01T11:00:00Z",
    },
    {"id": "5", "source": "e", "title": "Bridge", "body": "No Arabic here.", "published_at": "2024-05-01T11:00:00Z"},
]


def write(path: Path, articles: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), "utf-8")
    return path


def test_repeats_are_told_with_the_ids_of_the_input_and_refusals_counted(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["duplicates", str(write(tmp_path / "in.jsonl", ARTICLES))])
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["id"], one["original_id"], one["kind"]) for one in told] == [("2", "1", "exact"), ("3", "1", "near")]
    assert told[0]["cluster_id"] == told[1]["cluster_id"]
    assert result.stderr == "rasid: 1 articles could not be used: not_arabic 1.\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_order_of_the_input_makes_no_difference(tmp_path: Path, jobs: str) -> None:
    files = [write(tmp_path / f"{name}.jsonl", rows) for name, rows in (("a", ARTICLES[2:]), ("b", ARTICLES[:2]))]
    forward = CliRunner().invoke(app, ["duplicates", *map(str, files), "--jobs", jobs]).stdout
    backward = CliRunner().invoke(app, ["duplicates", *map(str, reversed(files)), "--jobs", jobs]).stdout
    assert forward == backward
    assert forward.count("\n") == 2


def test_a_shorter_horizon_forgets_sooner(tmp_path: Path) -> None:
    path = str(write(tmp_path / "in.jsonl", ARTICLES[:3]))
    assert CliRunner().invoke(app, ["duplicates", path, "--days", "0.01"]).stdout == ""


def test_a_file_that_is_not_there_is_said_in_a_sentence() -> None:
    result = CliRunner().invoke(app, ["duplicates", "nowhere.jsonl"])
    assert result.exit_code == 2
    assert "nowhere.jsonl" in result.stderr
