import json

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from schemas.catalog import records, schema_text


def test_check_finds_the_contract_sound() -> None:
    result = CliRunner().invoke(app, ["schemas", "check"])
    assert (result.exit_code, "sound" in result.stdout) == (0, True)


def test_check_names_what_is_wrong_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.commands.schemas.check_schemas", lambda: ["event has no example."])
    result = CliRunner().invoke(app, ["schemas", "check"])
    assert (result.exit_code, result.stdout) == (1, "event has no example.\n")


def test_show_prints_a_schema_as_it_is_written() -> None:
    result = CliRunner().invoke(app, ["schemas", "show", "event", "--version", "1"])
    assert json.loads(result.stdout) == json.loads(schema_text("event", 1))


def test_show_alone_lists_every_record() -> None:
    shown = CliRunner().invoke(app, ["schemas", "show"]).stdout
    assert all(f" {record} " in shown for record in records())


@pytest.mark.parametrize("arguments", [["nothing"], ["event", "--version", "99"]])
def test_show_of_what_is_not_there_says_what_is(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, ["schemas", "show", *arguments])
    assert result.exit_code == 2
    assert "event" in result.stderr
