"""Read an article as word sequences (shingles), figures and known names, all of them numbers."""

from typing import NamedTuple

import numpy as np

from pipelines.core.article import Article
from pipelines.core.duplicates.hashing import (
    Hashes,
    Numbers,
    Places,
    Units,
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

    title: Numbers
    body: Numbers
    figures: Numbers
    names: Numbers


def read_article(article: Article) -> Reading:
    """Read the title and the copy itself (`body[body_start:body_end]`), each for itself.

    No sequence runs from the title into the body, so that another headline costs a copy little. Spelling, quotes,
    spaces and punctuation make no difference, nor do a lone و, and points or commas within a number.
    """
    title, body = (_prepare(text) for text in (article.title, article.body[article.body_start : article.body_end]))
    codes = read_codes(f"{title} {body}")
    sums, digits = sum_up(codes), runs((codes >= _ZERO) & (codes <= _NINE))
    figures = hash_runs(sums, *_without_zeros(codes, *digits))
    marks, border = _marks_in_numbers(codes, *digits), len(title)
    if len(marks):
        codes, border = np.delete(codes, marks), border - int(np.searchsorted(marks, border))
        sums = sum_up(codes)
    starts, ends = word_runs(codes)
    words, first = hash_runs(sums, starts, ends), int(np.searchsorted(starts, border))
    return Reading(_sequences(words[:first]), _sequences(words[first:]), shorten(figures), look_up_names(words))


def _prepare(text: str) -> str:
    return fold_text(text).replace(" و ", " و")


def _marks_in_numbers(codes: Units, starts: Places, ends: Places) -> Places:
    """Return where points and commas stand between two runs of digits."""
    between = ends[:-1][starts[1:] == ends[:-1] + 1]
    found: Places = between[(codes[between] == _COMMA) | (codes[between] == _POINT)]
    return found


def _without_zeros(codes: Units, starts: Places, ends: Places) -> tuple[Places, Places]:
    """Leave out the zeros a number begins with, two at most. The parts of "44.5" are two, for so is "5ر44" written."""
    for _ in range(2):
        starts = starts + ((codes[starts] == _ZERO) & (ends - starts > 1))
    return starts, ends


def _sequences(words: Hashes) -> Numbers:
    """Hash every sequence of five words, or the only sequence of a text that is shorter."""
    length = min(WORDS_A_SHINGLE, len(words))
    total = np.zeros(len(words) - length + 1 if length else 0, np.uint64)
    for place in range(length):
        total += words[place : place + len(total)] * _PLACES[place + 1]
    return shorten(mix(total))
