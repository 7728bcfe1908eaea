"""Let the teachers read the news together."""

import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from pipelines.training.device.course.articles import Articles, Told
from pipelines.training.device.course.heads import LABELS, TYPES, Asked
from pipelines.training.device.course.losses import Soft
from pipelines.training.device.course.machine import DEVICE, half_precision, say
from pipelines.training.device.course.readers import Reader
from pipelines.training.device.course.stretches import WIDE

_ROWS, _LEAST = 192, 0.15


class Voted(NamedTuple):
    """What the teachers say of a batch: how likely each label, and of its triggers what `Told` holds."""

    names: Tensor
    clean: Tensor
    types: Tensor
    rows: Tensor
    words: Tensor
    kinds: Tensor
    flags: Tensor
    roles: Tensor


def vote(nets: Sequence[Reader], articles: Articles, rows: Tensor) -> Voted:
    """Return the means of what the nets hold likely; of roles, as in the product, the mean of their logarithms."""
    states = [net.read(articles, rows) for net in nets]
    said = list(zip(nets, states, strict=True))
    names = _mean([torch.softmax(net.heads.names[0](state).float(), -1) for net, state in said])
    clean = _mean(
        [torch.softmax(net.heads.names[1](state).float(), -1) for net, state in said if len(net.heads.names) > 1]
    )
    types = _mean([torch.softmax(net.heads.trigger(state).float(), -1) for net, state in said])
    places, words, kinds = first_words(types, articles.own[rows], articles.sentences[rows])
    asked = Asked(articles, rows, places, words, kinds)
    triggers = [(net.heads, state[places, words]) for net, state in said]
    flags = _mean([torch.sigmoid(heads.flags(vectors).float()) for heads, vectors in triggers])
    roles = _mean([torch.log_softmax(net.heads.role(state, asked).float(), -1) for net, state in said])
    likely = torch.softmax(roles, -1).half()
    return Voted(names.half(), clean.half(), types.half(), rows[places], words, kinds, flags.half(), likely)


def _mean(votes: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(votes)).mean(0)


def first_words(types: Tensor, own: Tensor, sentences: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Find triggers, as core/entities/tagging/tellings.py does: of words of one type side by side the first.

    Returns each one's stretch in the batch, its word there and its type.
    """
    likely, kinds = types[..., 1:].max(-1)
    found = (likely >= _LEAST) & own
    goes_on = torch.zeros_like(found)
    alike = (kinds[:, 1:] == kinds[:, :-1]) & (sentences[:, 1:] == sentences[:, :-1])
    goes_on[:, 1:] = found[:, 1:] & found[:, :-1] & alike
    places, words = (found & ~goes_on).nonzero(as_tuple=True)
    return places, words, kinds[places, words]


def label(nets: Sequence[Reader], articles: Articles, seconds: float, most: int) -> Soft:
    """Let the teachers read stretches for so many seconds, `most` at most."""
    began, done = time.monotonic(), 0
    for net in nets:
        net.train(False)
    tables = [_table(articles, labels) for labels in (LABELS, LABELS, 1 + TYPES)]
    told: list[Voted] = []
    while done < min(articles.stretches, most) and (not done or time.monotonic() - began < seconds):
        rows = torch.arange(done, min(done + _ROWS, articles.stretches), device=DEVICE)
        with torch.no_grad(), half_precision():
            voted = vote(nets, articles, rows)
        for table, values in zip(tables, voted[:3], strict=True):
            table[rows] = values
        told.append(voted._replace(names=rows[:0], clean=rows[:0], types=rows[:0]))
        done += len(rows)
    say(f"{done} of {articles.stretches} stretches read, {sum(len(one.rows) for one in told)} triggers")
    count = articles.count if done == articles.stretches else int(articles.layout.articles[done])
    return _join(tables, told, count, articles.stretches)


def _table(articles: Articles, labels: int) -> Tensor:
    return torch.zeros((articles.stretches, WIDE, labels), dtype=torch.float16, device=DEVICE)


def _join(tables: Sequence[Tensor], told: Sequence[Voted], count: int, stretches: int) -> Soft:
    rows = torch.cat([one.rows for one in told]).cpu().numpy()
    joined = Told(
        np.searchsorted(rows, np.arange(stretches + 1)),
        torch.cat([one.words for one in told]),
        torch.cat([one.kinds for one in told]),
        torch.cat([one.flags for one in told]),
        torch.cat([one.roles for one in told]),
    )
    names, clean, types = tables
    return Soft(names, clean, types, joined, count)
