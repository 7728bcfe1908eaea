"""What a reader loses on labelled articles, on older corpora's names, and on news as the teachers read it."""

from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from pipelines.training.device.course.articles import NOT_ASKED, Articles, Labelled, Read, Rows, Told
from pipelines.training.device.course.heads import Asked, Heads
from pipelines.training.device.course.machine import tensor
from pipelines.training.device.course.readers import Reader

_SMOOTHED, _PER_TELLING = 0.03, 30.0
_TYPES, _FLAGS, _SAME, _CLEAN = 1.5, 0.7, 0.5, 0.5


class Soft(NamedTuple):
    """How likely the teachers together hold each label of each word of the news' stretches, and their tellings.

    `clean` is of CLEANANERCorp's labels. Only the first `articles` were read whole.
    """

    names: Tensor
    clean: Tensor
    types: Tensor
    told: Told
    articles: int

    def as_dict(self) -> dict[str, Any]:
        """Return what `from_dict` takes, of tensors, lists and numbers only."""
        told = self.told._asdict() | {"firsts": torch.from_numpy(self.told.firsts)}
        return self._asdict() | {"told": told}

    @staticmethod
    def from_dict(given: dict[str, Any]) -> "Soft":
        """Return what `as_dict` gave."""
        told = given["told"] | {"firsts": given["told"]["firsts"].cpu().numpy()}
        return Soft(**given | {"told": Told(**told)})


def loss_of_labels(net: Reader, articles: Read, numbers: Rows) -> Tensor:
    """Return what all heads lose on stretches of labelled articles."""
    rows, heads = tensor(numbers), net.heads
    words, own = net.read(articles, rows) + articles.ways[rows][:, None, None] * heads.ways, articles.own[rows]
    lost = _surprise(heads.names[0](words[own]), articles.names[rows][own])
    lost = lost + _TYPES * _surprise(heads.trigger(words[own]), articles.types[rows][own])
    tellings, places = articles.told.of(numbers)
    if not len(tellings):
        return lost
    told = articles.told
    asked = Asked(articles, rows, places, told.words[tellings], told.kinds[tellings])
    triggers = words[places, asked.words]
    scores = heads.role(words, asked).float().reshape(-1, 3)
    wanted = told.roles[tellings].long().reshape(-1)
    roles = functional.cross_entropy(scores, wanted, ignore_index=NOT_ASKED, reduction="sum")
    lost = lost + _lost_flags(heads, triggers, told.flags[tellings]) + roles / (_PER_TELLING * len(tellings))
    first, second = asked.pairs()
    if not len(first):
        return lost
    events = articles.events[tellings]
    alike = (events[first] == events[second]).float()
    same = functional.binary_cross_entropy_with_logits(heads.score_same(triggers, first, second), alike)
    return lost + _SAME * same


def loss_of_names(net: Reader, articles: Labelled, numbers: Rows, head: int) -> Tensor:
    """Return what the head of an older corpus loses on its names."""
    rows = tensor(numbers)
    own = articles.own[rows]
    return _surprise(net.heads.names[head](net.read(articles, rows)[own]), articles.names[rows][own])


def loss_of_news(net: Reader, articles: Articles, numbers: Rows, soft: Soft) -> Tensor:
    """Return what heads lose on stretches of news, against the teachers (Hinton et al. 2015).

    Which tellings are one event only the labels teach.
    """
    rows, heads = tensor(numbers), net.heads
    words, own = net.read(articles, rows), articles.own[rows]
    lost = _distance(heads.names[0](words[own]), soft.names[rows][own])
    lost = lost + _CLEAN * _distance(heads.names[1](words[own]), soft.clean[rows][own])
    lost = lost + _TYPES * _distance(heads.trigger(words[own]), soft.types[rows][own])
    tellings, places = soft.told.of(numbers)
    if not len(tellings):
        return lost
    told = soft.told
    asked = Asked(articles, rows, places, told.words[tellings], told.kinds[tellings])
    triggers = words[places, asked.words]
    scores = torch.log_softmax(heads.role(words, asked).float(), -1)
    wanted = told.roles[tellings].float() * articles.valid[rows][places][:, :, None, None]
    roles = -(wanted * scores).sum() / (_PER_TELLING * len(tellings))
    return lost + _lost_flags(heads, triggers, told.flags[tellings].float()) + roles


def _lost_flags(heads: Heads, triggers: Tensor, wanted: Tensor) -> Tensor:
    return _FLAGS * functional.binary_cross_entropy_with_logits(heads.flags(triggers).float(), wanted)


def _surprise(scores: Tensor, wanted: Tensor) -> Tensor:
    return functional.cross_entropy(scores.float(), wanted, label_smoothing=_SMOOTHED)


def _distance(scores: Tensor, wanted: Tensor) -> Tensor:
    return -(wanted.float() * torch.log_softmax(scores.float(), -1)).sum(-1).mean()
