"""An article's words by number, and what is named at each."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from pipelines.core.article import Span
from pipelines.core.entities.mention import DateMention, Mention, Office
from pipelines.core.text.document import Document, Sentence, Token

_LONGEST_NAME = 12
_Spanned = TypeVar("_Spanned", Mention, Office, DateMention)
_Found = dict[int, tuple[_Spanned, int]]


@dataclass(slots=True)
class Words:
    """The words of an article's documents (title, body), numbered one behind the next, as the models number them.

    `mentions` and `offices` give what begins in a word, and the word behind its last; `dates` the date a word is in;
    `around` the words, first and behind the last, of the nearest name or office that a word is in.
    """

    documents: Sequence[Document]
    tokens: list[Token] = field(init=False)
    sentences: list[tuple[Document, Sentence, int]] = field(init=False)
    mentions: _Found[Mention] = field(default_factory=dict)
    offices: _Found[Office] = field(default_factory=dict)
    dates: dict[int, DateMention] = field(default_factory=dict)
    around: dict[int, tuple[int, int]] = field(default_factory=dict)
    _first: dict[str, int] = field(default_factory=dict)
    _firsts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give each word its number."""
        self.tokens = list(chain.from_iterable(document.tokens for document in self.documents))
        self.sentences, place = [], 0
        for document in self.documents:
            self._first[document.field] = place
            self.sentences += ((document, sentence, place) for sentence in document.sentences)
            self._firsts += (place + sentence.first for sentence in document.sentences)
            place += len(document.tokens)

    def place(self, mentions: Sequence[Mention], offices: Sequence[Office], dates: Sequence[DateMention]) -> "Words":
        """Find the words that names, offices and dates take."""
        self.mentions, self.offices = self._place(mentions), self._place(offices)
        for first in sorted({*self.mentions, *self.offices}):
            for found in (self.mentions.get(first), self.offices.get(first)):
                last = min(found[1], first + _LONGEST_NAME) if found else first
                self.around.update((word, (first, found[1])) for word in range(first, last) if found)
        placed = self._place(dates)
        self.dates = {word: date for first, (date, last) in placed.items() for word in range(first, last)}
        return self

    def _place(self, spanned: Sequence[_Spanned]) -> _Found[_Spanned]:
        found: _Found[_Spanned] = {}
        for document in self.documents:
            tokens, first, at = document.tokens, self._first[document.field], 0
            own = (one for one in spanned if one.span.field == document.field)
            for one in sorted(own, key=lambda one: one.span.start):
                while at < len(tokens) and tokens[at].end <= one.span.start:
                    at += 1
                last = at
                while last < len(tokens) and tokens[last].start < one.span.end:
                    last += 1
                if last > at:
                    found.setdefault(first + at, (one, first + last))
        return found

    def document_of(self, word: int) -> Document:
        """Return the document a word stands in."""
        return self.documents[-1] if word >= self._first[self.documents[-1].field] else self.documents[0]

    def sentence_of(self, word: int) -> int:
        """Return the number of the sentence a word stands in, -1 before the first."""
        return bisect_right(self._firsts, word) - 1

    def quote(self, first: int, last: int, skip: int = 0) -> Span:
        """Quote words `[first, last)` of one document, the first `skip` letters left out."""
        document, token = self.document_of(first), self.tokens[first]
        return document.span(document.start_behind(token, skip) if skip else token.start, self.tokens[last - 1].end)

    def folded(self, word: int) -> str:
        """Return a word's folded form, an empty string beyond the ends."""
        return self.tokens[word].folded if 0 <= word < len(self.tokens) else ""
