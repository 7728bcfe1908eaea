import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from connectors.message import Message
from pipelines.batches.progress import Progress
from pipelines.commands import watch
from pipelines.commands.watch import Watcher, watched
from pipelines.core.rejection import Undecodable
from pipelines.transforms.deliver_records import deliver_rejection
from pipelines.transforms.refused import Refused


def watcher(tmp_path: Path) -> Watcher:
    return Watcher(tmp_path / "status.json", {"from": "files"})


def status(tmp_path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((tmp_path / "status.json").read_bytes())
    return told


def test_the_line_says_how_far_it_has_come_of_what_was_written(tmp_path: Path) -> None:
    one = watcher(tmp_path)
    one.progress = Progress(read=1200, written=Counter(article=1000, rejection=5, event=70, trend=3))
    assert one.line() == "1,200 read, 1,005 recorded, 70 event records"
    one.progress.total = 5000
    assert one.line().startswith("1,200 of 5,000 read")


def test_the_line_says_for_how_long_nobody_has_answered(tmp_path: Path) -> None:
    one = watcher(tmp_path)
    one.progress = Progress(read=7, waiting=1.5)
    assert "does not answer" not in one.line()
    one.progress.waiting = 61.2
    assert one.line() == "Kafka does not answer, for 61 s; waiting, 7 read so far"


def test_the_status_tells_all_that_a_person_asks(tmp_path: Path) -> None:
    refused = Refused(Message(b"{", "t", 2, 7), "decode", Undecodable("It is cut short."))
    progress = Progress(read=3, expired=2, reached=1_773_136_800_000, rejections=[deliver_rejection(refused)])
    watcher(tmp_path)(progress)
    told = status(tmp_path)
    assert (told["from"], told["state"], told["read"], told["expired"]) == ("files", "running", 3, 2)
    assert told["event_time"] == "2026-03-10T10:00:00+00:00"
    assert told["rejections"] == [{"origin": "t/2@7", "reason": "undecodable", "message": "It is cut short."}]


def test_the_status_is_written_once_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, now = watcher(tmp_path), [100.0]
    monkeypatch.setattr("pipelines.commands.watch.time.monotonic", lambda: now[0])
    one(Progress(read=1))
    now[0] += 0.5
    one(Progress(read=2))
    assert status(tmp_path)["read"] == 1
    assert one.progress.read == 2
    now[0] += 0.5
    one(Progress(read=3))
    assert status(tmp_path)["read"] == 3


@pytest.mark.parametrize(("error", "state"), [(None, "ended"), (ValueError("why"), "failed")])
def test_the_last_status_says_how_the_run_ended(tmp_path: Path, error: Exception | None, state: str) -> None:
    def run() -> None:
        with watched(watcher(tmp_path)):
            if error is not None:
                raise error

    if error is None:
        run()
    else:
        with pytest.raises(ValueError, match="why"):
            run()
    assert status(tmp_path)["state"] == state


def test_a_status_that_cannot_be_written_neither_ends_a_run_nor_hides_why_it_ended(tmp_path: Path) -> None:
    one = Watcher(tmp_path / "gone" / "status.json", {})
    one(Progress(read=1))
    with pytest.raises(ValueError, match="why"), watched(one):
        raise ValueError("why")


def test_a_run_that_stands_still_for_no_reason_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(watch, "STUCK_AFTER_S", 0.0)
    monkeypatch.setattr("pipelines.commands.watch.os._exit", ended.append)
    one = watcher(tmp_path)
    with watched(one):
        while not ended:
            pass
    assert ended[0] == watch.STUCK
