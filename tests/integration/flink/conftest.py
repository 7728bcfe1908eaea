"""A real Flink of two TaskManagers for the tests, from packages alone, started once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.flink.local_cluster import LocalFlink


@pytest.fixture(scope="session")
def flink(tmp_path_factory: pytest.TempPathFactory, jar_cache: Path) -> Iterator[LocalFlink]:
    """Yield a cluster that runs."""
    cluster = LocalFlink(tmp_path_factory.mktemp("flink"), 2, cache=jar_cache)
    try:
        cluster.start()
        yield cluster
    finally:
        assert cluster.stop()
        assert cluster.status() is None
