"""Read a text as tokens and sentences."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple

from pipelines.core.article import Span
from pipelines.core.text.alphabet import MARKS, TATWEEL
from pipelines.core.text.fold import fold
from pipelines.core.text.sentences import sentence_ends

# Over folded text, where no diacritic can break a word. Digits stay with Latin letters ("g20") but not with Arabic
# ones, for proclitics stick to numbers ("و20").
# The first alternative is only a short cut for nine words in ten. What has more than 64 letters is no word.
_TOKEN = re.compile(
    r"[ء-ي]{1,64}+(?=[ ,.:\"])|[^\W\d_]{1,64}(?:(?<=[a-z])\d{1,32})?|\d{1,32}(?:[.,]\d{1,32}){0,8}|[^\w\s]|_"
)
MOST_TOKENS = 7_500
"""So many tokens of an article are read; the longest of 53,000 news reports has 2,913."""
TOKENS_A_SENTENCE = 5
"""A fifth as many sentences are read: their ends cost work too. One of 53,000 news reports has 826, the next 302."""
LONGEST_SENTENCE = 128
"""So many tokens stand in a sentence at most: 4 sentences in 1,000 have more, and are read in stretches."""
_PAUSES = frozenset((",", ";", ":", "-", "–", "—"))
_TRAIL = re.compile(f"[{MARKS}{TATWEEL}]*")


class Token(NamedTuple):
    """A word, a number or one punctuation mark: its place in the text, end exclusive, and its folded form."""

    start: int
    end: int
    folded: str


# Half the time of `Token(...)`, whose constructor is written in Python.
_new_token: Callable[[tuple[int, int, str]], Token] = partial(tuple.__new__, Token)


class Sentence(NamedTuple):
    """A sentence: its place in the text and its tokens `[first, last)` in the document's list."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Document:
    """A title or a body, read: positions of tokens and sentences are code points into the whole `text`.

    `folded` is the folded form of `text[start:end]`, and `positions` leads from it back into `text`
    (`len(folded) + 1` entries). Nothing behind `end` was read: it is where the text ends, or where it became too long.
    """

    field: str
    text: str
    folded: str
    tokens: list[Token]
    sentences: list[Sentence]
    positions: "array[int] | range"
    end: int

    def span(self, start: int, end: int) -> Span:
        """Quote `text[start:end]`."""
        return Span(self.field, start, end, self.text[start:end])

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Return where `folded[start:end]`, not empty, stands in `text`, its trailing diacritics included."""
        return self.positions[start], _trail(self.text, self.positions, end)

    def start_behind(self, token: Token, skip: int) -> int:
        """Return where in the text a token begins, its first `skip` folded letters left out.

        >>> read_document("body", "وَبيروت").start_behind(Token(0, 7, "وبيروت"), 1)
        2
        """
        if not skip or token.end - token.start == len(token.folded):
            return token.start + skip
        return token.start + fold(self.text[token.start : token.end]).source_span(skip, skip + 1)[0]


def _trail(text: str, positions: "array[int] | range", end: int) -> int:
    """Find where in `text` the folded character before `end` ends; a word keeps the marks on its last letter."""
    stop = positions[end - 1] + 1
    if positions[end] == stop:
        return stop
    marks = _TRAIL.match(text, stop)
    return marks.end() if marks else stop


def _tokens(text: str, folded: str, positions: "array[int] | range", most: int) -> list[Token]:
    tokens: list[Token] = []
    for match in islice(_TOKEN.finditer(folded), most):
        (first, last), word = match.span(), match[0]
        start, end = positions[first], positions[last]
        if end - start != len(word):
            end = _trail(text, positions, last)
        tokens.append(_new_token((start, end, word)))
    return tokens


def _sentences(tokens: list[Token], ends: Iterable[int]) -> list[Sentence]:
    sentences: list[Sentence] = []
    first = 0
    for stop in ends:
        last = bisect_left(tokens, (stop,), first)
        for cut in _cuts(tokens, first, last):
            sentences.append(Sentence(tokens[first].start, tokens[cut - 1].end, first, cut))
            first = cut
    return sentences


def _cuts(tokens: list[Token], first: int, last: int) -> Iterator[int]:
    """Give the ends of the stretches in which a sentence is read, each cut at a comma of its second half if it can."""
    while last - first > LONGEST_SENTENCE:
        middle, most = first + LONGEST_SENTENCE // 2, first + LONGEST_SENTENCE
        first = next((at for at in range(most, middle, -1) if tokens[at - 1].folded in _PAUSES), most)
        yield first
    if last > first:
        yield last


def _leave_out(tokens: list[Token], gaps: Sequence[tuple[int, int]]) -> list[Token]:
    starts = [start for start, _ in gaps]
    return [
        token for token in tokens if (at := bisect_right(starts, token.start)) == 0 or token.start >= gaps[at - 1][1]
    ]


def read_document(
    field: str,
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    gaps: Sequence[tuple[int, int]] = (),
    most: int = MOST_TOKENS,
) -> Document:
    """Read `text[start:end]`, in the form `normalize_text` gives, as tokens and sentences.

    The stretches `gaps` (start, end; in order, apart) are left out. Reading ends after `most` tokens, theirs too, or
    after a fifth as many sentences.

    >>> document = read_document("body", "وصل د. سمير. ثم قالَ: «نعم».")
    >>> [token.folded for token in document.tokens]
    ['وصل', 'د', '.', 'سمير', '.', 'ثم', 'قال', ':', '"', 'نعم', '"', '.']
    >>> [text[0:4] for text in (document.span(s.start, s.end).text for s in document.sentences)]
    ['وصل ', 'ثم ق']
    """
    end = len(text) if end is None else end
    mapped = fold(text[start:end] if start or end < len(text) else text)
    positions: array[int] | range
    if mapped.positions is None:
        positions = range(start, end + 1)
    else:
        positions = array("I", [start + position for position in mapped.positions]) if start else mapped.positions
    tokens = _tokens(text, mapped.text, positions, most)
    if len(tokens) == most:
        end = tokens[-1].end if tokens else start
    ends = [*sentence_ends(text, start, end), end]
    if gaps:
        tokens, ends = _leave_out(tokens, gaps), sorted({*ends, *(edge for gap in gaps for edge in gap)})
    sentences = _sentences(tokens, ends)
    if len(sentences) > (bound := max(1, most // TOKENS_A_SENTENCE)):
        sentences = sentences[:bound]
        tokens, end = tokens[: sentences[-1].last], sentences[-1].end
    return Document(field, text, mapped.text, tokens, sentences, positions, end)
