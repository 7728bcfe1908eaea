"""A run that goes on for ever waits for a broker that is not there yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.kafka.connection import KafkaAway, KafkaConnection, KafkaUnreachable
from pipelines.batches.loop import BatchRun, Stopped
from pipelines.commands import reach as module
from pipelines.commands.reach import reach
from pipelines.commands.watch import Watcher
from pipelines.options import KafkaSource, Settings

CONNECTION = KafkaConnection("one:9092")


@pytest.fixture
def watcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watcher:
    monkeypatch.setattr(module, "TRY_EVERY_S", 0.0)
    return Watcher(tmp_path / "status.json", {})


def batches(watcher: Watcher) -> BatchRun:
    return BatchRun(Settings(KafkaSource(CONNECTION, "news"), CONNECTION), watcher)


def answer_with(monkeypatch: pytest.MonkeyPatch, *answers: Exception | None) -> None:
    left: Iterator[Exception | None] = iter(answers)

    def check(_: KafkaConnection) -> None:
        if (trouble := next(left)) is not None:
            raise trouble

    monkeypatch.setattr(module, "check", check)


def test_it_goes_on_when_the_broker_is_there_and_says_once_that_it_waits(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_with(monkeypatch, KafkaAway("Nothing listens."), KafkaAway("Nothing listens."), None)
    run = batches(watcher)
    reach(CONNECTION, run, watcher)
    assert run.progress.waiting == 0.0
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "rasid: Nothing listens. Waiting for it, for 5 minutes at most.",
        "rasid: Kafka at one:9092 answers.",
    ]


def test_a_broker_that_is_there_is_not_spoken_of(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_with(monkeypatch, None)
    reach(CONNECTION, batches(watcher), watcher)
    assert capsys.readouterr().err == ""


def test_after_some_minutes_it_ends_with_what_stands_in_the_way(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AWAY_AT_MOST_S", 0.0)
    answer_with(monkeypatch, KafkaAway("Nothing listens."))
    with pytest.raises(KafkaUnreachable, match="Nothing listens"):
        reach(CONNECTION, batches(watcher), watcher)


def test_a_wrong_password_is_not_waited_for(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, KafkaUnreachable("refuses user"))
    with pytest.raises(KafkaUnreachable, match="refuses user"):
        reach(CONNECTION, batches(watcher), watcher)


def test_told_to_stop_it_stops_waiting(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, KafkaAway("Nothing listens."))
    run = batches(watcher)
    run.stop.set()
    with pytest.raises(Stopped, match="nothing was read"):
        reach(CONNECTION, run, watcher)
