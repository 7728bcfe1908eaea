"""Lay labelled articles out for the net, several windows at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.roles import ROLES, buckets
from pipelines.core.entities.tagging.voting import FLAGS
from pipelines.core.entities.tagging.windows import Window, cut_windows, pad
from pipelines.core.events.event import TYPES
from pipelines.training.reading.labels import LabelledArticle, Telling

_POOL = 400


class Given(NamedTuple):
    """A window of a labelled article."""

    article: LabelledArticle
    window: Window


def cut_article(
    article: LabelledArticle, encode: Callable[[str], Sequence[int]], marks: Mapping[str, int]
) -> Iterator[Given]:
    """Cut an article into windows."""
    for window in cut_windows(article.sentences, article.hits, encode, marks):
        yield Given(article, window)


class Batch(NamedTuple):
    """Windows side by side; `rows` and `firsts` find each word's first piece, `names`, `types` are its labels.

    A telling has its trigger's place, type, flags, and of each word of its window (filled up with -1 in `roles`)
    place, distance, whether in one sentence, and its label for each role: 0 no, 1 begins, 2 goes on, -100 not asked.
    """

    pieces: Tensor
    marks: Tensor
    rows: Tensor
    firsts: Tensor
    names: Tensor
    types: Tensor
    told_rows: Tensor
    told_firsts: Tensor
    told_types: Tensor
    told_flags: Tensor
    word_firsts: Tensor
    distances: Tensor
    where: Tensor
    roles: Tensor


def batches(windows: Sequence[Given], size: int, random: np.random.Generator | None) -> Iterator[list[Given]]:
    """Give windows of like length together, up to `size` pieces; in random order, or as they stand."""
    order = random.permutation(len(windows)) if random else np.arange(len(windows))
    for first in range(0, len(order), _POOL):
        pool = [windows[number] for number in order[first : first + _POOL]]
        if random:
            pool.sort(key=lambda given: len(given.window.pieces))
        chunks: list[list[Given]] = [[]]
        for given in pool:
            longest = max(len(other.window.pieces) for other in (given, *chunks[-1]))
            if chunks[-1] and longest * (len(chunks[-1]) + 1) > size:
                chunks.append([])
            chunks[-1].append(given)
        for number in random.permutation(len(chunks)) if random else range(len(chunks)):
            yield chunks[number]


def build(windows: Sequence[Given]) -> Batch:
    """Lay windows out with their labels."""
    pieces, marks = pad([given.window for given in windows])
    rows, firsts, names, types = [], [], [], []
    told: list[tuple[int, Window, int, Telling]] = []
    for row, (article, window) in enumerate(windows):
        words, context = window.stretch.words, window.stretch.context
        place = {word: at for at, word in enumerate(words)}
        kinds = dict.fromkeys(words, 0)
        for telling in article.tellings:
            kinds.update({word: 1 + TYPES.index(telling.type) for word in range(telling.first, telling.last)})
            if place.get(telling.first, -1) >= context:
                told.append((row, window, place[telling.first], telling))
        for at in range(context, len(words)):
            rows.append(row)
            firsts.append(window.firsts[at])
            names.append(LABELS.index(article.tags[words[at]]))
            types.append(kinds[words[at]])
    given = map(torch.tensor, (rows, firsts, names, types))
    return Batch(torch.from_numpy(pieces), torch.from_numpy(marks), *given, *_tellings(told))


def _tellings(told: Sequence[tuple[int, Window, int, Telling]]) -> tuple[Tensor, ...]:
    most = max((len(window.firsts) for _, window, _, _ in told), default=0)
    firsts, distances, where = np.zeros((3, len(told), most), np.int64)
    roles = np.full((len(told), most, len(ROLES)), -100, np.int64)
    for number, (_, window, at, telling) in enumerate(told):
        words, sentences = np.array(window.stretch.words), np.array(window.stretch.sentences)
        size, behind = len(words), sentences - sentences[at]
        firsts[number, :size] = window.firsts
        distances[number, :size] = buckets(words - words[at])
        where[number, :size] = np.where(behind == 0, 0, np.where(behind < 0, 1, 2))
        roles[number, :size] = 0
        place = {word: at for at, word in enumerate(window.stretch.words)}
        for part in telling.ignored:
            roles[number, [place[one] for one in range(part.first, part.last) if one in place], part.role] = -100
        for part in telling.parts:
            for word in range(part.first, part.last):
                if word in place:
                    roles[number, place[word], part.role] = 1 if word == part.first else 2
    return (
        torch.tensor([row for row, *_ in told], dtype=torch.int64),
        torch.tensor([window.firsts[at] for _, window, at, _ in told], dtype=torch.int64),
        torch.tensor([TYPES.index(telling.type) for *_, telling in told], dtype=torch.int64),
        torch.tensor([[float(flag in telling.flags) for flag in FLAGS] for *_, telling in told]).view(-1, len(FLAGS)),
        *map(torch.from_numpy, (firsts, distances, where, roles)),
    )
