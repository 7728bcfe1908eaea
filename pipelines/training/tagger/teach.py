"""Train the transformer on labelled corpora and on news that was labelled for it, and let it label news."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from rich.progress import track
from torch import Tensor
from torch.nn import functional

from pipelines.training.tagger.batches import Batch, Example, batches
from pipelines.training.tagger.encoder import Encoder, Tagging
from pipelines.training.tagger.learning import learn, parameter_groups

EPOCHS, PIECES, RATE, HEAD_RATE = 5, 1_500, 1.2e-4, 1e-3
_OTHERS = 0.5  # what a word of another corpus weighs beside one of the product's
_NEWS = -1

Chances = npt.NDArray[np.float16]


class News(NamedTuple):
    """Windows of news, and how likely each label of each of their words is (words, labels)."""

    examples: Sequence[Example]
    chances: Chances

    def sample(self, windows: int, random: np.random.Generator) -> list[Example]:
        """Choose windows; the labels of their words are rows of `chances`."""
        starts = np.cumsum([0, *(len(example.labels) for example in self.examples)]).tolist()
        chosen = random.permutation(len(self.examples))[:windows].tolist()
        return [Example(self.examples[at].window, range(starts[at], starts[at + 1]), _NEWS) for at in chosen]


def teach(
    encoder: Encoder, labels: list[list[str]], lessons: Sequence[Example], news: News | None, path: Path
) -> Tagging:
    """Train the encoder and one head a corpus; `labels` are the heads' own, `lessons` what there is to read, in all."""
    torch.manual_seed(1)
    net = Tagging(encoder, labels)
    random = np.random.default_rng(1)
    steps = sum(1 for _ in batches(lessons, PIECES, np.random.default_rng(1)))
    chances = None if news is None else news.chances
    groups = parameter_groups(net, RATE, HEAD_RATE)
    given = batches(lessons, PIECES, random)
    learn("learning to tag", net, groups, given, lambda batch: _loss(net, batch, chances), steps, path)
    return net


def _states(net: Tagging, batch: Batch) -> Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        state = net.drop(net.encoder(batch.pieces, batch.marks)[batch.rows, batch.firsts])
    return state.float()


def _loss(net: Tagging, batch: Batch, chances: Chances | None) -> Tensor:
    state, total = _states(net, batch), torch.zeros(())
    for number, head in enumerate(net.heads):
        own = batch.heads == number
        if own.any():
            lost = functional.cross_entropy(head(state[own]), batch.labels[own], reduction="sum")
            total = total + lost * (_OTHERS if number else 1.0)
    told = batch.heads == _NEWS
    if chances is not None and told.any():
        wanted = torch.from_numpy(chances[batch.labels[told].numpy()].astype(np.float32))
        total = total - (wanted * functional.log_softmax(net.heads[0](state[told]), -1)).sum()
    return total / len(batch.labels)


def label(net: Tagging, examples: Sequence[Example]) -> Chances:
    """Return (words, labels): how likely the product's head holds each label of each word, examples in order."""
    net.eval()
    order = sorted(range(len(examples)), key=lambda at: len(examples[at].window.pieces))  # little is filled up
    rows = []
    with torch.no_grad():
        for batch in track(list(batches([examples[at] for at in order], 4_096, None)), "labelling"):
            rows.append(functional.softmax(net.heads[0](_states(net, batch)), -1).numpy().astype(np.float16))
    ends = np.cumsum([len(examples[at].labels) for at in order])
    found = dict(zip(order, np.split(np.concatenate(rows), ends[:-1]), strict=True))
    return np.concatenate([found[at] for at in range(len(examples))])
