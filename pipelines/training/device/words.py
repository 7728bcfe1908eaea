"""Read articles as words, and write them as the numbers of these words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.core.article import RawArticle
from pipelines.core.entities.tagging.features import find_known, known_names
from pipelines.core.normalization import normalize_article
from pipelines.core.text.document import read_document

NO_MARK, _LONGEST_SENTENCE = "-", 2**16
Array = npt.NDArray[Any]


class Sentence(NamedTuple):
    """A sentence's words as they are written and folded, and the mark of the known name that each stands in."""

    words: list[str]
    folded: list[str]
    marks: list[str]


def sentences_of(raw: dict[str, Any]) -> list[Sentence]:
    """Read an article's words as the pipeline does, title first. Raises Rejected."""
    sent = RawArticle(raw["source"], raw["title"] or "", raw["body"] or "", raw["published_at"], raw.get("url"))
    article = normalize_article(sent).article
    body = read_document("body", article.body, article.body_start, article.body_end)
    found = []
    for document in (read_document("title", article.title), body):
        for sentence in document.sentences:
            tokens = document.tokens[sentence.first : sentence.last]
            words = [document.text[token.start : token.end] for token in tokens]
            found.append(with_marks(words, [token.folded for token in tokens]))
    return found


def with_marks(words: list[str], folded: list[str]) -> Sentence:
    """Return a sentence with the marks of the names known in it."""
    return Sentence(words, folded, known_names(len(folded), find_known(folded)))


class Numbered(NamedTuple):
    """An article: the numbers of its words and of their marks, and how many words each sentence has."""

    words: Array
    marks: Array
    lengths: list[int]


class WordNumbers:
    """Numbers of words, each with what it folds to, and of marks; new ones get the next."""

    def __init__(self) -> None:
        self.words: dict[tuple[str, str], int] = {}
        self.marks: dict[str, int] = {NO_MARK: 0}
        self._uses = Counter[int]()

    def number(self, sentences: Sequence[Sentence]) -> Numbered:
        """Return an article as numbers."""
        pairs = [pair for one in sentences for pair in zip(one.words, one.folded, strict=True)]
        words = [self.words.setdefault(pair, len(self.words)) for pair in pairs]
        marks = [self.marks.setdefault(mark, len(self.marks)) for one in sentences for mark in one.marks]
        self._uses.update(words)
        return Numbered(np.array(words, np.int64), np.array(marks, np.uint8), [len(one.words) for one in sentences])

    def ranked(self) -> tuple[list[tuple[str, str]], Array, Array]:
        """Return the words, the most used first, how often each is used, and each number's place among them."""
        words = list(self.words)
        order = sorted(range(len(words)), key=lambda number: (-self._uses[number], number))
        places = np.zeros(len(words), np.int64)
        places[order] = np.arange(len(words))
        return [words[number] for number in order], np.array([self._uses[number] for number in order]), places


def pack_articles(articles: Sequence[Numbered], places: Array) -> dict[str, Array]:
    """Return articles as arrays: three bytes of each word's place, its mark; words a sentence, sentences an article."""
    numbers = places[np.concatenate([article.words for article in articles])]
    lengths = [length for article in articles for length in article.lengths]
    assert max(lengths) < _LONGEST_SENTENCE
    return {
        "low": (numbers & 255).astype(np.uint8),
        "mid": (numbers >> 8 & 255).astype(np.uint8),
        "high": (numbers >> 16).astype(np.uint8),
        "marks": np.concatenate([article.marks for article in articles]),
        "lengths": np.array(lengths, np.uint16),
        "sentences": np.array([len(article.lengths) for article in articles], np.uint16),
    }


def side_by_side(lists: Iterable[Sequence[int]], kind: npt.DTypeLike) -> tuple[Array, Array]:
    """Return how long each list is (at most 255), and all their numbers.

    Raises OverflowError where a number is too large for its kind.
    """
    rows = list(lists)
    numbers = np.array(list(chain.from_iterable(rows)), np.int64)
    if len(numbers) and numbers.max() > np.iinfo(np.dtype(kind)).max:
        raise OverflowError(f"{numbers.max()} is no {np.dtype(kind)}")
    return np.array([len(row) for row in rows], np.uint8), numbers.astype(kind)


def runs(sentences: Sequence[Sequence[str]], size: int = 8) -> Iterator[str]:
    """Yield all runs of `size` folded words.

    >>> list(runs([["a", "b"], ["c"]], 2))
    ['a b', 'b c']
    """
    words = list(chain.from_iterable(sentences))
    return (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
