"""Whoever asks from outside how a run is gets the numbers that it tells itself."""

import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

from connectors.local.ports import free_port
from connectors.message import Message
from pipelines.batches.progress import Progress
from pipelines.cli import app
from pipelines.commands import endpoint, watch
from pipelines.commands.endpoint import parse_address, served
from pipelines.commands.metrics import METRICS
from pipelines.commands.watch import Watcher
from pipelines.core.rejection import Undecodable
from pipelines.options import WrongOption
from pipelines.transforms.deliver_records import deliver_rejection
from pipelines.transforms.readers import READERS
from pipelines.transforms.refused import Refused

NOW = 1_773_136_800.0


@pytest.fixture
def run(tmp_path: Path) -> Watcher:
    return Watcher(tmp_path / "status.json", {"from": "kafka://one:9092/news"})


@pytest.fixture
def port(run: Watcher) -> Iterator[int]:
    port = free_port()
    with served(run, (endpoint.LOOPBACK, port)):
        yield port


def ask(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection(endpoint.LOOPBACK, port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def numbers(port: int) -> dict[tuple[str, str], float]:
    """Return every number of ours by its name and the value of its label."""
    status, text = ask(port, "/metrics")
    assert status == 200
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return {(one.name, "".join(one.labels.values())): one.value for one in samples if one.name.startswith("rasid_")}


def refused() -> Any:
    return deliver_rejection(Refused(Message(b"{", "t", 2, 7), "decode", Undecodable("It is cut short.")))


def test_prometheus_reads_what_the_run_has_counted(run: Watcher, port: int) -> None:
    progress = Progress(has_begun=True, lag={0: 5, 11: 0}, state_bytes=77, reached=1_773_136_800_500)
    progress.written = Counter(article=3, event=9)
    progress.add([Message(b"{", "t", 2, 7, timestamp=int(NOW * 1000) - 400), Message(b"", "t", 2, 8)], [refused()], NOW)
    run(progress)
    found = numbers(port)
    assert found["rasid_messages_read_total", ""] == 2
    assert found["rasid_messages_recorded_total", "article"] == 3
    assert found["rasid_messages_recorded_total", "rejection"] == 1
    assert found["rasid_messages_recorded_total", "duplicate"] == 0, "what never came has its zero"
    assert found["rasid_rejections_total", "undecodable"] == 1
    assert found["rasid_rejections_total", "not_arabic"] == 0
    assert found["rasid_merged_records_total", "event"] == 9
    assert (found["rasid_lag_messages", "0"], found["rasid_lag_messages", "11"]) == (5, 0)
    assert found["rasid_event_timestamp_seconds", ""] == 1_773_136_800.5
    assert found["rasid_state_bytes", ""] == 77
    assert found["rasid_arrival_to_record_seconds_bucket", "0.25"] == 0
    assert found["rasid_arrival_to_record_seconds_bucket", "0.5"] == 1
    assert found["rasid_arrival_to_record_seconds_bucket", "+Inf"] == 1
    assert found["rasid_arrival_to_record_seconds_count", ""] == 1
    assert found["rasid_arrival_to_record_seconds_sum", ""] == pytest.approx(0.4)
    assert found["rasid_publication_to_record_seconds_count", ""] == 0, "a rejection has no publication"


def test_the_status_file_says_the_same(run: Watcher, tmp_path: Path) -> None:
    progress = Progress(lag={0: 5})
    progress.add([], [refused(), refused()], NOW)
    run(progress)
    said = json.loads((tmp_path / "status.json").read_bytes())
    assert (said["lag"], said["reasons"], said["written"]) == ({"0": 5}, {"undecodable": 2}, {"rejection": 2})


def test_every_metric_is_there_from_the_first_moment_but_what_is_not_known_yet(port: int) -> None:
    there = {name for name, _ in numbers(port)}
    histograms = {metric.name for metric in METRICS if metric.kind == "histogram"}
    known = {metric.name for metric in METRICS} - histograms | {f"{name}_count" for name in histograms}
    assert known - there == {"rasid_event_timestamp_seconds", "rasid_lag_messages", "rasid_state_entries"}


def test_a_run_that_has_not_begun_is_alive_and_not_ready(port: int) -> None:
    assert ask(port, "/healthz/live")[0] == 200
    assert ask(port, "/healthz/ready")[0] == 503
    status, said = ask(port, "/healthz")
    assert status == 503
    assert json.loads(said) | {"silent_s": 0} == {
        **{"alive": True, "ready": False, "progressing": True, "silent_s": 0, "waiting_s": 0.0, "read": 0},
        **{"said": "0 read, 0 recorded, 0 event records"},
    }


def test_a_run_that_reads_is_well(run: Watcher, port: int) -> None:
    run(Progress(has_begun=True))
    assert [ask(port, path)[0] for path in endpoint.CHECKS] == [200, 200, 200]


def test_a_run_that_waits_for_kafka_is_not_ready_and_no_restart_is_asked_for(run: Watcher, port: int) -> None:
    run(Progress(has_begun=True, waiting=30.0))
    assert [ask(port, path)[0] for path in endpoint.CHECKS] == [503, 200, 503]
    assert json.loads(ask(port, "/healthz")[1])["said"].startswith("Kafka does not answer, for 30 s")
    assert numbers(port)["rasid_waiting_seconds", ""] == 30
    assert numbers(port)["rasid_ready", ""] == 0


def test_a_run_that_is_stuck_is_told_by_the_rule_that_ends_it(run: Watcher, port: int) -> None:
    run(Progress(has_begun=True))
    run.heard = time.monotonic() - watch.STUCK_AFTER_S - 1
    assert [ask(port, path)[0] for path in endpoint.CHECKS] == [503, 503, 200]


def test_another_path_says_which_there_are(port: int) -> None:
    status, said = ask(port, "/")
    assert (status, "/metrics" in said, "/healthz" in said) == (404, True, True)


def test_nothing_listens_without_an_address_nor_after_the_run(run: Watcher) -> None:
    def listening() -> set[int]:
        found = psutil.Process().net_connections("tcp")
        return {one.laddr.port for one in found if one.status == psutil.CONN_LISTEN}

    before, port = listening(), free_port()
    with served(run, None):
        assert listening() == before
    with served(run, (endpoint.LOOPBACK, port)):
        assert listening() == before | {port}
    assert listening() == before


def test_a_reader_that_is_forked_while_it_listens_does_not(run: Watcher) -> None:
    port, others = free_port(), set(psutil.Process().children())
    with served(run, (endpoint.LOOPBACK, port)):
        READERS.start(2, "fast")
        try:
            children = set(psutil.Process().children()) - others
            assert children
            listening = [one for child in children for one in child.net_connections("tcp")]
            assert [one for one in listening if one.status == psutil.CONN_LISTEN] == []
            assert ask(port, "/healthz/live")[0] == 200
        finally:
            READERS.stop()


@pytest.mark.parametrize("text", ["", "news", "one:", "0", "70000", "-1", "1.5", "one:٣"])
def test_an_address_that_is_none_is_said(text: str) -> None:
    with pytest.raises(WrongOption, match="give a port"):
        parse_address(text)


def test_a_port_that_is_taken_is_said_in_one_sentence_and_nothing_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n")
    with socket.create_server((endpoint.LOOPBACK, 0)) as other:
        taken = other.getsockname()[1]
        flags = ["--drain", "--jobs", "1", "--state", f"{tmp_path}/state", "--metrics", str(taken)]
        words = ["run", "--from", f"files:{tmp_path}/a.jsonl", "--to", f"files:{tmp_path}/out", *flags]
        told = CliRunner().invoke(app, words)
    assert told.exit_code == 2
    assert told.stderr == (
        f"rasid: --metrics: nothing can listen on port {taken} of 127.0.0.1: Address already in use. Name another.\n"
    )
    assert not (tmp_path / "out").exists()
