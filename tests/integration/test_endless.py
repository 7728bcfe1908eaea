"""`rasid run` without an end, as somebody would leave it running."""

import signal
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.integration.desk import Desk, decode_all, rasid, sample
from tests.integration.running import Start

pytestmark = pytest.mark.integration


def assert_nothing_is_lost(desk: Desk, told: dict[str, dict[bytes, Any]]) -> None:
    """Compare with what a bounded run told: an article that came before what it copies is kept, one too many."""
    found = {record: desk.newest(record) for record in told}
    assert {key: found["article"].get(key) for key in told["article"]} == told["article"]
    assert found["event"].keys() >= told["event"].keys()
    copies = {row["article_id"] for row in told["duplicate"].values()}
    assert {row["article_id"] for key, row in found["article"].items() if key not in told["article"]} <= copies


def test_an_endless_run_answers_what_comes_and_another_goes_on_where_it_was_stopped(kafka: str, start: Start) -> None:
    desk, bounded = Desk(kafka, "endless"), Desk(kafka, "bounded")
    messages = sample()
    bounded.send(messages)
    assert bounded.drain().exit_code == 0
    told = {record: bounded.newest(record) for record in ("article", "duplicate", "event")}
    trends = bounded.newest("trend").keys()
    assert trends
    desk.before = desk.ends()

    desk.send(sample("refused.jsonl.gz"))
    desk.send(messages[:60])
    run = start(desk)
    run.await_lines(81)
    readers = psutil.Process(run.process.pid).children(recursive=True)
    assert psutil.Process(run.process.pid).net_connections("tcp")
    for one in (psutil.Process(run.process.pid), *readers):
        assert not [each for each in one.net_connections() if each.status == psutil.CONN_LISTEN]
    desk.send(messages[60:90])
    run.await_lines(111)
    run.stop(signal.SIGINT)
    assert "articles" in run.log, "what became of the messages"
    assert not [one for one in readers if one.is_running()], "no reader outlives its run"

    desk.send(messages[90:])
    run.start()
    run.await_lines(122)
    run.stop(signal.SIGTERM)

    lines = desk.lines()
    assert len(lines) == 122
    assert sum(row["outcome"] == "rejection" for row in lines.values()) == 21
    assert_nothing_is_lost(desk, told)
    assert desk.audit().output == "clean: 122 messages, each with its one line\n"
    assert desk.drain("--state", str(run.folder / "state")).exit_code == 0
    assert desk.newest("trend").keys() >= trends, "what the endless run left open is told at the end"
    decode_all(desk)


def test_a_second_run_between_the_same_places_is_refused(kafka: str, start: Start, tmp_path: Path) -> None:
    desk = Desk(kafka, "twice")
    desk.send(sample()[:5])
    run = start(desk, "--to", f"files:{tmp_path}/out")
    run.await_lines(5)
    same = rasid("run", *desk.places, "--to", f"files:{tmp_path}/out", "--drain", "--state", f"{tmp_path}/state")
    assert (same.exit_code, "Another run" in same.stderr) == (2, True)
    other = Desk(kafka, "other")
    folder = rasid("run", *other.places, "--to", f"files:{tmp_path}/out", "--drain", "--state", f"{tmp_path}/other")
    assert (folder.exit_code, "Another run is writing to" in folder.stderr) == (2, True)
    run.stop()


def test_what_a_run_says_of_itself_is_there_while_it_runs(kafka: str, start: Start) -> None:
    desk = Desk(kafka, "watched")
    desk.send(sample()[:5])
    run = start(desk)
    run.await_lines(5)
    desk.send(sample()[5:8])
    run.await_lines(8)
    said = rasid("status", "--state", str(run.folder / "state"))
    assert said.exit_code == 0
    assert "watched" in said.output
    assert "running" in said.output
    run.stop()
    assert "ended" in rasid("status", "--state", str(run.folder / "state")).output
    assert "Nothing new" not in run.log
    run.start()
    run.stop()
    assert "Nothing new came while it ran." in run.log
