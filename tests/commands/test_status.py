"""What `rasid status` makes of what runs say of themselves."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.batches.progress import Progress
from pipelines.cli import app
from pipelines.commands import status
from pipelines.commands.watch import Watcher

ABOUT = {"from": "kafka://one:9092/news", "topic": "news", "bootstrap": "one:9092", "to": ["files:out"]}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def ask(*_: Any) -> None:
        raise AssertionError("the broker is asked")

    monkeypatch.setattr(status, "id_of_topic", ask)
    (tmp_path / "run").mkdir()
    return tmp_path / "run"


def said(home: Path, *flags: str) -> str:
    return CliRunner().invoke(app, ["status", "--state", str(home.parent), *flags], env={"COLUMNS": "160"}).output


def test_of_a_run_that_goes_on_it_says_what_the_run_says(home: Path) -> None:
    progress = Progress(read=9, lag={0: 1200, 1: 34})
    progress.reasons.update(not_arabic=2, empty=1)
    Watcher(home / "status.json", ABOUT)(progress)
    text = said(home)
    assert "1,234 messages (by partition: 0: 1,200, 1: 34)" in text
    assert "1 empty, 2 not_arabic" in text
    assert json.loads(said(home, "--json"))["lag"] == {"0": 1200, "1": 34}


def test_of_a_run_that_is_no_more_the_broker_is_asked(home: Path) -> None:
    Watcher(home / "status.json", ABOUT).write("ended")
    with pytest.raises(AssertionError, match="the broker is asked"):
        CliRunner().invoke(app, ["status", "--state", str(home.parent)], catch_exceptions=False)


def test_what_an_earlier_version_said_is_shown_too(home: Path) -> None:
    Watcher(home / "status.json", ABOUT | {"topic": None}).write("running")
    told = json.loads((home / "status.json").read_bytes())
    for name in ("lag", "reasons"):
        del told[name]
    (home / "status.json").write_text(json.dumps(told))
    assert f"running (process {os.getpid()})" in said(home)
