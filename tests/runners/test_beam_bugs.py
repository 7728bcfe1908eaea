import importlib.util
import logging
import sys
import threading
from queue import Queue
from types import ModuleType
from typing import Any

import pytest
from apache_beam.runners.worker import sdk_worker, statecache

from pipelines.runners.beam_bugs import estimate_state_sizes_cheaply, let_workers_end_silently


class Spied(ModuleType):
    """A module that counts how often somebody looks over its globals."""

    looks = 0

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        Spied.looks += 1
        return {}


@pytest.fixture
def spied(monkeypatch: pytest.MonkeyPatch) -> type[Spied]:
    monkeypatch.setattr(Spied, "looks", 0)
    monkeypatch.setitem(sys.modules, "spied", Spied("spied"))
    return Spied


def test_beam_still_looks_over_all_loaded_modules_to_size_one_state(spied: type[Spied]) -> None:
    """When this fails, Beam has mended it: remove `estimate_state_sizes_cheaply`."""
    spec = importlib.util.find_spec(statecache.__name__)
    assert spec is not None
    assert spec.loader is not None
    as_beam_ships_it = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(as_beam_ships_it)
    as_beam_ships_it.get_deep_size(b"state")
    assert spied.looks > 0


def test_the_work_around_looks_at_the_state_alone(spied: type[Spied], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statecache, "get_deep_size", statecache.get_deep_size)
    estimate_state_sizes_cheaply()
    assert 100 < statecache.get_deep_size(b"x" * 100) < 200
    assert spied.looks == 0


class Request:
    instruction_id = "inst1"


class Harness:
    """As much of Beam's worker as it takes to fail at an instruction."""

    def __init__(self) -> None:
        self._responses: Queue[object] = Queue()


def fail() -> None:
    raise ConnectionError("the runner is gone")


def test_beams_worker_still_prints_what_it_also_logs(capsys: pytest.CaptureFixture[str]) -> None:
    """When this fails, Beam has mended it: `let_workers_end_silently` can do with less."""
    sdk_worker.SdkHarness._execute(Harness(), fail, Request)
    assert "ConnectionError" in capsys.readouterr().err


def test_a_run_told_to_stop_ends_without_traces(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sdk_worker, "print", print, raising=False)
    try:
        let_workers_end_silently()
        sdk_worker.SdkHarness._execute(Harness(), fail, Request)
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    finally:
        logging.disable(logging.NOTSET)
    assert capsys.readouterr().err == ""
