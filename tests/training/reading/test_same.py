from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install 'rasid[train]'")

from pipelines.core.entities.tagging.roles import Heads  # noqa: E402
from pipelines.core.entities.tagging.same import SameScorer  # noqa: E402
from pipelines.training.reading.same import Pairs, blank_arrays, fit_same, put_same, whole_arrays  # noqa: E402

WIDTH, TELLINGS = 12, 240


def tellings_of_four_events() -> Pairs:
    """Return vectors of tellings whose first numbers say which of four events they tell."""
    chance = torch.Generator().manual_seed(3)
    events = torch.randint(4, (TELLINGS,), generator=chance)
    vectors = torch.randn((TELLINGS, WIDTH), generator=chance) * 0.4
    vectors[torch.arange(TELLINGS), events] += 2
    pairs = torch.randint(TELLINGS, (3_000, 2), generator=chance)
    same = (events[pairs[:, 0]] == events[pairs[:, 1]]).float()
    return Pairs(vectors, pairs, same, torch.zeros(len(pairs), dtype=torch.int64))


def test_what_is_shipped_says_what_was_learned() -> None:
    given = tellings_of_four_events()
    head = fit_same(given, epochs=30)
    triggers, words = np.split(given.vectors.numpy(), 2, axis=1)
    heads = Heads(np.zeros((TELLINGS, 0), np.float32), words, triggers)
    pairs = [(int(one), int(two)) for one, two in given.pairs[:500]]
    said = np.array(SameScorer(whole_arrays(head.folded())).score(heads, range(TELLINGS), pairs))
    learned = head(given, torch.arange(500)).detach().numpy()
    assert np.abs(said - learned).mean() < 0.05 * np.abs(learned).mean()
    assert ((said > 0) == (given.same[:500].numpy() > 0)).mean() > 0.95


def test_a_model_that_was_not_taught_says_nothing() -> None:
    heads = Heads(np.zeros((3, 0), np.float32), np.ones((3, 4), np.float32), np.ones((3, 4), np.float32))
    assert SameScorer(blank_arrays(8)).score(heads, [0, 1, 2], [(0, 1), (1, 2)]) == [0.0, 0.0]


def test_the_weights_are_put_into_a_models_file_beside_all_else(tmp_path: Path) -> None:
    path = tmp_path / "fast.npz"
    held: dict[str, Any] = {"least": np.float32(0.3)} | blank_arrays(8)
    np.savez_compressed(path, **held)
    put_same(path, blank_arrays(8) | {"same_out": np.ones(96, np.int8)})
    found = np.load(path)
    assert found["least"] == np.float32(0.3)
    assert found["same_out"].sum() == 96
