import itertools

import numpy as np
import pytest

from pipelines.core.entities.tagging.decode import LABELS, STEPS, decode, marginals, read_tags


def test_marginals_agree_with_counting_every_path() -> None:
    random = np.random.default_rng(3)
    scores, steps = random.standard_normal((4, 1, 3)), np.exp(random.standard_normal((3, 3)))
    totals = np.zeros((4, 3))
    for path in np.ndindex(3, 3, 3, 3):
        weight = np.exp(sum(scores[place, 0, label] for place, label in enumerate(path)))
        weight *= np.prod([steps[pair] for pair in itertools.pairwise(path)])
        for place, label in enumerate(path):
            totals[place, label] += weight
    found = marginals(scores, steps, np.array([4]))[:, 0]
    assert found == pytest.approx(totals / totals.sum(axis=1, keepdims=True))


def test_a_name_goes_on_only_where_one_of_its_type_began() -> None:
    allowed = {(before, after) for before, after in np.ndindex(9, 9) if STEPS[before, after] == 1.0}
    inside = LABELS.index("I-PER")
    assert {LABELS[before] for before, after in allowed if after == inside} == {"B-PER", "I-PER"}
    assert {LABELS[before] for before, after in allowed if after == LABELS.index("B-LOC")} == set(LABELS)


def test_a_doubtful_second_word_takes_the_type_of_the_first() -> None:
    scores = np.zeros((2, len(LABELS)))
    scores[0, LABELS.index("B-PER")] = 6.0
    scores[1, [LABELS.index("I-PER"), LABELS.index("I-ORG")]] = 3.0, 3.1
    assert [tag[:3] for tag in decode(scores, [2])[0]] == [(0, 2, "PER")]


@pytest.mark.parametrize(("begins", "spans"), [(0.7, [(0, 2)]), (0.9, [(0, 1), (1, 2)])])
def test_a_name_right_behind_another_begins_only_where_that_is_much_likelier(
    begins: float, spans: list[tuple[int, int]]
) -> None:
    chances = np.full((2, len(LABELS)), 1e-9)
    chances[0, LABELS.index("B-PER")] = 1.0
    chances[1, [LABELS.index("B-PER"), LABELS.index("I-PER")]] = begins, 1 - begins
    assert [tag[:2] for tag in decode(np.log(chances), [2])[0]] == spans


def test_a_word_is_a_name_where_its_labels_of_one_type_together_outweigh_none() -> None:
    chances = np.full((2, len(LABELS)), 1e-9)
    chances[0, [0, LABELS.index("B-PER")]] = 0.5
    chances[1, [0, LABELS.index("B-PER"), LABELS.index("I-PER")]] = 0.4, 0.3, 0.3
    [found] = decode(np.log(chances), [2])
    assert [(tag.type, tag.last) for tag in found] == [("PER", 2)]


def test_sentences_are_read_apart_and_to_their_end() -> None:
    scores = np.zeros((203, len(LABELS)))
    scores[:, 0] = 5.0
    scores[[199, 200, 202], LABELS.index("B-LOC")] = 20.0
    tags = decode(scores, [200, 0, 3])
    assert [[tag[:3] for tag in found] for found in tags] == [[(199, 200, "LOC")], [], [(0, 1, "LOC"), (2, 3, "LOC")]]


def test_nothing_gives_nothing() -> None:
    assert decode(np.zeros((0, len(LABELS))), []) == []


def test_a_name_that_begins_inside_begins_all_the_same() -> None:
    numbers = [LABELS.index(label) for label in ("O", "I-PER", "I-PER", "B-PER", "I-LOC")]
    spans = [(tag.first, tag.last, tag.type) for tag in read_tags(numbers, [1.0] * 5)]
    assert spans == [(1, 3, "PER"), (3, 4, "PER"), (4, 5, "LOC")]
