"""The net that reads names and events together, as it is trained: an encoder and a head for each thing it says."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.roles import DISTANCES, ROLES
from pipelines.core.events.event import TYPES
from pipelines.training.tagger.encoder import Dropout, Encoder

PAIR, WHERE = 256, 3


class RoleHead(nn.Module):
    """Say of each pair of a trigger and a word which role the word fills: O, B or I for each of the four.

    Vectors of both, the event's type, how far apart they stand and whether in one sentence are added up, cut at zero,
    and weighed (after Dozat & Manning 2017, with a sum in the place of the product).
    """

    def __init__(self, width: int, pair: int) -> None:
        super().__init__()
        self.word, self.trigger = nn.Linear(width, pair), nn.Linear(width, pair)
        self.kind, self.distance = nn.Embedding(len(TYPES), pair), nn.Embedding(DISTANCES, pair)
        self.where, self.out, self.drop = nn.Embedding(WHERE, pair), nn.Linear(pair, 3 * len(ROLES)), Dropout()
        for table in (self.kind, self.distance, self.where):
            nn.init.normal_(table.weight, std=0.2)

    def join(self, words: Tensor, triggers: Tensor, kinds: Tensor, distances: Tensor, where: Tensor) -> Tensor:
        """Add up what is known of each pair (triggers, words, pair)."""
        given = self.trigger(triggers) + self.kind(kinds)
        return self.word(words) + given[:, None] + self.distance(distances) + self.where(where)

    def forward(self, words: Tensor, triggers: Tensor, kinds: Tensor, distances: Tensor, where: Tensor) -> Tensor:
        """Return scores (triggers, words, roles, 3) of words (triggers, words, width) beside their trigger."""
        scores = self.out(self.drop(torch.relu(self.join(words, triggers, kinds, distances, where))))
        return scores.view(*scores.shape[:2], len(ROLES), 3)


def restore_roles(head: RoleHead, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Take back what `export.role_arrays` gave of a head, in floats: all but what makes words and triggers vectors."""
    weights, steps = arrays["role_weights"].astype(np.float32), arrays["role_steps"]
    exact = weights * arrays["role_scales"] * steps[:, None] if len(steps) else weights
    with torch.no_grad():
        for table, name in ((head.kind, "kinds"), (head.distance, "distances"), (head.where, "where")):
            table.weight.copy_(torch.from_numpy(arrays[name]))
        head.out.weight.copy_(torch.from_numpy(exact.T.copy()))
        head.out.bias.copy_(torch.from_numpy(arrays["role_bias"]))


class ReadingNet(nn.Module):
    """An encoder with heads for names (one a labelled corpus), triggers, flags and roles.

    The first head of names learns the reading labels, the second those of CLEANANERCorp.
    """

    def __init__(self, encoder: Encoder, labels: Sequence[int], flags: int, width: int = 384) -> None:
        super().__init__()
        self.encoder, self.drop = encoder, Dropout()
        self.heads = nn.ModuleList([nn.Linear(width, count) for count in labels])
        self.heads_trigger, self.heads_flags = nn.Linear(width, 1 + len(TYPES)), nn.Linear(width, flags)
        self.heads_role = RoleHead(width, PAIR)
        assert labels[0] == len(LABELS)
