import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand
from typer.testing import CliRunner

from pipelines.cli import Commands, app
from pipelines.commands.lazy import EXPLAINED, load_command
from schemas.errors import RegistryFailed


@pytest.mark.parametrize("name", Commands.names)
def test_every_command_loads_and_explains_itself(name: str) -> None:
    assert load_command(name).name == name
    result = CliRunner().invoke(app, [name, "--help"])
    assert result.exit_code == 0
    assert len(result.stdout.split()) > 10


def test_help_has_a_line_for_every_command() -> None:
    lines = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).stdout.splitlines()
    for name in Commands.names:
        [line] = [line for line in lines if line.startswith(f"│ {name} ")]
        assert line.rstrip(" │").endswith(".")


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(app, ["nonsense"]).exit_code == 2


def test_a_mistyped_command_suggests_the_nearest() -> None:
    assert "Did you mean tail?" in CliRunner().invoke(app, ["tial"]).stderr


def test_an_option_given_twice_is_refused_where_the_first_would_be_lost() -> None:
    twice = CliRunner().invoke(app, ["query", "FROM events", "--from", "files:one", "--from=files:two"])
    assert twice.exit_code == 2
    assert "--from is given twice" in twice.stderr
    several = CliRunner().invoke(app, ["export", "--type", "PROTEST", "--type", "AID", "--from", "files:not-here"])
    assert "given twice" not in several.stderr


def test_a_library_that_is_not_installed_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    code, told, _ = call(monkeypatch, ModuleNotFoundError("No module named 'kafka.errors'", name="kafka.errors"))
    assert code == 2
    assert told == "rasid: This needs kafka, which is not installed: pip install 'rasid[stream]'.\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [("rasid ta", "tail"), ("rasid tail --fr", "--from"), ("rasid topics l", "list"), ("rasid tail ev", "events")],
)
def test_the_shell_completes_commands_and_flags(words: str, found: str) -> None:
    asked = {"_RASID_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    done = subprocess.run(
        [Path(sys.executable).parent / "rasid"], env=os.environ | asked, capture_output=True, check=False
    )
    assert found in done.stdout.decode().split()


@pytest.mark.parametrize(("module", "names"), EXPLAINED.items())
def test_the_explained_errors_exist(module: str, names: tuple[str, ...]) -> None:
    found = pytest.importorskip(module)
    assert all(issubclass(getattr(found, name), Exception) for name in names)


def call(monkeypatch: pytest.MonkeyPatch, error: Exception) -> tuple[int, str, BaseException | None]:
    def fail() -> None:
        raise error

    single = typer.Typer()
    single.command("audit")(fail)
    command = typer.main.get_command(single)
    assert isinstance(command, TyperCommand)
    monkeypatch.setattr("pipelines.commands.lazy.load_command", lambda name: command)
    result = CliRunner().invoke(app, ["audit"])
    return result.exit_code, result.stderr, result.exception


def test_an_error_that_can_be_mended_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    code, told, _ = call(monkeypatch, RegistryFailed("No answer."))
    assert (code, told) == (2, "rasid: No answer.\n")


def test_a_bug_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    bug = ZeroDivisionError()
    assert call(monkeypatch, bug)[2] is bug
