from pathlib import Path

import pytest

from tests.golden.job import run_sample


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what one run over the sample wrote."""
    target = tmp_path_factory.mktemp("written")
    run_sample(target)
    return target
