"""The real job, batch by batch over the sample: cut and killed, it makes of every message what one batch makes."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipelines.audits import audit_outputs
from pipelines.batches import sources
from pipelines.batches.state import StateLog
from tests.golden.job import SAMPLES, read, run_sample


class Killed(BaseException):
    """The process ends here."""


def last_words(target: Path, record: str, key: str) -> dict[str, Any]:
    """Return the newest version of every record of one kind."""
    last: dict[str, Any] = {}
    for row in read(target, record):
        if row["version"] >= last.get(row[key], row)["version"]:
            last[row[key]] = row
    return last


def test_cut_into_batches_and_killed_the_sample_ends_as_in_one_batch(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, cut = written, tmp_path / "cut"
    monkeypatch.setattr(sources, "MOST_MESSAGES", 40)
    with monkeypatch.context() as killing:
        add, batches = StateLog.add, iter([True, False])

        def add_or_die(log: StateLog, batch: Any) -> None:
            if not next(batches):
                raise Killed
            add(log, batch)

        killing.setattr(StateLog, "add", add_or_die)
        with pytest.raises(Killed):
            run_sample(cut)
    run_sample(cut)
    found = audit_outputs(SAMPLES, None, str(cut))
    assert found.is_clean
    assert found.repeated == []
    outcomes = [Counter(row["outcome"] for row in read(target, "ledger")) for target in (whole, cut)]
    assert outcomes[0] == outcomes[1]
    for record, key in (("event", "event_id"), ("story", "story_id"), ("trend", "trend_id")):
        assert last_words(cut, record, key) == last_words(whole, record, key)
