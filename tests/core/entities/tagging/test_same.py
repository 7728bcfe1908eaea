import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.entities.tagging.roles import Heads
from pipelines.core.entities.tagging.same import LOOK_BACK, SameScorer, pairs_of_a_type

WIDTH, PAIR = 6, 4


def scorer(random: np.random.Generator) -> SameScorer:
    return SameScorer(
        {
            "same_weights": random.integers(-63, 64, (WIDTH, 3 * PAIR)).astype(np.int8),
            "same_scales": random.random(3 * PAIR).astype(np.float32),
            "same_bias": random.normal(size=3 * PAIR).astype(np.float32),
            "same_out": random.integers(-63, 64, PAIR).astype(np.int8),
            "same_last": np.array([0.01, -0.5], np.float32),
        }
    )


def heads(random: np.random.Generator, words: int) -> Heads:
    rows = random.normal(size=(words, WIDTH)).astype(np.float32)
    return Heads(np.zeros((words, 0), np.float32), rows[:, : WIDTH // 2], rows[:, WIDTH // 2 :])


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


def test_nothing_is_asked_of_a_telling_alone(random: np.random.Generator) -> None:
    assert scorer(random).score(heads(random, 3), [1], []) == []


def test_a_score_is_the_same_whatever_else_is_asked(random: np.random.Generator) -> None:
    score, said = scorer(random), heads(random, 9)
    words = [0, 2, 3, 7]
    together = score.score(said, words, [(0, 1), (1, 3), (0, 3), (2, 3)])
    alone = [score.score(said, [words[one], words[two]], [(0, 1)])[0] for one, two in [(0, 1), (1, 3), (0, 3), (2, 3)]]
    assert together == alone
    assert len(set(together)) > 1


def test_the_earlier_and_the_later_are_not_interchangeable(random: np.random.Generator) -> None:
    score, said = scorer(random), heads(random, 2)
    assert score.score(said, [0, 1], [(0, 1)]) != score.score(said, [1, 0], [(0, 1)])


@given(st.lists(st.sampled_from("abc"), max_size=80))
def test_each_is_compared_with_the_last_of_its_type_and_no_other(kinds: list[str]) -> None:
    pairs = pairs_of_a_type(kinds)
    for number, kind in enumerate(kinds):
        before = [at for at in range(number) if kinds[at] == kind]
        assert [one for one, two in pairs if two == number] == before[-LOOK_BACK:][::-1]
