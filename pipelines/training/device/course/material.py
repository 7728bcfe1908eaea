"""What was carried, as the stages use it; read when a stage first asks for it."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pipelines.training.device.course.arrays import Array, Arrays, Carried, rename, restore
from pipelines.training.device.course.articles import Articles, Labelled, Read
from pipelines.training.device.course.encoder import Encoder
from pipelines.training.device.course.heads import FLAGS, LABELS, TYPES
from pipelines.training.device.course.machine import DEVICE, tensor
from pipelines.training.device.course.pieces import Pieces
from pipelines.training.device.course.readers import EncoderReader, FastReader

CORPORA, SHUFFLED, TOGETHER = ("cleananercorp", "aqmar", "caraner", "newsfane_gold"), "caraner", 6
BERT, E5 = (768, 12, 3072), (384, 12, 1536)
"""Width, heads and inner width."""
_E5_LAYERS, _BERT_LAYERS = 8, 12
_ACCURATE = {"heads": "heads.names", "heads_trigger": "heads.trigger", "heads_flags": "heads.flags"}
_ACCURATE |= {"heads_role": "heads.role"}


class Material:
    """Articles and fresh nets; `few` limits articles to so many, and BERT to one layer, for a rehearsal."""

    def __init__(self, carried: Carried, few: int | None = None) -> None:
        self.carried, self.few = carried, few

    @cached_property
    def words(self) -> dict[str, Array]:
        """Return the words' pieces and features."""
        return self.carried.arrays("words")

    @cached_property
    def labels(self) -> dict[str, Array]:
        """Return what is labelled."""
        return self.carried.arrays("labels")

    def _part(self, name: str) -> Arrays:
        lead = f"{name}/"
        return {key.removeprefix(lead): values for key, values in self.labels.items() if key.startswith(lead)}

    @cached_property
    def train(self) -> Read:
        """Return the labelled articles to learn from."""
        return Read(self._part("reading/train"), self.few)

    @cached_property
    def dev(self) -> Read:
        """Return the labelled articles to measure on."""
        return Read(self._part("reading/dev"), self.few)

    @cached_property
    def maghreb(self) -> Read:
        """Return those in the styles of the Maghreb press, to measure on too."""
        return Read(self._part("reading/maghreb"), self.few)

    def corpus(self, name: str, part: str) -> Labelled:
        """Return an older corpus's names; of sentences that follow one another six are read together."""
        packed = self._part(f"{name}/{part}")
        count, step = len(packed["lengths"]), 1 if name == SHUFFLED else TOGETHER
        together = [min(step, count - first) for first in range(0, count, step)]
        return Labelled(packed, titled=False, sentences=together, most=self.few)

    @cached_property
    def corpora(self) -> list[Labelled]:
        """Return the older corpora's training parts."""
        return [self.corpus(name, "train") for name in CORPORA]

    @cached_property
    def news(self) -> Articles:
        """Return the news."""
        return Articles(self.carried.arrays("news"), most=None if self.few is None else 4 * self.few)

    @cached_property
    def folded(self) -> Tensor:
        """Return the number of each word's folded word."""
        return tensor(self.words["folded"].astype(np.int64))

    @cached_property
    def e5_pieces(self) -> Pieces:
        """Return each word's pieces for e5, which reads folded words."""
        return Pieces(self.words["e5_counts"], self.words["e5_pieces"], self.folded)

    @cached_property
    def bert_pieces(self) -> Pieces:
        """Return each word's pieces for BERT."""
        return Pieces(self.words["bert_counts"], self.words["bert_pieces"])

    def e5(self) -> Encoder:
        """Return the encoder of the accurate model as shipped."""
        given = restore(self.carried.arrays("accurate")).items()
        weights = {name.removeprefix("encoder."): value for name, value in given if name.startswith("encoder.")}
        return _encoder(weights, E5, _E5_LAYERS)

    def accurate(self) -> EncoderReader:
        """Return the accurate model as shipped; heads that it does not have are new."""
        net = self.reader(self.e5(), self.e5_pieces, self.label_counts)
        given = rename(restore(self.carried.arrays("accurate")), _ACCURATE)
        state = {name: torch.from_numpy(value) for name, value in given.items()}
        missing, strange = net.load_state_dict(state, strict=False)
        assert not strange, strange
        assert {key.split(".")[1] for key in missing} <= {"same", "names", "ways"}, missing
        return net

    def bert(self, weights: dict[str, Tensor] | None = None) -> Encoder:
        """Return multilingual BERT, or an encoder of its shape with these weights."""
        given = self.bert_weights("encoder.") if weights is None else weights
        return _encoder(given, BERT, _BERT_LAYERS if self.few is None else 1)

    def bert_weights(self, lead: str) -> dict[str, Tensor]:
        """Return BERT's weights whose names begin so: "encoder." or, of its head that guesses pieces, "guess."."""
        found = restore(self.carried.arrays("bert")).items()
        return {name.removeprefix(lead): torch.from_numpy(value) for name, value in found if name.startswith(lead)}

    def reader(self, encoder: Encoder, pieces: Pieces, labels: Sequence[int]) -> EncoderReader:
        """Return a reader with new heads."""
        marks = tensor(self.words["e5_marks"].astype(np.int64))
        net = EncoderReader(encoder, pieces, marks, labels)
        net.to(DEVICE)
        return net

    @property
    def label_counts(self) -> list[int]:
        """Return how many labels the heads of names have: of the reading labels, and of each older corpus."""
        return [LABELS, *(int(self.labels[f"{name}/kinds"][0]) for name in CORPORA)]

    def fast(self) -> FastReader:
        """Return the fast model as shipped."""
        words, given = self.words, restore(self.carried.arrays("fast"))
        counts, nothing = words["fast_counts"].astype(np.int64), len(given["features.weight"])
        bags = np.full((len(counts), int(counts.max())), nothing, np.int32)
        bags[np.arange(bags.shape[1])[None] < counts[:, None]] = words["fast_features"]
        net = FastReader(nothing, tensor(bags), self.folded, tensor(words["fast_marks"].astype(np.int64)))
        given["features.weight"] = np.concatenate(
            [given["features.weight"], np.zeros_like(given["features.weight"][:1])]
        )
        missing, strange = net.load_state_dict(_renamed(given), strict=False)
        assert not strange, strange
        assert {key.split(".")[1] for key in missing} <= {"same", "ways"}, missing
        net.to(DEVICE)
        return net


