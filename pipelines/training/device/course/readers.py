"""The nets that read: an encoder over pieces, and the convolutions over words that are shipped as the fast model."""

from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipelines.training.device.course.articles import Articles
from pipelines.training.device.course.encoder import Encoder, vectors_at
from pipelines.training.device.course.heads import LABELS, Heads
from pipelines.training.device.course.machine import DEVICE
from pipelines.training.device.course.pieces import Pieces

PAIR, SAME = 256, 128
WIDTH, FAST_PAIR, FAST_SAME, DILATIONS = 192, 96, 96, (1, 1, 2, 4, 8)
_DROPPED, _MARKS = 0.1, 64


class Reader(Protocol):
    """A net that reads stretches, with its heads."""

    heads: Heads

    def read(self, articles: Articles, rows: Tensor) -> Tensor:
        """Return a vector of each word (stretches, WIDE, width); what stands where no word is means nothing."""

    def train(self, mode: bool = True) -> object:
        """Switch dropout on or off."""


class EncoderReader(nn.Module):
    """An encoder over pieces; `marks` turns the numbers of marks into the encoder's own."""

    def __init__(self, encoder: Encoder, pieces: Pieces, marks: Tensor, labels: Sequence[int]) -> None:
        super().__init__()
        self.encoder, self.heads = encoder, Heads(encoder.width, PAIR, SAME, labels)
        self.pieces, self.mark_numbers = pieces, marks

    def read(self, articles: Articles, rows: Tensor) -> Tensor:
        """Return a vector of each word."""
        laid = self.pieces.lay(articles, rows)
        state = self.encoder(laid.pieces, self.mark_numbers[laid.marks])
        return vectors_at(functional.dropout(state, _DROPPED, self.training), laid.firsts)


class FastReader(nn.Module):
    """Sums of features, then dilated convolutions, as training/reading/student.py has them.

    `bags` are the numbers of each folded word's features, filled up with the number of features; `folded` is each
    word's folded word.
    """

    def __init__(self, features: int, bags: Tensor, folded: Tensor, marks: Tensor) -> None:
        super().__init__()
        self.features, self.marks = nn.Embedding(features + 1, WIDTH), nn.Embedding(_MARKS, WIDTH)
        self.layers = nn.ModuleList([nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS])
        self.heads = Heads(WIDTH, FAST_PAIR, FAST_SAME, [LABELS, LABELS])
        self.bags, self.folded, self.mark_numbers, self.nothing = bags, folded, marks, features

    def read(self, articles: Articles, rows: Tensor) -> Tensor:
        """Return a vector of each word."""
        valid, sentences = articles.valid[rows], articles.sentences[rows]
        before = torch.cat([torch.full_like(sentences[:, :1], -2), sentences[:, :-1]], 1)
        gap = max(DILATIONS)  # stands before each sentence, and behind the last
        number = torch.cumsum((sentences != before)[valid].long(), 0)
        at = torch.arange(len(number), device=DEVICE) + gap * number
        size = len(number) + gap * (int(number[-1]) + 1)
        marks = self.marks(self.mark_numbers[articles.marks[rows].long()[valid]])
        words = functional.relu(self._vectors(self.folded[articles.numbers[rows]][valid]) + marks)
        state = words.new_zeros(size, WIDTH).index_copy(0, at, words)
        here = words.new_zeros(size, 1).index_fill(0, at, 1.0)
        for layer, dilation in zip(self.layers, DILATIONS, strict=True):
            beside = state.new_zeros(dilation, WIDTH)
            triple = [torch.cat([beside, state[:-dilation]]), state, torch.cat([state[dilation:], beside])]
            found = functional.relu(layer(torch.cat(triple, 1)))
            state = (state + functional.dropout(found, _DROPPED, self.training)) * here
        read = state.new_zeros(*valid.shape, WIDTH)
        read[valid] = state[at]
        return read

    def _vectors(self, words: Tensor) -> Tensor:
        kinds, back = torch.unique(words, return_inverse=True)
        bags = self.bags[kinds].long()
        if self.training:
            bags = torch.where(torch.rand(bags.shape, device=DEVICE) < _DROPPED, self.nothing, bags)
        vectors = functional.embedding_bag(bags, self.features.weight, mode="sum", padding_idx=self.nothing)
        return vectors[back]
