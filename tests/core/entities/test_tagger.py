import itertools

import numpy as np
import pytest

from pipelines.core.entities.decode import decode
from pipelines.core.entities.features import describe, find_known, sentence_features
from pipelines.core.entities.tagger import LABELS, load_tagger, read_tags


def test_decoding_agrees_with_counting_every_path() -> None:
    random = np.random.default_rng(3)
    emissions = random.standard_normal((1, 4, 3)).astype(np.float32)
    transitions = random.standard_normal((3, 3)).astype(np.float32)
    totals = np.zeros((4, 3))
    for path in np.ndindex(3, 3, 3, 3):
        steps = sum(transitions[a, b] for a, b in itertools.pairwise(path))
        weight = np.exp(sum(emissions[0, place, label] for place, label in enumerate(path)) + steps)
        for place, label in enumerate(path):
            totals[place, label] += weight
    totals /= totals.sum(axis=1, keepdims=True)
    labels, chances = decode(emissions, transitions, [4])
    assert labels[0] == totals.argmax(axis=1).tolist()
    assert chances[0] == pytest.approx(totals.max(axis=1).tolist(), abs=1e-4)


def test_a_sentence_reads_the_same_alone_and_among_longer_ones() -> None:
    short = ["وصل", "الوزير", "سامي", "الحداد", "الي", "بيروت"]
    long = [*short, "يوم", "الثلاثاء", "في", "زياره", "رسميه", "تستغرق", "يومين", "."]
    alone = load_tagger().tag([short], [find_known(short)])[0]
    among = load_tagger().tag([long, short], [find_known(long), find_known(short)])[1]
    assert [tag[:3] for tag in alone] == [tag[:3] for tag in among]
    assert [tag.confidence for tag in alone] == pytest.approx([tag.confidence for tag in among], abs=1e-3)


def test_scores_summed_by_word_equal_the_features_the_model_was_trained_on() -> None:
    words = ["قال", "سامي", "الحداد", "في", "بيروت", "."]
    tagger = load_tagger()
    tagger.tag([words], [find_known(words)])
    middle = {feature for feature in sentence_features(words)[2] if feature[1] != "x"}
    offsets = {
        f"{offset}{feature}" for offset in (-2, -1, 0, 1, 2) for feature in describe(words[2 + offset])[abs(offset)]
    }
    assert middle == offsets


def test_a_sentence_longer_than_a_row_is_read_to_its_end() -> None:
    words = ["كلمه"] * 200 + ["زار", "بيروت"]
    tags = load_tagger().tag([words, []], [find_known(words), []])
    assert tags[0][-1].last == 202
    assert tags[1] == []


def test_a_name_that_begins_inside_begins_all_the_same() -> None:
    numbers = [LABELS.index(label) for label in ("O", "I-PER", "I-PER", "B-PER", "I-LOC")]
    spans = [(tag.first, tag.last, tag.type) for tag in read_tags(numbers, [1.0] * 5)]
    assert spans == [(1, 3, "PER"), (3, 4, "PER"), (4, 5, "LOC")]
