"""Adapt e5 to news: go on guessing masked words, and say of each word, seen or masked, which name it stands in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.pieces import END, FIRST, MASK
from pipelines.training.tagger.batches import Batch, Example, batches
from pipelines.training.tagger.encoder import Encoder
from pipelines.training.tagger.learning import learn, parameter_groups

STEPS, PIECES, RATE = 9_000, 4_096, 3e-4
_MASKED, _HIDDEN, _OTHER, _WEIGHT = 0.2, 0.8, 0.9, 0.5


class Guessing(nn.Module):
    """An encoder with a head that guesses pieces (its vectors are those of the input) and one that labels words."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.words.weight.shape[1]
        self.encoder, self.turn, self.norm = encoder, nn.Linear(width, width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(len(encoder.words.weight)))
        self.label = nn.Linear(width, len(LABELS))
        nn.init.eye_(self.turn.weight)

    def train(self, mode: bool = True) -> "Guessing":
        """Train without dropout: hardly any window is read twice (Geiping & Goldstein 2023)."""
        super().train(mode)
        self.encoder.eval()
        return self

    def loss(self, batch: Batch, random: np.random.Generator) -> Tensor:
        """Mask whole words and return what both heads lose."""
        corrupted, chosen = corrupt(batch, random)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            state = self.encoder(corrupted, torch.zeros_like(batch.marks))
            turned = self.norm(functional.gelu(self.turn(state[chosen])))
            pieces = turned @ self.encoder.words.weight.to(torch.bfloat16).T
            labels = self.label(state[batch.rows, batch.firsts])
        guessed = functional.cross_entropy(pieces.float() + self.bias, batch.pieces[chosen])
        return guessed + _WEIGHT * functional.cross_entropy(labels.float(), batch.labels, label_smoothing=0.05)


def corrupt(batch: Batch, random: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Return pieces of which 20 % of the words are mostly masked, and which pieces are to be guessed."""
    pieces = batch.pieces.numpy()
    words = np.zeros(pieces.shape, np.int64)
    words[batch.rows, batch.firsts] = 1
    flat = np.cumsum(words.ravel()).reshape(pieces.shape)  # the number of the word each piece belongs to
    fate = random.random(len(batch.firsts) + 1)[flat]
    chance = random.random(len(batch.firsts) + 1)[flat]
    chosen = (fate < _MASKED) & (pieces >= FIRST - 2) & (pieces != END) & (flat > 0)
    other = random.integers(FIRST, pieces.max() + 1, pieces.shape)
    new = np.where(
        chosen & (chance < _HIDDEN), MASK, np.where(chosen & (chance < _OTHER) & (chance >= _HIDDEN), other, pieces)
    )
    return torch.from_numpy(new), torch.from_numpy(chosen)


def adapt(encoder: Encoder, examples: Sequence[Example], path: Path) -> Encoder:
    """Train on windows of news and return the encoder; `path` keeps what to go on from."""
    random = np.random.default_rng(1)
    net = Guessing(encoder)

    def forever() -> Iterator[Batch]:
        while True:
            yield from batches(examples, PIECES, random)

    groups = parameter_groups(net, RATE, RATE)
    learn("adapting to news", net, groups, forever(), lambda batch: net.loss(batch, random), STEPS, path)
    return encoder
