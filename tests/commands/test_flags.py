from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.core import TyperCommand
from typer.testing import CliRunner, Result

from connectors.kafka.security import Security, WrongSecurity, read_security
from pipelines.cli import app
from pipelines.commands.flags import KafkaPassword, Registry, beam_flags
from pipelines.inputs import Decoder
from pipelines.options import FileSource, Settings

Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Return what calls a command that has some of `run`'s flags, and tells what it was given."""

    def run(
        context: typer.Context,
        to: Annotated[list[str], typer.Option("--to")],
        drain: Annotated[bool, typer.Option("--drain")] = False,
        registry: Registry = None,
        password: KafkaPassword = None,
    ) -> None:
        typer.echo([to, drain, registry, password, beam_flags(context.args)])

    single = typer.Typer()
    single.command("run", context_settings={"allow_extra_args": True})(run)
    command = typer.main.get_command(single)
    assert isinstance(command, TyperCommand)
    monkeypatch.setattr("pipelines.commands.lazy.load_command", lambda name: command)
    return lambda *words, **env: CliRunner().invoke(app, ["run", *words], env=env)


def test_a_mistyped_flag_is_refused_with_the_nearest_real_one(call: Call) -> None:
    result = call("--to", "files:out", "--drian")
    assert result.exit_code == 2
    assert result.stderr == "rasid: There is no --drian. Did you mean --drain? Beam's own flags go behind --.\n"
    assert result.stdout == ""


@pytest.mark.parametrize("flag", ["--prism_location=/usr/bin/prism", "--streaming", "-x"])
def test_a_flag_of_beams_before_the_dashes_is_refused_and_says_where_it_goes(call: Call, flag: str) -> None:
    result = call("--to", "files:out", flag)
    assert result.exit_code == 2
    assert "There is no -" in result.stderr
    assert result.stderr.endswith(" Beam's own flags go behind --.\n")


def test_what_stands_behind_the_dashes_is_beams_as_it_is(call: Call) -> None:
    result = call("--to", "files:out", "--drain", "--", "--streaming", "--drian", "--experiments", "one")
    expected = [["files:out"], True, None, None, ("--streaming", "--drian", "--experiments", "one")]
    assert result.output == f"{expected}\n"


@pytest.mark.parametrize("behind", [[], ["--", "--streaming"]])
def test_a_word_that_belongs_to_no_flag_is_refused(call: Call, behind: list[str]) -> None:
    result = call("--to", "files:a.jsonl", "b.jsonl", *behind)
    assert result.exit_code == 2
    assert result.stderr.startswith("rasid: 'b.jsonl' belongs to no flag.")


def test_a_password_on_the_command_line_is_warned_of_and_not_repeated(call: Call) -> None:
    result = call("--to", "a", "--kafka-password", "sesame")
    assert result.exit_code == 0
    assert result.stderr.startswith("rasid: --kafka-password puts a password on the command line")
    assert "set RASID_KAFKA_PASSWORD or write it into the file of --kafka-config instead" in result.stderr
    assert "sesame" not in result.stderr
    assert call("--to", "a", RASID_KAFKA_PASSWORD="sesame").stderr == ""


def test_a_registrys_password_on_the_command_line_is_warned_of_too(call: Call) -> None:
    secret, plain = "https://amal:sesame@one:8081", "https://one:8081"
    result = call("--to", "a", "--registry", secret)
    assert result.stderr.startswith("rasid: --registry puts a password on the command line")
    assert "set RASID_REGISTRY instead" in result.stderr
    assert "sesame" not in result.stderr
    assert call("--to", "a", "--registry", plain).stderr == ""
    unseen = call("--to", "a", RASID_REGISTRY=secret)
    assert (unseen.exit_code, unseen.stderr) == (0, "")


def test_what_is_no_address_of_a_registry_is_refused(call: Call) -> None:
    result = call("--to", "a", "--registry", "one:8081")
    assert result.exit_code == 2
    assert "http://" in result.stderr


@pytest.mark.parametrize(
    "shown",
    [
        Security("SASL_SSL", "PLAIN", "amal", "sesame"),
        Security("SASL_SSL", "PLAIN", "amal", "sesame").connect("one"),
        Settings(FileSource(()), to_files="out", registry="https://amal:sesame@one:8081"),
        Decoder(registry="https://amal:sesame@one:8081"),
    ],
)
def test_no_password_is_shown_where_a_setting_is_printed(shown: object) -> None:
    assert "sesame" not in repr(shown)


def test_a_password_from_the_environment_goes_before_the_files(tmp_path: Path) -> None:
    file = tmp_path / "kafka.toml"
    file.write_text('security_protocol = "SASL_SSL"\nsasl_mechanism = "PLAIN"\nusername = "amal"\npassword = "old"\n')
    assert read_security(file).password == "old"
    assert read_security(file, "new").password == "new"


def test_a_file_with_something_else_than_text_is_refused_without_showing_it(tmp_path: Path) -> None:
    file = tmp_path / "kafka.toml"
    file.write_text("password = 271828\n")
    with pytest.raises(WrongSecurity, match=r"password must be text in quotes\.$") as caught:
        read_security(file)
    assert "271828" not in str(caught.value)
