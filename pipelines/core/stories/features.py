"""Say by what an article can be told from others: its words, whom and what it names, and what happened where."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from math import exp, log
from operator import itemgetter
from typing import NamedTuple
from zlib import crc32

from pipelines.core.analysis import Analysis
from pipelines.core.article import Article
from pipelines.core.cache_sizes import WORDS
from pipelines.core.entities.lexicon import UNKNOWN, words
from pipelines.core.text.fold import fold_text

MOST = 72
"""So many features of an article are kept, those that are rarest in the news of other years and said most."""
KNOWN = 300
"""For so many articles counts what is known of a word from other years."""
_COUNTED_ON = 51_375  # articles: what `words.tsv.gz` was counted on
_READ, _LEAD = 1_500, 60
_IN_TITLE, _IN_LEAD, _IN_BODY = 2.0, 0.6, 0.8
_NAMED = {"PER": 0.8, "LOC": 0.4, "ORG": 0.5}
_NAMED_IN_TITLE, _HAPPENED = 0.5, 0.3
_NAME_IS_COMMON, _TOO_COMMON = 0.01, 0.7
_PREFIX = re.compile("(?:وال|بال|كال|فال|ولل|لل|ال|و)(?=...)")
_SUFFIX = re.compile("(?<=...)(?:ها|ان|ات|ون|ين|يه|ه|ي)$")
_WORD = re.compile(r"[^\W\d_]{2,64}|\d{1,12}(?:[.,]\d{1,6})?")


class Feature(NamedTuple):
    """One of them: how salient it is, a hash, how much the article speaks of it, and how common it was in other years.

    `common` is the share of articles that it stood in.
    """

    salience: float
    key: int
    weight: float
    common: float


def find_features(article: Article, analysis: Analysis) -> list[Feature]:
    """Return at most `MOST` features of an article, the most salient first."""
    found = [*_words(article), *_names(analysis)]
    found.sort(key=itemgetter(1))
    found.sort(key=itemgetter(0), reverse=True)
    return found[:MOST]


def rarity(articles: int, having: int, common: float) -> float:
    """Return the inverse document frequency of a feature that `having` of `articles` have, beside other years' news.

    >>> rarity(0, 0, 0.9) < 1 < rarity(1000, 50, 0.01) < rarity(1000, 0, 0.0)
    True
    """
    return max(0.0, log((articles + KNOWN) / (having + KNOWN * common + 0.5)))


def _words(article: Article) -> Iterator[Feature]:
    """Yield the words that are not everyday ones, those of one stem together."""
    body: list[str] = _WORD.findall(fold_text(article.own_body[:_READ]))
    said = {word: _IN_BODY * times for word, times in Counter(body).items()}
    for word in body[:_LEAD]:
        said[word] += _IN_LEAD
    for word in _WORD.findall(fold_text(article.own_title)):
        said[word] = said.get(word, 0.0) + _IN_TITLE
    stems: dict[int, tuple[float, float, float]] = {}
    for word, weight in said.items():
        key, common, rare = _word(word)
        if rare > _TOO_COMMON:
            other = stems.get(key)
            stems[key] = (weight + other[0], *max(other[1:], (common, rare))) if other else (weight, common, rare)
    for key, (times, common, rare) in stems.items():
        weight = 1 + log(times) if times > 1 else times
        yield Feature(weight * rare, key, weight, common)


def _names(analysis: Analysis) -> Iterator[Feature]:
    named = Counter(one.entity.entity_id for one in analysis.mentions)
    types = {one.entity.entity_id: one.entity.type for one in analysis.mentions if one.entity.type in _NAMED}
    titled = {one.entity.entity_id for one in analysis.mentions if one.span.field == "title"}
    rare = rarity(0, 0, _NAME_IS_COMMON)
    for name, kind in types.items():
        weight = _NAMED[kind] * (1 + log(named[name])) + _NAMED_IN_TITLE * (name in titled)
        yield Feature(weight * rare, _hash("name", name), weight, _NAME_IS_COMMON)
    told = [event for event in analysis.events if event.place and not event.flags.historical]
    for happened in {(event.type, event.place.entity_id) for event in told if event.place}:
        yield Feature(_HAPPENED * rare, _hash(*happened), _HAPPENED, _NAME_IS_COMMON)


def stem(word: str) -> str:
    """Strip a folded word lightly of what sticks to it, as light10 does (Larkey, Ballesteros and Connell 2007).

    >>> stem("والهجمات"), stem("هجمه"), stem("للقوات"), stem("70")
    ('هجم', 'هجم', 'قوات', '70')
    """
    found = _PREFIX.match(word)
    return _SUFFIX.sub("", word[found.end() :] if found else word)


@lru_cache(maxsize=WORDS)
def _word(word: str) -> tuple[int, float, float]:
    """Return the hash of a folded word's stem, the share of other years' news that had the word, how rare that is."""
    common = 1 - exp(-words().get(word, UNKNOWN).uses / _COUNTED_ON)
    return crc32(stem(word).encode()), common, rarity(0, 0, common)


def _hash(*parts: str) -> int:
    return crc32("\x1f".join(parts).encode())
