from hashlib import sha256
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.core.entities.names import RESOURCES
from pipelines.core.entities.tagging import convolution
from pipelines.core.entities.tagging.convolution import ConvolutionTagger
from pipelines.core.entities.tagging.decode import Tag
from pipelines.core.entities.tagging.features import find_known
from pipelines.core.entities.tagging.stretches import cut_stretches
from pipelines.core.entities.tagging.tagger import load_tagger

_MODEL = (RESOURCES / "fast.npz").read_bytes()
_WORDS = ("قال", "الوزير", "سامي", "الحداد", "في", "بيروت", ".", "وفد", "الامم", "المتحده", "ازخخ", "2018", "g20")
_SENTENCES = st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30), min_size=1, max_size=5)


def tag(*sentences: list[str]) -> list[list[Tag]]:
    return load_tagger().tag(sentences, [find_known(sentence) for sentence in sentences])


@settings(deadline=None)
@given(_SENTENCES)
def test_a_sentence_reads_the_same_alone_and_among_others(sentences: list[list[str]]) -> None:
    alone = [one for sentence in sentences for one in tag(sentence)[0]]
    among = [one for tags in tag(*sentences) for one in tags]
    assert [one[:3] for one in among] == [one[:3] for one in alone]
    assert [one.confidence for one in among] == pytest.approx([one.confidence for one in alone], abs=1e-12)


def test_everything_it_says_has_the_same_bits_on_every_machine() -> None:
    sentences = [list(_WORDS), [_WORDS[5]]]
    names, voter = ConvolutionTagger(_MODEL).vote(sentences, [find_known(sentence) for sentence in sentences])
    heads = voter.heads
    [stretch] = cut_stretches([len(sentence) for sentence in sentences])
    scores = voter.roles.score(heads, stretch, np.array([0, 7]), [1, 15], np.array([0, 0]))
    same = np.array(voter.same.score(heads, [0, 7, 9], [(0, 1), (1, 2), (0, 2)]))
    said = b"".join(part.astype("<f8").tobytes() for part in (names, *heads, scores, same))
    assert sha256(said).hexdigest()[:16] == "fbaa88a807cabd3c"


def test_products_of_roles_are_exact_in_floats_whatever_their_order() -> None:
    weights = np.load(BytesIO(_MODEL))["role_weights"]
    assert weights.dtype == np.int8
    assert 255 * np.abs(weights.astype(np.int64)).sum(axis=0).max() < 2**24


def test_products_that_say_whether_two_tellings_are_one_event_are_exact_too() -> None:
    model = np.load(BytesIO(_MODEL))
    weights, out = (model[f"same_{name}"].astype(np.int64) for name in ("weights", "out"))
    assert 127 * np.abs(weights).sum(axis=0).max() < 2**24
    assert 255 * np.abs(out).sum() < 2**24


def test_the_sum_of_a_words_features_fits_its_16_bits() -> None:
    assert np.abs(np.load(BytesIO(_MODEL))["vectors"].astype(np.int64)).max() * 64 < 2**15


def test_a_model_forgets_words_and_reads_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convolution, "_REMEMBERED", 1_000)
    tagger = ConvolutionTagger(_MODEL)
    sentence = ["وصل", "سامي", "الحداد", "الي", "بيروت", "."]
    before = tagger.tag([sentence], [find_known(sentence)])
    tagger.tag([[f"كلمه{number}" for number in range(1_100)]], [[]])
    assert tagger.tag([sentence], [find_known(sentence)]) == before
    assert before[0][-1].type == "LOC"


def test_no_sentence_and_an_empty_one_give_nothing() -> None:
    assert tag() == []
    assert tag([]) == [[]]
