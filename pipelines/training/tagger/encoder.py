"""The encoder that is trained: BERT's (Devlin et al. 2019), lean enough for a plain processor."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.training.tagger.e5 import Merged, Weights, embeddings

DROPPED = 0.1
MARKS = 64
_SHADE = -1e4


class Dropout(nn.Module):
    """Dropout with random bytes from numpy, many times as quick as torch's own on a processor."""

    random = np.random.Generator(np.random.SFC64(1))

    def forward(self, values: Tensor) -> Tensor:
        """Drop a tenth of the values while training."""
        if not self.training:
            return values
        limit = int(DROPPED * 256)
        kept = np.frombuffer(self.random.bytes(values.numel()), np.uint8) >= limit
        mask = torch.from_numpy(kept).view(values.shape).to(values.dtype)
        return values * mask.mul_(256 / (256 - limit))


class Layer(nn.Module):
    """Attention and a feed-forward net, each followed by its sum with what came in, normalized."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads, self.scale = heads, (width // heads) ** -0.5
        self.attention, self.gather = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.spread, self.shrink = nn.Linear(width, inner), nn.Linear(inner, width)
        self.first, self.second = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)
        self.drop = Dropout()

    def forward(self, state: Tensor, shade: Tensor) -> Tensor:
        """Read (windows, pieces, width); `shade` is added to the attention scores."""
        windows, pieces, width = state.shape
        split = self.attention(state).view(windows, pieces, 3, self.heads, width // self.heads)
        asked, keys, values = split.permute(2, 0, 3, 1, 4)
        scores = torch.matmul(asked * self.scale, keys.transpose(2, 3)) + shade
        seen = torch.matmul(torch.softmax(scores, -1), values).transpose(1, 2).reshape(windows, pieces, width)
        state = self.first(state + self.drop(self.gather(seen)))
        return self.second(state + self.drop(self.shrink(functional.gelu(self.spread(state)))))


class Encoder(nn.Module):
    """Piece numbers (windows, pieces) and marks of known names in; vectors (windows, pieces, 384) out."""

    def __init__(self, words: int, layers: int, width: int = 384, heads: int = 12, inner: int = 1536) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(words, width), nn.Embedding(512, width)
        self.marks = nn.Embedding.from_pretrained(torch.zeros(MARKS, width), freeze=False, padding_idx=0)
        self.norm, self.drop = nn.LayerNorm(width, 1e-12), Dropout()
        self.layers = nn.ModuleList([Layer(width, heads, inner) for _ in range(layers)])

    def forward(self, pieces: Tensor, marks: Tensor) -> Tensor:
        """Read a batch; piece 0 only fills up."""
        state = self.words(pieces) + self.places.weight[: pieces.shape[1]] + self.marks(marks)
        state = self.drop(self.norm(state))
        shade = (pieces == 0).to(state.dtype).mul(_SHADE)[:, None, None, :]
        for layer in self.layers:
            state = layer(state, shade)
        return state


class Tagging(nn.Module):
    """An encoder with one head a labelled corpus: each keeps its own ways, all share what lies below.

    The first head is the product's: the labels of `LABELS`.
    """

    def __init__(self, encoder: Encoder, labels: list[list[str]]) -> None:
        super().__init__()
        self.encoder, self.drop = encoder, Dropout()
        self.heads = nn.ModuleList([nn.Linear(384, len(kinds)) for kinds in labels])
        assert tuple(labels[0]) == LABELS


def load_e5(merged: list[Merged], layers: int) -> Encoder:
    """Fill an encoder with the lowest layers of e5; the highest serve to compare texts and are left out."""
    weights = Weights()
    width, _, heads, inner, _, places, _ = weights.shape
    encoder = Encoder(len(merged) + 5, layers, width, heads, inner)
    state = {
        "words.weight": embeddings(weights, merged),
        "places.weight": weights.vector("emb.pos").reshape(places, width) + weights.vector("emb.type")[:width],
        "norm.weight": weights.vector("emb.ln.w"),
        "norm.bias": weights.vector("emb.ln.b"),
        "marks.weight": np.zeros((MARKS, width), np.float32),
    }
    for number in range(layers):
        state |= {f"layers.{number}.{name}": value for name, value in _layer(weights, f"l{number}.").items()}
    encoder.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()})
    return encoder


def _layer(weights: Weights, lead: str) -> dict[str, np.ndarray]:
    width, inner = weights.shape[0], weights.shape[3]
    asked = [weights.matrix(f"{lead}{part}.w", width, width) for part in "qkv"]
    found = {
        "attention.weight": np.concatenate(asked),
        "attention.bias": np.concatenate([weights.vector(f"{lead}{part}.b") for part in "qkv"]),
        "gather.weight": weights.matrix(f"{lead}ao.w", width, width),
        "spread.weight": weights.matrix(f"{lead}fi.w", inner, width),
        "shrink.weight": weights.matrix(f"{lead}fo.w", width, inner),
    }
    for name, part in (("gather", "ao"), ("spread", "fi"), ("shrink", "fo")):
        found[f"{name}.bias"] = weights.vector(f"{lead}{part}.b")
    for name, part in (("first", "aln"), ("second", "oln")):
        found |= {
            f"{name}.weight": weights.vector(f"{lead}{part}.w"),
            f"{name}.bias": weights.vector(f"{lead}{part}.b"),
        }
    return found
