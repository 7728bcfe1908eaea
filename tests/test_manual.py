"""The manual says what is so: what it takes from code is there, and every command in it works."""

import importlib.util
import json
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest
from packaging.version import Version

from pipelines.cli import Commands
from pipelines.commands.lazy import load_command
from pipelines.core.events.event import TYPES
from pipelines.core.version import PIPELINE_VERSION
from schemas.catalog import load_schema, records

ROOT = Path(__file__).parent.parent
PAGES = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "deploy" / "manual").glob("*.md"))}
CODE = re.findall(r"^    (rasid .+?)(?: &)?$", "\n".join(PAGES.values()), re.MULTILINE)


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("manual_pages", ROOT / "deploy" / "manual_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_mark_is_filled_and_everything_made_is_shown(pages: ModuleType) -> None:
    marks = re.findall(r"<!-- made: (\w+) -->", "\n".join(PAGES.values()))
    assert sorted(marks) == sorted(pages.MADE)
    for text in PAGES.values():
        assert "<!-- made" not in pages.on_page_markdown(text)


def test_every_command_and_flag_is_there(pages: ModuleType) -> None:
    made = pages.MADE["commands"]()
    for name in Commands.names:
        assert f"## rasid {name}\n" in made
        for inner in getattr(load_command(name), "commands", {}):
            assert f"### rasid {name} {inner}\n" in made
    assert "`--entity-model" in made


def test_every_field_of_every_record_is_there(pages: ModuleType) -> None:
    made = pages.MADE["records"]()
    for record in records():
        section = made.partition(f"## {record}\n")[2]
        for field in load_schema(record)["fields"]:
            assert f"`{field['name']}`" in section


def test_the_codebook_has_every_type_with_an_example() -> None:
    rows = re.findall(r'^\| ([A-Z]+) \| .+ \| <span lang="ar">.+</span> \|$', PAGES["codebook.md"], re.MULTILINE)
    assert sorted(rows) == sorted(TYPES)


@pytest.mark.parametrize("line", CODE)
def test_every_command_shown_has_its_flags(line: str) -> None:
    words = shlex.split(line)[1:]
    command = load_command(words[0])
    if hasattr(command, "commands"):
        command = command.commands[words[1]]
    known = {flag for parameter in command.params for flag in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.integration
@pytest.mark.filterwarnings("ignore")
def test_the_manual_builds_strictly(tmp_path: Path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    for older in ("0.9.0", "0.10.0"):
        (tmp_path / older).mkdir()
        (tmp_path / older / "index.html").touch()
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path), strict=True))
    made = tmp_path / PIPELINE_VERSION
    assert {f"{name.removesuffix('.md')}.html" for name in PAGES} <= {path.name for path in made.iterdir()}
    assert 'dir="rtl"' in (made / "ar.html").read_text("utf-8")
    there = [one["version"] for one in json.loads((tmp_path / "versions.json").read_text("utf-8"))]
    assert there == sorted([PIPELINE_VERSION, "0.10.0", "0.9.0"], key=Version, reverse=True)
    assert f"{there[0]}/index.html" in (tmp_path / "index.html").read_text("utf-8")
