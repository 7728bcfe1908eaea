"""What a reader says of its words: names, triggers, flags, roles, and which tellings are one event."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipelines.training.device.course.articles import ROLES, Articles
from pipelines.training.device.course.machine import DEVICE

LABELS, TYPES, FLAGS = 9, 16, 4
_DISTANCES, _EXACT, _SPAN, _DROPPED = 49, 16, 400, 0.1


def bucket(distance: int) -> int:
    """Return the number of a distance behind the trigger, as core/entities/tagging/roles.py does."""
    far = abs(distance)
    step = far if far <= _EXACT else _EXACT + min(_DISTANCES // 2 - _EXACT, (far - _EXACT).bit_length())
    return _DISTANCES // 2 + (step if distance > 0 else -step)


_BUCKETS = torch.tensor([bucket(distance) for distance in range(-_SPAN, _SPAN + 1)], device=DEVICE)


class RoleHead(nn.Module):
    """Score O, B and I of each role for pairs of a trigger and a word, as training/reading/net.py does."""

    def __init__(self, width: int, pair: int) -> None:
        super().__init__()
        self.word, self.trigger = nn.Linear(width, pair), nn.Linear(width, pair)
        self.kind, self.distance = nn.Embedding(TYPES, pair), nn.Embedding(_DISTANCES, pair)
        self.where, self.out = nn.Embedding(3, pair), nn.Linear(pair, 3 * ROLES)
        for table in (self.kind, self.distance, self.where):
            nn.init.normal_(table.weight, std=0.2)

    def forward(self, words: Tensor, asked: "Asked") -> Tensor:
        """Return scores (tellings, words, roles, 3) of the words (stretches, words, width) beside each trigger."""
        given = self.trigger(words[asked.places, asked.words]) + self.kind(asked.kinds)
        cells = self.word(words)[asked.places] + given[:, None] + self.distance(asked.distances())
        cells = torch.relu(cells + self.where(asked.where()))
        scores: Tensor = self.out(functional.dropout(cells, _DROPPED, self.training))
        return scores.view(*scores.shape[:2], ROLES, 3)


class Asked:
    """Triggers that are asked for their roles: each one's stretch in the batch, its word there, and its type."""

    def __init__(self, articles: Articles, rows: Tensor, places: Tensor, words: Tensor, kinds: Tensor) -> None:
        self.places, self.words, self.kinds = places, words, kinds
        self._words, self._sentences = articles.words[rows][places].long(), articles.sentences[rows][places].long()
        self.articles = articles.article[rows][places]

    def distances(self) -> Tensor:
        """Return how far each word of the stretch stands from the trigger, as numbers of distances."""
        behind = self._words - self._words.gather(1, self.words[:, None])
        return _BUCKETS[behind.clamp(-_SPAN, _SPAN) + _SPAN]

    def where(self) -> Tensor:
        """Return 0 for words of the trigger's sentence, 1 before it, 2 behind it."""
        behind = self._sentences - self._sentences.gather(1, self.words[:, None])
        return torch.where(behind == 0, 0, torch.where(behind < 0, 1, 2))

    def pairs(self) -> tuple[Tensor, Tensor]:
        """Return pairs of tellings of one type in one article, by their numbers."""
        order = torch.arange(len(self.kinds), device=DEVICE)
        alike = (self.articles[:, None] == self.articles[None]) & (self.kinds[:, None] == self.kinds[None])
        first, second = (alike & (order[:, None] < order[None])).nonzero(as_tuple=True)
        return first, second


class SameHead(nn.Module):
    """Score pairs of triggers of one type: above 0 where they tell one event, the earlier first.

    Vectors of both are added up, cut at zero and weighed, and products of two more are added. What is asked of a
    trigger are its vectors for roles, as a trigger and as a word, which the product has at hand.
    """

    def __init__(self, width: int, pair: int) -> None:
        super().__init__()
        self.first, self.second, self.turned = (nn.Linear(width, pair) for _ in range(3))
        self.out = nn.Linear(pair, 1)

    def forward(self, vectors: Tensor, first: Tensor, second: Tensor) -> Tensor:
        """Return scores of pairs, by the numbers of their vectors (tellings, width)."""
        cells = torch.relu(self.first(vectors)[first] + self.second(vectors)[second])
        turned = self.turned(vectors)
        alike = (turned[first] * turned[second]).float().sum(1) / turned.shape[1] ** 0.5
        return self.out(functional.dropout(cells, _DROPPED, self.training)).float()[:, 0] + alike


class Heads(nn.Module):
    """All heads; `labels` says how many labels each head of names has, the first is that of the reading labels.

    `ways` is added to the words' vectors where the further readers labelled, who draw the lines otherwise; what is
    shipped reads without it.
    """

    def __init__(self, width: int, pair: int, same: int, labels: Sequence[int]) -> None:
        super().__init__()
        self.names = nn.ModuleList([nn.Linear(width, count) for count in labels])
        self.trigger, self.flags = nn.Linear(width, 1 + TYPES), nn.Linear(width, FLAGS)
        self.role, self.same = RoleHead(width, pair), SameHead(2 * pair, same)
        self.ways = nn.Parameter(torch.zeros(width))

    def score_same(self, triggers: Tensor, first: Tensor, second: Tensor) -> Tensor:
        """Return a score of pairs of triggers (tellings, width): above 0 where they tell one event."""
        vectors = torch.cat([self.role.trigger(triggers), self.role.word(triggers)], 1)
        scores: Tensor = self.same(vectors, first, second)
        return scores
