"""BERT's encoder (Devlin et al. 2019), with the names of weights of training/tagger/encoder.py."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipelines.training.device.course.machine import DEVICE, drop

DROPPED, MARKS, _PLACES = 0.1, 64, 512


class Layer(nn.Module):
    """Attention and a feed-forward net, each followed by its sum with what came in, normalized."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads, self.dropped = heads, DROPPED
        self.attention, self.gather = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.spread, self.shrink = nn.Linear(width, inner), nn.Linear(inner, width)
        self.first, self.second = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)

    def forward(self, state: Tensor, seen: Tensor) -> Tensor:
        """Read (stretches, pieces, width); `seen` says which pieces count."""
        stretches, pieces, width = state.shape
        split = self.attention(state).view(stretches, pieces, 3, self.heads, width // self.heads)
        asked, keys, values = split.permute(2, 0, 3, 1, 4)
        found = attend(asked, keys, values, seen)
        gathered = self.gather(found.transpose(1, 2).reshape(stretches, pieces, width))
        state = self.first(state + drop(gathered, self.dropped, self.training))
        spread = self.shrink(functional.gelu(self.spread(state)))
        read: Tensor = self.second(state + drop(spread, self.dropped, self.training))
        return read


class Encoder(nn.Module):
    """Piece numbers (stretches, pieces) and marks of known names in; vectors (stretches, pieces, width) out."""

    def __init__(self, words: int, layers: int, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.width, self.dropped = width, DROPPED
        self.words, self.places = nn.Embedding(words, width), nn.Embedding(_PLACES, width)
        self.marks = nn.Embedding(MARKS, width, padding_idx=0)
        nn.init.zeros_(self.marks.weight)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList([Layer(width, heads, inner) for _ in range(layers)])

    def drop(self, share: float) -> None:
        """Set what share of the numbers is dropped while training."""
        self.dropped = share
        for layer in self.layers:
            assert isinstance(layer, Layer)
            layer.dropped = share

    def forward(self, pieces: Tensor, marks: Tensor | None) -> Tensor:
        """Read a batch; piece 0 only fills up."""
        state: Tensor = self.words(pieces) + self.places.weight[: pieces.shape[1]]
        if marks is not None:
            state = state + self.marks(marks)
        state = drop(self.norm(state), self.dropped, self.training)
        seen = (pieces != 0)[:, None, None, :].expand(-1, 1, pieces.shape[1], -1)
        for layer in self.layers:
            state = layer(state, seen)
        return state


def attend(asked: Tensor, keys: Tensor, values: Tensor, seen: Tensor) -> Tensor:
    """Return what each piece takes from those it has `seen`; on a processor two plain products are quicker."""
    if DEVICE.type == "cuda":
        return functional.scaled_dot_product_attention(asked, keys, values, attn_mask=seen)
    scores = torch.matmul(asked * asked.shape[-1] ** -0.5, keys.transpose(-1, -2))
    return torch.matmul(torch.softmax(scores.masked_fill(~seen, -1e4), -1).to(values.dtype), values)


def vectors_at(state: Tensor, firsts: Tensor) -> Tensor:
    """Return the vectors of words (stretches, words, width) by their first pieces."""
    return torch.gather(state, 1, firsts[:, :, None].expand(-1, -1, state.shape[2]))
