"""What all tests share: how hard hypothesis tries, and that Ctrl-C reaches what they start."""

import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples every time, so that a run tells of the code alone; `python -m tests.fuzz` looks further.
settings.register_profile(
    "rasid", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("rasid")

# A shell ignores Ctrl-C in what it starts in the background, and so would all that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what one run over the sample wrote."""
    from tests.golden.job import run_sample  # imports Beam, which most tests do without

    target = tmp_path_factory.mktemp("written")
    run_sample(target)
    return target
