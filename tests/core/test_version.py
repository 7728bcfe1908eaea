import tomllib
from pathlib import Path

from pipelines.core.version import PIPELINE_VERSION


def test_the_version_in_every_record_is_the_projects() -> None:
    project = Path(__file__).parents[2] / "pyproject.toml"
    assert tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"] == PIPELINE_VERSION
