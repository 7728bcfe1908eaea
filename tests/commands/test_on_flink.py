import re

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.commands import on_flink
from pipelines.commands.on_flink import flink_address
from pipelines.options import WrongOption

PLACES = ["--from", "kafka://127.0.0.1:1/news", "--to", "kafka://127.0.0.1:1"]


def none_runs() -> str:
    raise WrongOption("No Flink runs here.")


@pytest.mark.parametrize(
    ("given", "beam", "address"),
    [
        ("one:8081", (), "one:8081"),
        ("http://one:8081/", (), "one:8081"),
        (None, ("--flink_master=two:8081",), "two:8081"),
        (None, ("--flink_master", "http://two:8081"), "two:8081"),
        ("one:8081", ("--flink_master=two:8081",), "one:8081"),
    ],
)
def test_a_cluster_is_named_by_our_flag_or_by_beams(given: str | None, beam: tuple[str, ...], address: str) -> None:
    assert flink_address(given, beam) == address


def test_else_it_is_the_local_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_flink, "local_flink", lambda: "127.0.0.1:8081")
    assert flink_address(None, ("--parallelism=2",)) == "127.0.0.1:8081"
    monkeypatch.setattr(on_flink, "local_flink", none_runs)
    with pytest.raises(WrongOption, match="No Flink runs here"):
        flink_address(None, ())


@pytest.mark.parametrize("flag", [["--savepoint", "file:///saved"], ["--flink", "one:8081"]])
def test_what_is_for_a_cluster_is_refused_on_this_machine(flag: list[str]) -> None:
    refused = CliRunner().invoke(app, ["run", *flag, *PLACES])
    assert refused.exit_code == 2
    assert "this is for --runner flink" in re.sub(r"[\s│]+", " ", refused.stderr)


def test_what_is_for_this_machine_is_refused_on_a_cluster() -> None:
    refused = CliRunner().invoke(app, ["run", "--runner", "flink", "--metrics", "9464", *PLACES])
    assert refused.exit_code == 2
    assert "this is for a run on this machine" in re.sub(r"[\s│]+", " ", refused.stderr)
