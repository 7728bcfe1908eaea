import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.commands import logs

BODY = "نص الخبر الذي لا يخرج"


@pytest.fixture
def json_lines() -> Iterator[None]:
    hook = sys.excepthook
    logs.set_up("json")
    yield
    logs.set_up("text")
    sys.excepthook = hook


def test_a_line_of_json_holds_the_ids_it_is_given(json_lines: None, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("rasid").info("Read %d of them.", 3, extra={"topic": "news", "partition": 0, "offset": 7})
    line = json.loads(capsys.readouterr().err)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info",
        "logger": "rasid",
        "message": "Read 3 of them.",
        "topic": "news",
        "partition": 0,
        "offset": 7,
    }


def test_a_line_of_json_holds_no_text_that_an_error_speaks_of(
    json_lines: None, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise ValueError(BODY)
    except ValueError:
        logging.getLogger("apache_beam.worker").exception("Error in bundle 7\nValueError: %s", BODY)
    [written] = capsys.readouterr().err.splitlines()
    line = json.loads(written)
    assert BODY not in written
    assert (line["message"], line["error"]) == ("Error in bundle 7", "ValueError")
    assert "test_logs.py" in line["at"][0]


def test_a_sentence_says_who_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("text")
    logs.set_up("text")
    logging.getLogger("rasid.kafka").info("Kafka at %s answers again.", "one:9092")
    logging.getLogger("apache_beam.worker").error("No.")
    logging.getLogger("apache_beam.worker").info("Not said.")
    assert capsys.readouterr().err == "rasid: Kafka at one:9092 answers again.\napache_beam: No.\n"


def test_an_error_that_can_be_mended_is_a_line_of_json_too() -> None:
    asked = ["audit", "--from", "files:nowhere/*.jsonl", "--to", "files:nowhere"]
    for result in (
        CliRunner().invoke(app, ["--log", "json", *asked]),
        CliRunner().invoke(app, asked, env={"RASID_LOG": "json"}),
    ):
        assert result.exit_code == 2
        line = json.loads(result.stderr)
        assert line["level"] == "error"
        assert "nowhere" in line["message"]


def test_a_bug_is_a_line_of_json_too() -> None:
    code = f"from pipelines.commands import logs; logs.set_up('json'); raise KeyError({BODY!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    line = json.loads(done.stderr)
    assert (line["level"], line["error"]) == ("critical", "KeyError")
    assert BODY not in done.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_beam_says_nothing_as_it_is_imported(form: str) -> None:
    asked = [sys.executable, "-m", "pipelines.cli", "--log", form, "run", "--from", "files:nowhere", "--to", "files:no"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "nowhere" in done.stderr