def _encoder(weights: dict[str, Tensor] | dict[str, Array], shape: tuple[int, int, int], layers: int) -> Encoder:
    state = {name: torch.as_tensor(value).float() for name, value in weights.items()}
    width, heads, inner = shape
    encoder = Encoder(len(state["words.weight"]), layers, width, heads, inner)
    own = encoder.state_dict()
    assert set(own) - set(state) <= {"marks.weight"}
    encoder.load_state_dict({name: state.get(name, own[name]) for name in own})
    encoder.to(DEVICE)
    return encoder


def _renamed(given: dict[str, Array]) -> dict[str, Tensor]:
    """Return the weights of a `Student` under the names that they have in a `FastReader`."""
    state: dict[str, Tensor] = {}
    for name, value in given.items():
        head, _, kind = name.partition(".")
        weights = torch.from_numpy(value)
        if head == "events":
            state[f"heads.trigger.{kind}"] = weights[: 1 + TYPES]
            state[f"heads.flags.{kind}"] = weights[1 + TYPES : 1 + TYPES + FLAGS]
        else:
            places = {"names": "heads.names.0", "names_before": "heads.names.1", "role": "heads.role"}
            state[f"{places.get(head, head)}.{kind}"] = weights
    return state


def load(path: Path) -> dict[str, Any]:
    """Return what a stage has left, weights by their names for the most."""
    left: dict[str, Any] = torch.load(path, map_location=DEVICE)
    return left
