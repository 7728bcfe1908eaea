"""Let the teacher read news, for the fast model to learn from."""

import gzip
import json
import pickle
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rich.progress import track

from pipelines.core.entities.tagging.decode import level
from pipelines.core.entities.tagging.roles import ROLES
from pipelines.core.entities.tagging.tellings import find_triggers, share_out
from pipelines.core.entities.tagging.transformer import TransformerTagger
from pipelines.core.entities.tagging.voting import flag_chances, role_chances, trigger_chances
from pipelines.core.rejection import Rejected
from pipelines.training.build_words import NEWS
from pipelines.training.reading.distil import Halves, Taught, Told
from pipelines.training.reading.labels import LabelledArticle, read_words
from pipelines.training.reading.student import Vocabulary, stretch_of
from pipelines.training.sources import require

_RUN, _SHORTEST, _LONGEST, _LEAST = 8, 40, 450, 0.2


class ToldNews(NamedTuple):
    """A trigger that the teacher sees, how likely each flag is, and of words near it each role's O, B and I."""

    first: int
    kind: int
    flags: Halves
    words: list[int]
    roles: Halves


class ReadNews(NamedTuple):
    """An article of the news as the teacher reads it."""

    article: LabelledArticle
    names: Halves
    types: Halves
    told: list[ToldNews]


def choose_news(data: Path, held_out: Iterable[LabelledArticle], count: int) -> Iterator[LabelledArticle]:
    """Choose articles of the news evenly, none that shares eight words in a row with a held-out one."""
    seen = {run for article in held_out for run in _runs(article)}
    lines = [line for name in NEWS for line in _lines(require(data / "news" / f"{name}.jsonl.gz"))]
    order = np.random.default_rng(1).permutation(len(lines)).tolist()
    chosen = 0
    for number in order:
        article = _read(json.loads(lines[number]), number)
        if article and seen.isdisjoint(_runs(article)):
            yield article
            chosen += 1
            if chosen == count:
                return


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(lines)


def _read(raw: dict[str, Any], number: int) -> LabelledArticle | None:
    try:
        article = read_words(raw | {"id": f"news-{number}"})
    except (Rejected, AttributeError):  # some have no text at all
        return None
    return article if _SHORTEST <= len(article.spans) <= _LONGEST else None


def _runs(article: LabelledArticle) -> Iterator[str]:
    words = list(chain.from_iterable(article.sentences))
    return (" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN))


class Teacher(TransformerTagger):
    """The accurate model, asked for how likely it and the fast model together hold everything."""

    def teach(self, article: LabelledArticle) -> ReadNews:
        """Read an article."""
        windows = self._windows(article.sentences, article.hits)
        names, voter = self._vote(windows)
        others, beside = self._beside.vote(article.sentences, article.hits)
        voters, told = [voter, beside], []
        types = trigger_chances(voters)
        triggers = find_triggers(types, [len(sentence) for sentence in article.sentences], _LEAST)
        for stretch, own in share_out(triggers, (window.stretch for window in windows)):
            roles = role_chances(voters, stretch, own)
            flags = flag_chances(voters, [trigger.first for trigger in own])
            told += [
                ToldNews(trigger.first, trigger.kind, flag.astype(np.float16), stretch.words, likely.astype(np.float16))
                for trigger, flag, likely in zip(own, flags, roles, strict=True)
            ]
        voted = (level(names) + level(others)) / 2
        likely_names = np.exp(level(voted)).astype(np.float16)
        return ReadNews(article, likely_names, types.astype(np.float16), told)


def label_news(articles: Iterable[LabelledArticle], teacher: Teacher, path: Path, count: int) -> list[ReadNews]:
    """Let the teacher read articles; what it has read before a stop is kept at `path`."""
    read: list[ReadNews] = list(pickle.loads(path.read_bytes())) if path.exists() else []
    for number, article in enumerate(track(articles, "reading news", total=count)):
        if number >= len(read):
            read.append(teacher.teach(article))
            if len(read) % 500 == 0:
                path.write_bytes(pickle.dumps(read))
    path.write_bytes(pickle.dumps(read))
    return read


def teach_news(vocabulary: Vocabulary, read: ReadNews) -> Taught:
    """Return what an article of the news teaches."""
    lengths = [len(sentence) for sentence in read.article.sentences]
    told = {one.first: one for one in read.told}
    found = []
    for stretched in stretch_of(lengths, [(one.first, one.kind) for one in read.told]):
        one = told[stretched.first]
        place = {word: at for at, word in reversed(list(enumerate(one.words)))}
        roles = np.zeros((len(stretched.words), len(ROLES), 3), np.float16)
        for at, word in enumerate(stretched.words):
            if word in place:
                roles[at] = one.roles[place[word]]
        found.append(Told(stretched, one.flags, roles))
    return Taught(
        vocabulary.lesson(read.article.sentences, read.article.hits), sum(lengths), read.names, read.types, found
    )
