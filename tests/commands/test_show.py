import re
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from pipelines.cli import app
from tests.golden.job import read


def show(written: Path, name: str) -> Any:
    return CliRunner().invoke(app, ["show", name, "--from", f"files:{written}"])


def test_an_event_stands_beside_the_words_of_each_article(written: Path) -> None:
    newest = max(read(written, "event"), key=lambda row: (len(row["evidence"]), row["version"]))
    done = show(written, newest["event_id"])
    assert done.exit_code == 0, done.output
    marked = re.findall("⟦(.+?)⟧", done.stdout)
    assert marked == [one["quote"]["text"].replace("\n", " ") for one in newest["evidence"]]


def test_other_records_are_shown(written: Path) -> None:
    for record in ("article", "rejection"):
        name = read(written, record)[0][f"{record}_id"]
        assert show(written, name).exit_code == 0


def test_an_unknown_id_is_told(written: Path) -> None:
    done = show(written, "nobody")
    assert done.exit_code == 2
    assert "There is no record 'nobody'" in done.stderr
