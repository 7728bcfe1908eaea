"""Read an article as word sequences (shingles), figures and known names, all of them numbers."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.core.article import Article
from pipelines.core.duplicates.hashing import (
    Codes,
    Hashes,
    hash_runs,
    mix,
    powers,
    read_codes,
    runs,
    shorten,
    sum_up,
    word_runs,
)
from pipelines.core.duplicates.known_names import look_up_names
from pipelines.core.text.fold import fold_text

WORDS_A_SHINGLE = 5

_PLACES = powers(0xD6E8FEB86659FD93, WORDS_A_SHINGLE + 1)
_ZERO, _NINE, _COMMA, _POINT = map(ord, "09,.")


class Reading(NamedTuple):
    """What an article says: the word sequences of its title and of its body, in order, its figures and known names."""

    title: Codes
    body: Codes
    figures: Codes
    names: Codes


def read_article(article: Article) -> Reading:
    """Read the title and the copy itself (`body[body_start:body_end]`), each for itself.

    No sequence runs from the title into the body, so that another headline costs a copy little. Spelling, quotes,
    spaces and punctuation make no difference, nor do a lone و, and points or commas within a number.
    """
    title, body = (_prepare(text) for text in (article.title, article.body[article.body_start : article.body_end]))
    codes = read_codes(f"{title} {body}")
    sums = sum_up(codes)
    figures = hash_runs(sums, *runs(_figures(codes)))
    joined, border = _join_numbers(codes, len(title))
    if joined is not codes:
        sums = sum_up(joined)
    starts, ends = word_runs(joined)
    words, first = hash_runs(sums, starts, ends), int(np.searchsorted(starts, border))
    return Reading(_sequences(words[:first]), _sequences(words[first:]), shorten(figures), look_up_names(words))


def _prepare(text: str) -> str:
    return fold_text(text).replace(" و ", " و")


def _join_numbers(codes: Codes, border: int) -> tuple[Codes, int]:
    """Take out points and commas between digits; return what is left, and where the border then is."""
    marks = np.flatnonzero((codes[1:-1] == _COMMA) | (codes[1:-1] == _POINT)) + 1
    before, after = codes[marks - 1], codes[marks + 1]
    marks = marks[_is_digit(before) & _is_digit(after)]
    if not len(marks):
        return codes, border
    return np.delete(codes, marks), border - int(np.searchsorted(marks, border))


def _figures(codes: Codes) -> "NDArray[np.bool_]":
    """Mark runs of digits, less the zeros before them. The parts of "44.5" are two, for it is also written "5ر44"."""
    inside = _is_digit(codes)
    for _ in range(2):
        inside[1:] &= inside[:-1] | (codes[1:] != _ZERO)
    return inside


def _is_digit(codes: Codes) -> "NDArray[np.bool_]":
    return (codes >= _ZERO) & (codes <= _NINE)


def _sequences(words: Hashes) -> Codes:
    """Hash every sequence of five words, or the only sequence of a text that is shorter."""
    length = min(WORDS_A_SHINGLE, len(words))
    total = np.zeros(len(words) - length + 1 if length else 0, np.uint64)
    for place in range(length):
        total += words[place : place + len(total)] * _PLACES[place + 1]
    return shorten(mix(total))
