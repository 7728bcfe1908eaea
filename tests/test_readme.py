"""The README tells people what to type: every command in it must be one that works."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^    (rasid .+?)(?: +#.*)?$", README, flags=re.MULTILINE)
MADE = re.findall(r"^    make ([\w-]+)", README, flags=re.MULTILINE)
GROUPS = {"broker", "flink", "topics", "rejections", "schemas"}
TOP_LEVEL = {"pipelines", "schemas", "connectors", "tests", "deploy", "pyproject.toml", "README.md"}


def rasid(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *arguments], input=given, capture_output=True, check=False, cwd=ROOT
    )


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS) > 8
    assert MADE == ["demo", "test", "manual"]


@pytest.mark.parametrize("target", MADE)
def test_every_make_target_of_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_exists_with_its_flags(command: str) -> None:
    words = shlex.split(command.partition(" < ")[0])[1:]
    named = words[: 2 if words[0] in GROUPS else 1]
    shown = rasid(*named, "--help")
    assert shown.returncode == 0, shown.stderr.decode()
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown.stdout.decode())
    for flag in (word for word in words if word.startswith("--")):
        assert flag in text, f"{command!r}: no flag {flag}"


def test_the_tree_of_the_readme_is_the_tree() -> None:
    tree = README.partition("## The tree")[2]
    for name in re.findall(r"^ {4,12}([a-z_]+/|[a-z_]+\.py)", tree, flags=re.MULTILINE):
        assert list(ROOT.rglob(name.rstrip("/"))), f"{name} is in the README and not in the tree"


def test_nothing_stands_beside_the_fixed_top_level_but_what_tools_expect() -> None:
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, check=True, cwd=ROOT).stdout.decode()
    top = {line.partition("/")[0] for line in tracked.splitlines()}
    assert top - TOP_LEVEL <= {"Makefile", "LICENSE", "CHANGELOG.md", "CITATION.cff", "mkdocs.yml", ".ci", ".gitignore"}


def test_the_pipeline_runs_from_files_to_files_as_the_readme_says(tmp_path: Path) -> None:
    source = ROOT / "pipelines" / "resources" / "sample" / "articles.jsonl"
    done = rasid("run", "--from", f"files:{source}", "--to", f"files:{tmp_path}", "--drain")
    assert done.returncode == 0, done.stderr.decode()
    assert {path.name for path in tmp_path.iterdir()} >= {"article", "duplicate", "event", "ledger", "trend"}


def test_normalize_works_as_the_readme_says() -> None:
    done = rasid("normalize", given='{"raw": "أَعْلَنَ\u00a0الوزيـر"}\n'.encode())
    assert done.returncode == 0, done.stderr.decode()
    assert '"folded":"اعلن الوزير"' in done.stdout.decode().replace(": ", ":")
