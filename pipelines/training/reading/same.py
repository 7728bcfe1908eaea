"""Teach a trained model which of its tellings are one event (event coreference), and put that into its file.

The net itself stays as it is: what is learned are weights over its vectors of triggers (`SameScorer`). The device
course learns such weights together with the net; `put_same` takes those too.
"""

import io
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import onnx
import torch
from rich.progress import track
from torch import Tensor, nn
from torch.nn import functional

from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.tagging.same import pairs_of_a_type
from pipelines.core.entities.tagging.voting import Voter
from pipelines.training.reading.further.articles import LEARNED, read_further
from pipelines.training.reading.labels import LabelledArticle, label_articles, read_labels
from pipelines.training.sources import require

PAIR = 96
_EPOCHS, _BATCH, _RATE, _DECAY, _DROPPED, _WHOLE = 8, 512, 1.5e-3, 0.02, 0.2, 63.0

Arrays = dict[str, npt.NDArray[np.generic]]


class Voting(Protocol):
    """A model that says what its net alone sees."""

    def vote(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> tuple[object, Voter]:
        """Return scores of names, and the rest."""


class Pairs(NamedTuple):
    """Vectors of triggers (tellings, width), pairs of them, whether these are one event, and who says so.

    `ways` is 0 for the readers of `reading`, 1 for those of the further labels, who draw the lines otherwise.
    """

    vectors: Tensor
    pairs: Tensor
    same: Tensor
    ways: Tensor


def teach_same(data: Path, model: Voting, path: Path) -> None:
    """Teach the model in `path`, loaded as `model`, by all articles it may learn from."""
    put_same(path, whole_arrays(fit_same(read_pairs(data, model)).folded()))


def read_pairs(data: Path, model: Voting) -> Pairs:
    """Let the net read the labelled articles; compare the tellings that are labelled."""
    folder = require(data / "reading")
    own = read_labels(folder / "articles.jsonl.gz", folder / "labels.train.jsonl")
    parts = [_compare(own, model, 0), _compare(label_articles(read_further(data, LEARNED)), model, 1)]
    shift = torch.tensor(len(parts[0].vectors))
    parts[1] = parts[1]._replace(pairs=parts[1].pairs + shift)
    return Pairs(*(torch.cat(columns) for columns in zip(*parts, strict=True)))


def _compare(articles: Iterable[LabelledArticle], model: Voting, ways: int) -> Pairs:
    vectors: list[npt.NDArray[np.float32]] = []
    pairs: list[tuple[int, int]] = []
    same: list[bool] = []
    count = 0
    for article in track(articles, "tellings of one event", total=None):
        if not article.tellings:
            continue
        told = sorted(article.tellings, key=lambda one: one.first)
        heads = model.vote(article.sentences, article.hits)[1].heads
        words = [one.first for one in told]
        vectors.append(np.concatenate([heads.triggers[words], heads.words[words]], axis=1))
        own = pairs_of_a_type([one.type for one in told])
        pairs += [(count + first, count + second) for first, second in own]
        same += [told[first].event == told[second].event for first, second in own]
        count += len(told)
    alike = torch.tensor(same, dtype=torch.float32)
    return Pairs(
        torch.from_numpy(np.concatenate(vectors).astype(np.float32)),
        torch.tensor(pairs),
        alike,
        torch.full((len(same),), ways),
    )


class SameHead(nn.Module):
    """What `SameScorer` computes, in floats; the further readers' ways are a vector added before the cut at zero."""

    def __init__(self, vectors: Tensor) -> None:
        super().__init__()
        width = vectors.shape[1]
        self.mean, self.spread = vectors.mean(0), vectors.std(0) + 1e-3
        self.first, self.second, self.turned = (nn.Linear(width, PAIR) for _ in range(3))
        self.ways, self.out = nn.Embedding(2, PAIR), nn.Linear(PAIR, 1)

    def forward(self, given: Pairs, rows: Tensor) -> Tensor:
        """Return the scores of some of the pairs."""
        one, two = (self._level(given.vectors[side]) for side in given.pairs[rows].unbind(1))
        cells = torch.relu(self.first(one) + self.second(two) + self.ways(given.ways[rows]))
        alike = (self.turned(one) * self.turned(two)).sum(1) / PAIR**0.5
        scores: Tensor = self.out(functional.dropout(cells, _DROPPED, self.training))[:, 0] + alike
        return scores

    def _level(self, vectors: Tensor) -> Tensor:
        return functional.dropout((vectors - self.mean) / self.spread, _DROPPED, self.training)

    def folded(self) -> dict[str, Tensor]:
        """Return the weights over vectors as the net gives them, by the names of the device course's `SameHead`."""
        given: dict[str, Tensor] = {"out.weight": self.out.weight, "out.bias": self.out.bias}
        for name, layer in (("first", self.first), ("second", self.second), ("turned", self.turned)):
            given[f"{name}.weight"] = layer.weight / self.spread
            given[f"{name}.bias"] = layer.bias - given[f"{name}.weight"] @ self.mean
        given["second.bias"] = given["second.bias"] + self.ways.weight[0]
        return {name: weight.detach() for name, weight in given.items()}


def fit_same(given: Pairs, epochs: int = _EPOCHS) -> SameHead:
    """Fit the weights by gradient descent, the rate falling to nothing."""
    torch.manual_seed(1)
    head, count = SameHead(given.vectors), len(given.same)
    optimizer = torch.optim.AdamW(head.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = epochs * -(-count // _BATCH)
    fall = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    for _ in track(range(epochs), "one event or two"):
        for rows in torch.randperm(count).split(_BATCH):
            lost = functional.binary_cross_entropy_with_logits(head(given, rows), given.same[rows])
            optimizer.zero_grad()
            lost.backward()
            optimizer.step()
            fall.step()
    head.eval()
    return head


def whole_arrays(given: Mapping[str, Tensor]) -> Arrays:
    """Return a head's weights as `SameScorer` takes them: whole numbers of 7 bits, and what they are worth."""
    turned = len(given["turned.bias"]) ** -0.25
    sizes = {"first": 1.0, "second": 1.0, "turned": turned}
    weights = torch.cat([given[f"{name}.weight"].T * size for name, size in sizes.items()], 1)
    scales, out = weights.abs().amax(0) / _WHOLE, given["out.weight"][0]
    size = out.abs().max() / _WHOLE
    arrays = {
        "same_weights": torch.round(weights / scales).to(torch.int8),
        "same_scales": scales,
        "same_bias": torch.cat([given[f"{name}.bias"] * size for name, size in sizes.items()]),
        "same_out": torch.round(out / size).to(torch.int8),
        "same_last": torch.stack([size, given["out.bias"][0]]),
    }
    return {name: array.numpy() for name, array in arrays.items()}


def blank_arrays(width: int) -> Arrays:
    """Return weights that say nothing, for a model which has not been taught yet; `width` is that of its vectors."""
    return {
        "same_weights": np.zeros((width, 3 * PAIR), np.int8),
        "same_scales": np.ones(3 * PAIR, np.float32),
        "same_bias": np.zeros(3 * PAIR, np.float32),
        "same_out": np.zeros(PAIR, np.int8),
        "same_last": np.zeros(2, np.float32),
    }


def put_same(path: Path, arrays: Arrays) -> None:
    """Put the weights into the file of a model."""
    if path.suffix == ".npz":
        np.savez_compressed(path, allow_pickle=False, **{**np.load(path), **arrays})
        return
    model = onnx.load(path)
    about: dict[str, Any] = {one.key: one.value for one in model.metadata_props}
    held = io.BytesIO()
    np.savez(held, allow_pickle=False, **{**np.load(io.BytesIO(b64decode(about["roles"]))), **arrays})
    onnx.helper.set_model_props(model, about | {"roles": b64encode(held.getvalue()).decode()})
    onnx.save(model, path)
