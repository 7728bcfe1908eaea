import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.message import Message
from pipelines.cli import app
from pipelines.commands.tail import full_name, read, show
from schemas.catalog import folder
from schemas.codec import encode
from schemas.plain_json import from_json, to_json

MEETING = from_json("event", (Path(str(folder())) / "examples/event/1/meeting.json").read_bytes())


def test_a_topic_of_ours_may_be_named_short() -> None:
    assert (full_name("rejections"), full_name("news")) == ("rasid.rejections", "news")


def test_shows_avro_and_json_and_says_what_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    raw = '{"source": "marfa", "title": "أمطار على الساحل"}'.encode()
    values = [encode("event", MEETING), b"\xc3\x01garbled!", raw]
    show([read(Message(value, "news", 0, offset)) for offset, value in enumerate(values)], as_json=False)
    shown = capsys.readouterr()
    assert "CONSULT visit" in shown.out
    assert "أمطار على الساحل" in shown.out
    assert shown.err.startswith("news/0@1: The message names an Avro schema")


def test_json_is_the_whole_record_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    show([read(Message(encode("event", MEETING), "rasid.events", 0, 0))] * 2, as_json=True)
    assert capsys.readouterr().out.encode() == (to_json(MEETING) + b"\n") * 2


def ask(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["tail", *arguments])


def test_a_runs_folder_is_shown_to_its_end(written: Path) -> None:
    rows = [json.loads(line) for line in ask("events", "--from", f"files:{written}", "--json").stdout.splitlines()]
    assert rows
    assert ask("event", "--from", f"files:{written}", "--json", "--last", "2").stdout.splitlines() == [
        to_json(from_json("event", json.dumps(row).encode())).decode() for row in rows[-2:]
    ]


def test_only_what_is_asked_for_is_shown(written: Path) -> None:
    result = ask("ledger", "--from", f"files:{written}", "--filter", "outcome=duplicate", "--json")
    outcomes = {json.loads(line)["outcome"] for line in result.stdout.splitlines()}
    assert outcomes == {"duplicate"}


def test_a_mistyped_record_suggests_the_nearest(written: Path) -> None:
    result = ask("evnts", "--from", f"files:{written}")
    assert (result.exit_code, "Did you mean events?" in result.stderr) == (2, True)
