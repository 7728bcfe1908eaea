"""Find the Prism runner, a program of its own, or build it from Go's packages."""

import os
import shutil
import subprocess
from pathlib import Path

import apache_beam

from pipelines.options import WrongOption

MODULE = "github.com/apache/beam/sdks/v2/go/cmd/prism"


def find_prism() -> str:
    """Return the path of the Prism binary that belongs to this Beam, building it once where Go is installed."""
    binary = prism_cache() / "prism"
    if binary.exists():
        return str(binary)
    go = shutil.which("go")
    if go is None:
        raise WrongOption(
            "Prism, the runner for endless input, is not here. Install Go (go.dev) and run again, or download "
            f"prism v{apache_beam.__version__} from Beam's releases and add --prism_location=PATH."
            " Or read to the end: --drain."
        )
    _build(go, binary)
    return str(binary)


def prism_cache() -> Path:
    """Return the folder where the binary of this version is kept between runs."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "rasid" / f"prism-{apache_beam.__version__}"


def _build(go: str, binary: Path) -> None:
    environment = {**os.environ, "GOBIN": str(binary.parent), "GOFLAGS": "-mod=mod"}
    binary.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [go, "install", f"{MODULE}@v{apache_beam.__version__}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise WrongOption(f"Go could not build Prism: {done.stderr.strip()[-600:]}")
