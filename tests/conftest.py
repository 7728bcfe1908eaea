"""What all tests share: how hard hypothesis tries, who runs them, and that Ctrl-C reaches what they start."""

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


SERVED = ("integration", "container", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what needs servers together: one worker starts them, and waits for them while another reckons."""
    for item in items:
        if any(item.get_closest_marker(name) for name in SERVED):
            item.add_marker(pytest.mark.xdist_group("servers"))


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what one run over the sample wrote."""
    from tests.golden.job import run_sample  # imports Beam, which most tests do without

    target = tmp_path_factory.mktemp("written")
    run_sample(target)
    return target
