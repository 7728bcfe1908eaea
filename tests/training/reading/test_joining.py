"""The table of the score that joins tellings, as training writes it."""

from importlib.resources import files
from pathlib import Path

import numpy as np

from pipelines.core.events.event import TYPES
from pipelines.core.events.joining import FEATURES, weights
from pipelines.training.reading.joining import fit, write

_SHIPPED = files("pipelines") / "resources" / "events" / "joining.tsv"


def column(table: str, at: int) -> list[str]:
    return [line.split("\t")[at] for line in table.splitlines()[1:]]


def test_a_new_fit_leaves_what_compares_events_across_articles_as_it_is(tmp_path: Path) -> None:
    fitted = np.linspace(-1, 1, 1 + len(FEATURES) + len(TYPES))
    write(fitted, weights()["across"], tmp_path / "joining.tsv")
    old, new = _SHIPPED.read_text("utf-8"), (tmp_path / "joining.tsv").read_text("utf-8")
    assert column(new, 0) == column(old, 0)
    assert column(new, 1) == [f"{weight:.2f}" for weight in fitted]
    assert column(new, 2) == column(old, 2)


def test_what_goes_with_one_event_gets_weight_and_what_says_nothing_hardly_any() -> None:
    random = np.random.default_rng(1)
    rows = np.column_stack([np.ones(400), random.normal(size=(400, 2))])
    found = fit(rows, list(rows[:, 1] + 0.3 * random.normal(size=400) > 0))
    assert found[1] > 2
    assert abs(found[2]) < 0.5
