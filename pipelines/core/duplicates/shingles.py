"""Read articles as word sequences (shingles), figures and known names, all of them numbers: many articles at once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.core.article import Article
from pipelines.core.duplicates.hashing import (
    Codes,
    Hashes,
    Indices,
    hash_runs,
    mix,
    powers,
    shorten,
    sum_up,
    word_runs,
)
from pipelines.core.duplicates.known_names import known_names, name_words, telling_words
from pipelines.core.duplicates.ragged import Ragged, join
from pipelines.core.text.fold import THOUSANDS, fold_codes

WORDS_A_SHINGLE = 5

_PLACES = powers(0xD6E8FEB86659FD93, WORDS_A_SHINGLE + 1)
_END = "\0"
_SPACE, _ZERO, _NINE, _COMMA, _POINT, _AND, _THOUSANDS = map(ord, (" ", "0", "9", ",", ".", "و", THOUSANDS))


class Reading(NamedTuple):
    """What articles say: the word sequences of titles and of bodies, in order, their figures and known names.

    `called` are the words in bodies that people and places are called by, `telling` are others that tell which.
    """

    titles: Ragged
    bodies: Ragged
    figures: Ragged
    names: Ragged
    called: Ragged
    telling: Ragged


def read_articles(articles: Sequence[Article]) -> Reading:
    """Read titles and the copy itself (`own_title`, `own_body`), each for itself.

    No sequence runs from a title into the body, so that another headline costs a copy little. Spelling, quotes,
    spaces and punctuation make no difference, nor do a lone و, and points or commas within a number.
    """
    texts = [text for one in articles for text in (one.own_title, one.own_body)]
    codes = _drop_spaces(fold_codes("".join(f"{text.replace(_END, ' ')}{_END}" for text in texts)))
    digits = (codes >= _ZERO) & (codes <= _NINE)
    between = np.flatnonzero(digits[:-2] & digits[2:]) + 1
    figures = _read_figures(codes, digits, between)
    apart = (codes[between] == _COMMA) | (codes[between] == _POINT) | (codes[between] == _THOUSANDS)
    codes = np.delete(codes, np.concatenate((between[apart], _after_lone_and(codes))))
    starts, ends = word_runs(codes)
    words, text_of = hash_runs(sum_up(codes), starts, ends), _text_of(codes, starts)
    sequences = _sequences(words, text_of, len(texts))
    in_body, owners = sequences.owners % 2 == 1, sequences.owners // 2
    known, names = known_names().look_up(words)
    bodies = np.flatnonzero(text_of % 2 == 1)
    called, called_by = name_words().look_up(words[bodies])
    telling, told = telling_words().look_up(words[bodies])
    return Reading(
        Ragged(owners[~in_body], sequences.numbers[~in_body]),
        Ragged(owners[in_body], sequences.numbers[in_body]),
        figures,
        Ragged(text_of[known] // 2, names),
        Ragged(text_of[bodies[called]] // 2, called_by),
        Ragged(text_of[bodies[telling]] // 2, told),
    )


def _text_of(codes: Codes, places: Indices) -> Indices:
    """Return the number of the text each place belongs to: each article has two, the title's even."""
    return np.searchsorted(np.flatnonzero(codes == 0), places)


def _drop_spaces(codes: Codes) -> Codes:
    """Leave one space of several, and none at the beginning of a text."""
    spaces = codes == _SPACE
    superfluous = np.flatnonzero(spaces[1:] & (spaces | (codes == 0))[:-1]) + 1
    return np.delete(codes, superfluous) if len(superfluous) else codes


def _after_lone_and(codes: Codes) -> Indices:
    """Return where the spaces behind a lone و stand."""
    places = np.flatnonzero(codes[1:-1] == _AND) + 1
    lone: Indices = places[(codes[places - 1] == _SPACE) & (codes[places + 1] == _SPACE)] + 1
    return lone


def _read_figures(codes: Codes, digits: "NDArray[np.bool_]", between: Indices) -> Ragged:
    """Hash figures without the zeros they begin with, two at most.

    The parts of "44.5" are two figures, for so is "5ر44" written; those of "12٬500" are one.
    """
    joined = between[codes[between] == _THOUSANDS]
    places = np.flatnonzero(digits)
    follows = places[1:] == places[:-1] + 1
    if len(joined):
        follows |= np.isin(places[1:], joined + 1)
    starts = np.flatnonzero(np.append(True, ~follows)[: len(places)])
    ends = np.append(starts[1:], len(places))[: len(starts)]
    owners, codes = _text_of(codes, places[starts]) // 2, codes[places]
    for _ in range(2):
        starts = starts + ((codes[starts] == _ZERO) & (ends - starts > 1))
    return Ragged(owners, shorten(hash_runs(sum_up(codes), starts, ends)))


def _sequences(words: Hashes, text_of: Indices, texts: int) -> Ragged:
    """Hash every sequence of five words of a text, or the only sequence of one that is shorter."""
    sizes = np.bincount(text_of, minlength=texts)
    short = np.flatnonzero((sizes > 0) & (sizes < WORDS_A_SHINGLE))
    firsts = (np.cumsum(sizes) - sizes)[short]
    rest = np.zeros(len(short), np.uint64)
    for place in range(WORDS_A_SHINGLE - 1):
        there = sizes[short] > place
        rest[there] += words[firsts[there] + place] * _PLACES[place + 1]
    total = np.zeros(max(0, len(words) - WORDS_A_SHINGLE + 1), np.uint64)
    for place in range(WORDS_A_SHINGLE):
        total += words[place : place + len(total)] * _PLACES[place + 1]
    whole = text_of[: len(total)] == text_of[WORDS_A_SHINGLE - 1 :]
    return join((Ragged(text_of[: len(total)][whole], shorten(mix(total[whole]))), Ragged(short, shorten(mix(rest)))))
