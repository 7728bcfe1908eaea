"""A real Kafka for the tests, from packages alone, started once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.kafka.broker import LocalBroker
from connectors.kafka.jars import default_cache


@pytest.fixture(scope="session")
def jar_cache() -> Path:
    """Return where the jars lie; CI may keep them elsewhere through XDG_CACHE_HOME."""
    home = os.environ.get("XDG_CACHE_HOME")
    return Path(home) / "rasid" if home else default_cache()


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory, jar_cache: Path) -> Iterator[str]:
    """Yield the address of a broker: the one RASID_BOOTSTRAP names, or one of our own."""
    given = os.environ.get("RASID_BOOTSTRAP")
    if given:
        yield given
        return
    broker = LocalBroker(tmp_path_factory.mktemp("kafka"), cache=jar_cache)
    try:
        yield broker.start()
    finally:
        broker.stop()
