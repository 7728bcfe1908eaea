import re
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path

from pipelines.core.version import PIPELINE_VERSION

ROOT = Path(__file__).parents[2]
CITATION = (ROOT / "CITATION.cff").read_text("utf-8")


def cited(name: str) -> str:
    [found] = re.findall(rf"^{name}: (.+)$", CITATION, re.MULTILINE)
    return str(found).strip('"')


def test_the_version_is_written_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "version" in project["dynamic"]
    assert version("rasid") == PIPELINE_VERSION


def test_the_citation_has_what_its_format_asks_for_and_names_this_version() -> None:
    assert {"cff-version", "title", "message", "authors"} <= set(re.findall(r"^([\w-]+):", CITATION, re.MULTILINE))
    assert (cited("cff-version"), cited("version")) == ("1.2.0", PIPELINE_VERSION)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", cited("date-released"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert cited("license") == project["license"]


def test_the_changelog_begins_with_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == PIPELINE_VERSION


def test_a_commit_that_is_tagged_as_a_release_is_that_version() -> None:
    tags = subprocess.run(["git", "tag", "--points-at", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert {tag for tag in tags.stdout.split() if tag.startswith("v")} <= {f"v{PIPELINE_VERSION}"}
