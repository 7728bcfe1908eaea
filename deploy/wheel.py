"""How the wheel is put together: everything under the one name `rasid`.

In the tree, folders are called what they are: pipelines, schemas, connectors. Installed under such names they would
hide a user's own folder `pipelines`, or be hidden by it: whichever comes first on `sys.path`. So the wheel holds them
as `rasid.pipelines` and so on, and their imports are written so; nothing else is changed.
"""

import re
import shutil
from pathlib import Path

from setuptools.command.build_py import build_py

INNER = ("pipelines", "schemas", "connectors")
_NAMES = "|".join(INNER)
_NAMED = re.compile(
    rf'(^\s*(?:from|import) |\bfiles\(")(?=(?:{_NAMES})\b)|(")(?=(?:{_NAMES})(?:\.[a-z_]+)+")', re.MULTILINE
)


class BuildPy(build_py):
    """Build the packages, then move the inner ones under `rasid`; an editable install is left as the tree is."""

    def run(self) -> None:
        """Build."""
        root = Path(self.build_lib)
        if not self.editable_mode:
            shutil.rmtree(root / "rasid", ignore_errors=True)  # an earlier build's, with modules that are gone
        super().run()
        if self.editable_mode:
            return
        for name in INNER:
            shutil.move(root / name, root / "rasid" / name)
        for path in (root / "rasid").rglob("*.py"):
            path.write_text(rename(path.read_text("utf-8")), "utf-8")

    def get_source_files(self) -> list[str]:
        """Return what the source archive holds besides the rest: this file builds the wheel from it."""
        return [*super().get_source_files(), "deploy/wheel.py"]


def rename(source: str) -> str:
    """Return a module's source with inner packages under `rasid`: in imports, in `files`, and where a text names one.

    >>> rename("from pipelines.core.ids import digest")
    'from rasid.pipelines.core.ids import digest'
    >>> rename('rows = files("schemas")'), rename('{"schemas.errors": ("CannotRead",), "schemas": 1}')
    ('rows = files("rasid.schemas")', '{"rasid.schemas.errors": ("CannotRead",), "schemas": 1}')
    """
    return _NAMED.sub(lambda found: f"{found[0]}rasid.", source)
