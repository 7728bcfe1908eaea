"""Train the fast tagger on what the teacher says of news (Hinton et al. 2015), and on labelled text."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from pipelines.training.tagger.learning import learn
from pipelines.training.tagger.student import Lesson, Student

WORDS = 4_000
_GOLD, _POOL = 0.15, 6_000


Floats16 = npt.NDArray[np.float16]


class Pace(NamedTuple):
    """How many steps a lesson takes, and the learning rate at its height."""

    steps: int
    rate: float


class Taught(NamedTuple):
    """A sentence with how likely each label of each word is (words, labels)."""

    lesson: Lesson
    chances: Floats16


def distil(student: Student, news: Sequence[Taught], gold: Sequence[Taught], pace: Pace, path: Path) -> None:
    """Train a student; one in seven of its steps reads labelled text. `path` keeps what to go on from."""
    random = np.random.default_rng(1)
    by_turns = _by_turns(_forever(news, random), _forever(gold, random), random)
    groups = [{"params": list(student.parameters()), "lr": pace.rate, "weight_decay": 0.01}]
    learn("distilling", student, groups, by_turns, lambda batch: _loss(student, batch), pace.steps, path)
    student.eval()


def _loss(student: Student, batch: Sequence[Taught]) -> Tensor:
    scores = student([taught.lesson for taught in batch])
    wanted = torch.from_numpy(np.concatenate([taught.chances for taught in batch]).astype(np.float32))
    return -(wanted * functional.log_softmax(scores, -1)).sum(1).mean()


def _by_turns(
    news: Iterator[list[Taught]], gold: Iterator[list[Taught]], random: np.random.Generator
) -> Iterator[list[Taught]]:
    while True:
        yield next(gold if random.random() < _GOLD else news)


def _forever(sentences: Sequence[Taught], random: np.random.Generator) -> Iterator[list[Taught]]:
    """Give batches of some 4,000 words, sentences of like length together, for ever."""
    while True:
        order = random.permutation(len(sentences))
        for first in range(0, len(order), _POOL):
            pool = sorted(order[first : first + _POOL], key=lambda number: len(sentences[number].lesson.words))
            chunks = list(_chunks([sentences[number] for number in pool]))
            yield from (chunks[number] for number in random.permutation(len(chunks)))


def _chunks(pool: Sequence[Taught]) -> Iterator[list[Taught]]:
    chunk: list[Taught] = []
    words = 0
    for taught in pool:
        chunk.append(taught)
        words += len(taught.lesson.words)
        if words >= WORDS:
            yield chunk
            chunk, words = [], 0
    if chunk:
        yield chunk
