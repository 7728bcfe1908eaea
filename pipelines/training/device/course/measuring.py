"""How well readers read the development articles: figures to see that a stage went well, not those to report.

Participants are asked for the labelled triggers, names and triggers are counted where a stretch has them: `python -m
tests.bench.reading` counts what the product makes of it all.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from pipelines.training.device.course.articles import NOT_ASKED, ROLES, Labelled, Read
from pipelines.training.device.course.heads import Asked
from pipelines.training.device.course.machine import DEVICE, half_precision, say
from pipelines.training.device.course.readers import Reader

_ROWS, _STEPS = 64, (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)

Span = tuple[int, int, int]


def spans(labels: Sequence[int]) -> set[Span]:
    """Return (first, last + 1, type) of the spans that labels mark: 0 outside, odd ones begin, even ones go on.

    >>> sorted(spans([1, 2, 0, 3, 3, 2]))
    [(0, 2, 1), (3, 4, 2), (4, 5, 2), (5, 6, 1)]
    """
    found: set[Span] = set()
    first, kind = 0, 0
    for place, label in enumerate([*labels, 0]):
        own = (label + 1) // 2
        if kind and (label % 2 == 1 or own != kind):
            found.add((first, place, kind))
            kind = 0
        if own and not kind:
            first, kind = place, own
    return found


class Counts:
    """How many were right, said and labelled, by name."""

    def __init__(self) -> None:
        self.right, self.said, self.labelled = Counter[str](), Counter[str](), Counter[str]()

    def add(self, name: str, said: set[Span], labelled: set[Span]) -> None:
        """Count spans that were said, and those that are labelled."""
        self.right[name] += len(said & labelled)
        self.said[name] += len(said)
        self.labelled[name] += len(labelled)

    def f1(self, name: str) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right[name] / max(self.said[name] + self.labelled[name], 1)


def measure(name: str, nets: Sequence[Reader], articles: Read) -> None:
    """Print how well nets read together: names, triggers at the best step, roles, flags, one event or two."""
    counts = Counts()
    for net in nets:
        net.train(False)
    for first in range(0, articles.stretches, _ROWS):
        numbers = np.arange(first, min(first + _ROWS, articles.stretches))
        rows = torch.from_numpy(numbers).to(DEVICE)
        with torch.no_grad(), half_precision():
            states = [net.read(articles, rows) for net in nets]
            _count_words(counts, nets, states, articles, rows)
            _count_tellings(counts, nets, states, articles, rows, articles.told.of(numbers))
    best = max(_STEPS, key=lambda step: counts.f1(f"triggers {step}"))
    figures = {"names": counts.f1("names"), f"triggers at {best}": counts.f1(f"triggers {best}")}
    figures |= {f"role {role}": counts.f1(f"role {role}") for role in range(ROLES)}
    figures |= {one: counts.right[one] / max(counts.labelled[one], 1) for one in ("flags", "same")}
    say("MEASURED", name, ", ".join(f"{key} {value:.4f}" for key, value in figures.items()))


def measure_names(name: str, net: Reader, articles: Labelled, head: int) -> None:
    """Print how well a net reads the names of an older corpus by its head."""
    counts = Counts()
    net.train(False)
    for first in range(0, articles.stretches, _ROWS):
        rows = torch.arange(first, min(first + _ROWS, articles.stretches), device=DEVICE)
        with torch.no_grad(), half_precision():
            said = net.heads.names[head](net.read(articles, rows)).argmax(-1)
        _count_names(counts, said, articles, rows)
    say("MEASURED", name, f"names {counts.f1('names'):.4f}")


def _count_names(counts: Counts, said: Tensor, articles: Labelled, rows: Tensor) -> None:
    parts = (said.cpu(), articles.names[rows].cpu(), articles.own[rows].cpu())
    for guess, label, own in zip(*parts, strict=True):
        counts.add("names", spans(guess[own].tolist()), spans(label[own].tolist()))


def _count_words(counts: Counts, nets: Sequence[Reader], states: list[Tensor], articles: Read, rows: Tensor) -> None:
    """Count names, and the types of events that each sentence tells, at several steps."""
    said = list(zip(nets, states, strict=True))
    names = sum(torch.softmax(net.heads.names[0](state).float(), -1) for net, state in said)
    types = sum(torch.softmax(net.heads.trigger(state).float(), -1) for net, state in said)
    assert isinstance(names, Tensor)
    assert isinstance(types, Tensor)
    _count_names(counts, names.argmax(-1), articles, rows)
    likely, kinds = (types[..., 1:] / len(nets)).max(-1)
    own = articles.own[rows].cpu()
    read = [part.cpu() for part in (articles.sentences[rows], articles.types[rows], likely, kinds)]
    for row in range(len(rows)):
        given = [part[row][own[row]].tolist() for part in read]
        words = list(zip(*given, strict=True))
        told = {(sentence, kind - 1, 0) for sentence, kind, _, _ in words if kind}
        for step in _STEPS:
            guessed = {(sentence, kind, 0) for sentence, _, sure, kind in words if sure >= step}
            counts.add(f"triggers {step}", guessed, told)


def _count_tellings(
    counts: Counts,
    nets: Sequence[Reader],
    states: list[Tensor],
    articles: Read,
    rows: Tensor,
    tellings: tuple[Tensor, Tensor],
) -> None:
    """Count roles by their exact words where they are asked, flags where all are right, and pairs of one event."""
    told, (numbers, places) = articles.told, tellings
    if not len(numbers):
        return
    asked = Asked(articles, rows, places, told.words[numbers], told.kinds[numbers])
    first, second = asked.pairs()
    heads = [(net.heads, state[places, asked.words]) for net, state in zip(nets, states, strict=True)]
    roles = torch.stack(
        [torch.log_softmax(net.heads.role(state, asked).float(), -1) for net, state in zip(nets, states, strict=True)]
    )
    flags = torch.stack([torch.sigmoid(one.flags(vectors).float()) for one, vectors in heads]).mean(0)
    same = torch.stack([one.score_same(vectors, first, second) for one, vectors in heads]).mean(0)
    labels, events = told.roles[numbers], articles.events[numbers]
    guessed = torch.where(labels == NOT_ASKED, 0, roles.mean(0).argmax(-1))
    for guess, label in zip(guessed.cpu(), labels.clamp(min=0).cpu(), strict=True):
        for role in range(ROLES):
            counts.add(f"role {role}", spans(guess[:, role].tolist()), spans(label[:, role].tolist()))
    counts.right["flags"] += int(((flags > 0.5) == (told.flags[numbers] > 0.5)).all(1).sum())
    counts.right["same"] += int(((same > 0) == (events[first] == events[second])).sum())
    counts.labelled.update({"flags": len(numbers), "same": len(first)})
