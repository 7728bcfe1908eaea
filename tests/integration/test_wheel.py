"""What `pip install rasid` gives, tried in an environment of its own, beside folders with the names of ours.

The libraries are those of this environment, reached by a path: nothing is fetched, and nothing of this tree is there.
"""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from pipelines.core.version import PIPELINE_VERSION

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "pipelines" / "resources" / "sample" / "articles.jsonl"
LEFT_OUT = {".png"}
TEXT = "التقى وزير الخارجية المصري في بغداد اليوم رئيس الوزراء العراقي."


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source archive, and the wheel from it alone."""
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(ROOT)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    [found] = target.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment that has the libraries and not this tree; return its programs' folder."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=False)
    programs = home / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "--no-deps", "--quiet"]
    subprocess.run([*pip, str(wheel)], check=True)
    [packages] = home.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return programs


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """Return a folder of somebody's own that has packages with the names of ours."""
    for name in ("pipelines", "schemas", "connectors"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("MINE = True\n")
    return tmp_path


def run(bare: Path, beside: Path, program: str, *arguments: str, given: bytes = b"") -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(bare / program), *arguments], input=given, capture_output=True, check=False, cwd=beside, env=clean
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout.decode()


def test_the_wheel_takes_one_name_and_holds_every_file_of_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    assert {name.partition("/")[0] for name in names} == {"rasid", f"rasid-{PIPELINE_VERSION}.dist-info"}
    tracked = subprocess.run(
        ["git", "ls-files", "pipelines", "schemas", "connectors"], capture_output=True, check=True, cwd=ROOT
    )
    ours = [Path(line) for line in tracked.stdout.decode().splitlines()]
    data = [path for path in ours if path.suffix not in LEFT_OUT and path.parts[:2] != ("pipelines", "training")]
    wanted = {f"rasid/{path}".replace("rasid/pipelines/rasid/", "rasid/") for path in map(Path.as_posix, data)}
    assert wanted - names == set()


def test_import_rasid_leaves_names_of_others_alone(bare: Path, beside: Path) -> None:
    code = (
        f"import rasid, pipelines, schemas, connectors\n"
        f"article = rasid.read({TEXT!r})\n"
        "print(rasid.__version__, article.events[0].type, pipelines.MINE and schemas.MINE and connectors.MINE)"
    )
    assert run(bare, beside, "python", "-c", code).split() == [PIPELINE_VERSION, "CONSULT", "True"]


def test_what_names_a_module_of_ours_names_it_as_it_is_called_there(bare: Path, beside: Path) -> None:
    code = (
        "from importlib import import_module\n"
        "from rasid.pipelines.commands.lazy import EXPLAINED\n"
        "from rasid.connectors.flink.job_server import flink_jars\n"
        "from rasid.connectors.kafka.local.broker import kafka_jars\n"
        "kinds = [getattr(import_module(module), name) for module, names in EXPLAINED.items() for name in names]\n"
        "assert all(kind.__module__ in EXPLAINED for kind in kinds)\n"
        "assert flink_jars() and kafka_jars()"
    )
    run(bare, beside, "python", "-c", code)


def test_the_commands_work_outside_the_tree(bare: Path, beside: Path) -> None:
    assert run(bare, beside, "rasid", "--version") == f"rasid {PIPELINE_VERSION}\n"
    assert "--provision_endpoint" in run(bare, beside, "rasid-flink-worker", "--help")
    assert "CONSULT" in run(bare, beside, "rasid", "annotate", given=SAMPLE.read_bytes())
    assert run(bare, beside, "rasid", "schemas", "check").rstrip().endswith("are sound.")
    some = beside / "some.jsonl"
    some.write_bytes(b"".join(SAMPLE.read_bytes().splitlines(keepends=True)[:8]))
    run(bare, beside, "rasid", "run", "--from", f"files:{some}", "--to", "files:out", "--drain", "--state", "state")
    run(bare, beside, "rasid", "export", "--from", "files:out", "--to", "articles.jsonl", "--table", "articles")
    rows = [json.loads(line) for line in (beside / "articles.jsonl").read_bytes().splitlines()]
    assert {row["pipeline_version"] for row in rows} == {PIPELINE_VERSION}
    assert "clean: 8 messages" in run(bare, beside, "rasid", "audit", "--from", f"files:{some}", "--to", "files:out")
