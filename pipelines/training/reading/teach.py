"""Train the net on the labelled articles, and on the other corpora's names beside."""

import copy
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipelines.training.reading.net import ReadingNet
from pipelines.training.reading.windows import Batch, Given, batches, build
from pipelines.training.tagger.batches import Batch as NameBatch
from pipelines.training.tagger.batches import Example
from pipelines.training.tagger.batches import batches as name_batches
from pipelines.training.tagger.learning import parameter_groups

SIZE, RATE, HEAD_RATE, DECAY = 1_536, 1.4e-4, 1e-3, 0.997
_OTHERS, _SMOOTHED, _PER_TELLING = 0.16, 0.03, 30.0


def loss_of(net: ReadingNet, batch: Batch) -> Tensor:
    """Return what all heads lose on a batch of labelled articles."""
    state = net.drop(net.encoder(batch.pieces, batch.marks))
    words = state[batch.rows, batch.firsts]
    lost = functional.cross_entropy(net.heads[0](words), batch.names, label_smoothing=_SMOOTHED)
    lost = lost + 1.5 * functional.cross_entropy(net.heads_trigger(words), batch.types, label_smoothing=_SMOOTHED)
    if not len(batch.told_rows):
        return lost
    triggers = state[batch.told_rows, batch.told_firsts]
    flags = functional.binary_cross_entropy_with_logits(net.heads_flags(triggers), batch.told_flags)
    beside = state[batch.told_rows[:, None], batch.word_firsts]
    scores = net.heads_role(beside, triggers, batch.told_types, batch.distances, batch.where)
    roles = functional.cross_entropy(scores.reshape(-1, 3), batch.roles.reshape(-1), reduction="sum")
    return lost + 0.7 * flags + roles / (_PER_TELLING * len(triggers))


def loss_of_names(net: ReadingNet, batch: NameBatch) -> Tensor:
    """Return what the heads of the other corpora lose."""
    state = net.drop(net.encoder(batch.pieces, batch.marks)[batch.rows, batch.firsts])
    total = torch.zeros(())
    for number, head in enumerate(net.heads):
        own = batch.heads == number
        if own.any():
            total = total + functional.cross_entropy(head(state[own]), batch.labels[own], reduction="sum")
    return total / len(batch.labels)


def draw(
    windows: Sequence[Given], others: Sequence[Example], random: np.random.Generator
) -> Iterator[list[Given] | NameBatch]:
    """Give batches for ever: five in six of labelled articles."""

    def forever(one: Any, source: Any) -> Iterator[Any]:
        while True:
            yield from one(source, SIZE, random)

    articles, names = forever(batches, windows), forever(name_batches, others)
    while True:
        yield next(names) if random.random() < _OTHERS else next(articles)


class Averaged:
    """The mean of the weights over the last steps (Polyak & Juditsky 1992), which reads better than the last alone."""

    def __init__(self, net: nn.Module) -> None:
        self.net = copy.deepcopy(net).eval()

    def follow(self, net: nn.Module, step: int) -> None:
        """Move towards the net's weights."""
        rest = min(DECAY, (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, value in zip(self.net.parameters(), net.parameters(), strict=True):
                mean.lerp_(value, 1 - rest)


def step_loss(net: ReadingNet, batch: list[Given] | NameBatch) -> Tensor:
    """Return the loss of either kind of batch."""
    return loss_of(net, build(batch)) if isinstance(batch, list) else loss_of_names(net, batch)


def groups_of(net: ReadingNet) -> list[dict[str, Any]]:
    """Freeze the vectors of pieces; heads learn faster than the encoder."""
    net.encoder.words.weight.requires_grad = False
    return [group for group in parameter_groups(net, RATE, HEAD_RATE) if group["params"][0].requires_grad]
