from typing import Any

import numpy as np
import pytest

from pipelines.training.device.wordpiece import SPECIAL, bert_pieces, cut
from pipelines.training.device.words import Sentence, WordNumbers, pack_articles, sentences_of, side_by_side

VOCABULARY = {piece: number for number, piece in enumerate([*SPECIAL, "وال", "##قاهر", "##ة", "و", "قال", "##ا"], 10)}


def test_a_word_is_cut_into_the_longest_pieces() -> None:
    assert cut("والقاهرة", VOCABULARY) == [VOCABULARY[piece] for piece in ("وال", "##قاهر", "##ة")]
    assert cut("قالا", VOCABULARY) == [VOCABULARY["قال"], VOCABULARY["##ا"]]


@pytest.mark.parametrize("word", ["ب", "قالب", "ا" * 101])
def test_a_word_that_cannot_be_cut_or_is_endless_is_unknown(word: str) -> None:
    assert cut(word, VOCABULARY) == [VOCABULARY["[UNK]"]]


def test_of_a_word_in_many_pieces_the_first_eight_are_kept() -> None:
    assert cut("و" + "ا" * 20, VOCABULARY) == [VOCABULARY["و"], *[VOCABULARY["##ا"]] * 7]


def test_pieces_that_are_hardly_used_become_the_unknown_piece() -> None:
    arrays, kept = bert_pieces(["والقاهرة", "قال", "قالا"], [1, 5, 2], VOCABULARY)
    assert kept == [VOCABULARY[piece] for piece in (*SPECIAL, "قال")]
    assert arrays["bert_counts"].tolist() == [3, 1, 2]
    assert arrays["bert_pieces"].tolist() == [3, 3, 3, 5, 5, 3]


def test_words_are_numbered_by_how_often_they_are_used() -> None:
    numbers = WordNumbers()
    articles = [
        numbers.number([Sentence(["قالت", "مصر"], ["قالت", "مصر"], ["-", "Bcountry"])]),
        numbers.number([Sentence(["مصر"], ["مصر"], ["Bcountry"]), Sentence(["مصر"], ["مصر"], ["Bcountry"])]),
    ]
    words, uses, places = numbers.ranked()
    assert words == [("مصر", "مصر"), ("قالت", "قالت")]
    assert uses.tolist() == [3, 1]
    packed = pack_articles(articles, places)
    assert packed["low"].tolist() == [1, 0, 0, 0]
    assert packed["marks"].tolist() == [0, 1, 1, 1]
    assert (packed["lengths"].tolist(), packed["sentences"].tolist()) == ([2, 1, 1], [1, 2])


def test_a_number_too_large_for_its_kind_is_refused() -> None:
    counts, numbers = side_by_side([[1, 2], [], [65_535]], np.uint16)
    assert (counts.tolist(), numbers.tolist()) == ([2, 0, 1], [1, 2, 65_535])
    with pytest.raises(OverflowError):
        side_by_side([[65_536]], np.uint16)


def test_an_article_is_read_as_it_is_written_and_as_it_is_folded() -> None:
    raw: dict[str, Any] = {
        "source": "s",
        "title": "وصل الرئيسُ إلى القاهرة",
        "body": "استقبله وزير الخارجية في المطار أمس.",
    }
    read = sentences_of(raw | {"published_at": "2018-04-13T00:00:00Z"})
    assert read[0].words[-1] == "القاهرة"
    assert read[0].folded[-1] == "القاهره"
    assert read[0].marks[-1].startswith("B")
    assert all(len(one.words) == len(one.folded) == len(one.marks) for one in read)
