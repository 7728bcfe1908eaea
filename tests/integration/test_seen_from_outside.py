"""A real run, asked from outside: Prometheus, `rasid status` and its own last words tell the same numbers."""

import json
import signal

import psutil
import pytest

from connectors.local.ports import free_port
from tests.commands.test_endpoint import ask, numbers
from tests.integration.desk import Desk, rasid, sample
from tests.integration.running import Start, await_that

pytestmark = pytest.mark.integration


def test_a_run_tells_prometheus_what_it_tells_in_its_status(kafka: str, start: Start) -> None:
    desk, port = Desk(kafka, "outside"), free_port()
    desk.send(sample("refused.jsonl.gz"))
    desk.send(sample()[:40])
    run = start(desk, "--metrics", str(port), "--jobs", "2")
    run.await_lines(61)
    await_that(lambda: ask(port, "/healthz")[0] == 200, lambda: ask(port, "/healthz")[1])
    await_that(lambda: numbers(port)["rasid_messages_read_total", ""] == 61, lambda: str(numbers(port)))
    found = numbers(port)
    said = rasid("status", "--json", "--state", str(run.folder / "state"))
    status = json.loads(said.output)
    assert {name: found["rasid_messages_recorded_total", name] for name in status["written"] if name in OUTCOMES} == {
        name: count for name, count in status["written"].items() if name in OUTCOMES
    }
    assert found["rasid_messages_recorded_total", "rejection"] == 21
    assert sum(value for (name, _), value in found.items() if name == "rasid_rejections_total") == 21
    assert status["lag"] == {label: value for (name, label), value in found.items() if name == "rasid_lag_messages"}
    assert sum(status["lag"].values()) == 0
    assert found["rasid_arrival_to_record_seconds_count", ""] == 61
    assert 0 < found["rasid_reading_seconds_count", ""] <= 40
    assert found["rasid_state_entries", "duplicates"] > 0
    for reader in psutil.Process(run.process.pid).children(recursive=True):
        assert not [one for one in reader.net_connections("tcp") if one.status == psutil.CONN_LISTEN]
    run.stop(signal.SIGTERM)
    with pytest.raises(ConnectionRefusedError):
        ask(port, "/healthz")


OUTCOMES = ("article", "revision", "duplicate", "rejection")
