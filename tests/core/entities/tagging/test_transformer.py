from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.core.entities.tagging.decode import Tag
from pipelines.core.entities.tagging.features import find_known
from pipelines.core.entities.tagging.pieces import FIRST, Pieces
from pipelines.core.entities.tagging.tagger import load_tagger
from pipelines.core.entities.tagging.windows import WIDTH, cut_windows

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
_WORDS = st.text(st.sampled_from(_LETTERS + "0123456789gaz"), min_size=1, max_size=14)


def tag(*sentences: list[str]) -> list[list[Tag]]:
    return load_tagger("accurate").tag(sentences, [find_known(sentence) for sentence in sentences])


def test_names_are_found_with_their_types() -> None:
    found = tag(["وصل", "الرييس", "ايمانويل", "ماكرون", "الي", "بيروت", "."], ["زار", "مقر", "الامم", "المتحده"])
    assert [[one[:3] for one in tags] for tags in found] == [[(2, 4, "PER"), (5, 6, "LOC")], [(2, 4, "ORG")]]


def test_no_sentence_and_an_empty_one_give_nothing() -> None:
    assert tag() == []
    assert tag([], []) == [[], []]


def test_a_long_text_is_read_to_its_end() -> None:
    found = tag(*([["كلمه"] * 200] * 3), ["زار", "بيروت"])
    assert [one[:3] for one in found[3]] == [(1, 2, "LOC")]


@given(st.lists(st.lists(_WORDS, max_size=120), max_size=6))
@settings(deadline=None)
def test_windows_hold_every_word_once_in_order(sentences: list[list[str]]) -> None:
    def encode(word: str) -> list[int]:
        return [FIRST + ord(letter) for letter in word]

    windows = list(cut_windows(sentences, [[] for _ in sentences], encode, {}))
    firsts = [window.pieces[first] for window in windows for first in window.firsts[window.stretch.context :]]
    assert firsts == [encode(word)[0] for sentence in sentences for word in sentence]
    assert all(len(window.marks) == len(window.pieces) for window in windows)
    assert all(len(window.pieces) <= WIDTH or window.stretch.own <= 120 for window in windows)


@given(_WORDS)
def test_pieces_of_a_word_spell_it(word: str) -> None:
    pieces = Pieces([("▁", -2.0), ("▁ال", -3.0), ("ات", -4.0), ("20", -4.0), ("م", -5.0)])
    assert "".join(pieces.cut(word)) == f"▁{word}"
    assert len(pieces.encode(word)) <= 12
