"""Fit the score that joins tellings.

What it has to decide on are the tellings that a net proposes, its mistakes included, and what the nets say of pairs of
them. So pairs come from further labelled articles that no model has learned from. That their readers group tellings
otherwise than those of `reading` is known to the nets (`same.py`), which speak for the latter.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from pipelines.core.analysis import read_article
from pipelines.core.article import RawArticle
from pipelines.core.dates.find import find_dates
from pipelines.core.entities.find import read_documents
from pipelines.core.entities.offices.find import find_offices
from pipelines.core.entities.tagging import tagger
from pipelines.core.entities.tagging.same import pairs_of_a_type
from pipelines.core.entities.tagging.tagger import Tagger
from pipelines.core.events.coder import draft
from pipelines.core.events.consolidate import profile_of
from pipelines.core.events.draft import Draft
from pipelines.core.events.event import TYPES
from pipelines.core.events.joining import FEATURES, Weights, features, weights
from pipelines.core.events.words import Words
from pipelines.core.normalization import Normalized, normalize_article
from pipelines.training.reading.further.articles import HELD, read_further
from pipelines.training.reading.labels import Labelled, LabelledArticle, label_articles

_STEPS, _HELD_BY = 30, 1.0

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of tellings of one type: what the nets say, the features, then the type; and whether they are one event."""

    features: list[list[float]]
    same: list[bool]


def read_pairs(articles: Iterable[Labelled], models: Sequence[Tagger]) -> Pairs:
    """Let models read articles, each with its labels; compare the tellings that they propose and the labels know."""
    pairs = Pairs([], [])
    for raw, record in articles:
        for labelled in label_articles([(raw, record)]):
            for model in models:
                with patch.object(tagger, "_load_fast", lambda model=model: model):
                    _compare(pairs, *_read(raw, labelled))
    return pairs


def _read(raw: dict[str, Any], labelled: LabelledArticle) -> tuple[list[Draft], list[str | None]]:
    """Return the tellings of an article, and which labelled event each tells."""
    sent = RawArticle(raw["source"], raw["title"] or "", raw["body"] or "", raw["published_at"], raw.get("url"))
    normalized = normalize_article(sent)
    article, documents = normalized.article, read_article(normalized.article)
    mentions, tellings = read_documents(documents, article.country)
    dates = [date for document in documents for date in find_dates(document, article.published_at)]
    read = Words(documents).place(mentions, find_offices(documents, mentions, article.country), dates)
    drafts = [draft(read, telling) for telling in tellings]
    return drafts, [_event_of(one, normalized, labelled) for one in drafts]


def _event_of(told: Draft, normalized: Normalized, labelled: LabelledArticle) -> str | None:
    """Return the labelled event of the type that the sentence tells, of several the one whose trigger is nearest."""
    field, ends = told.trigger.field, list(accumulate(map(len, labelled.sentences)))
    mapped = normalized.title if field == "title" else normalized.body
    start, end = mapped.source_span(told.trigger.start, told.trigger.end)
    touched = (
        at for at, place in enumerate(labelled.spans) if place[0] == field and place[1] < end and start < place[2]
    )
    word = next(touched, -1)
    sentence = bisect_right(ends, word)
    own = [one for one in labelled.tellings if one.type == told.type and bisect_right(ends, one.first) == sentence]
    near = min(own, key=lambda one: abs(one.first - word), default=None)
    return near.event if near and word >= 0 else None


def _compare(pairs: Pairs, drafts: Sequence[Draft], events: Sequence[str | None]) -> None:
    profiles = [profile_of(one) for one in drafts]
    for number, before in groupby(pairs_of_a_type([one.type for one in profiles]), itemgetter(1)):
        one, event = profiles[number], events[number]
        for between, ((other, _), net) in enumerate(zip(before, drafts[number].same, strict=True)):
            if event is not None and events[other] is not None:
                own = [float(kind == one.type) for kind in TYPES]
                pairs.features.append([net, *features(profiles[other], one, between), *own])
                pairs.same.append(event == events[other])


def fit_joining(data: Path, models: Sequence[Tagger], path: Path) -> None:
    """Write the score to `path`: inside an article fitted on labelled ones as `models` read them, across as shipped."""
    pairs = read_pairs(read_further(data, HELD), models)
    write(fit(np.array(pairs.features), pairs.same), weights()["across"], path)


def fit(rows: Floats, labels: Sequence[bool]) -> Floats:
    """Return the weights of a logistic regression (Newton's method, a little held to zero)."""
    same = np.array(labels, float)
    fitted, held = np.zeros(rows.shape[1]), _HELD_BY * np.eye(rows.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-rows @ fitted))
        slope = rows.T @ (chances - same) + held @ fitted
        fitted = fitted - np.linalg.solve((rows * (chances * (1 - chances))[:, None]).T @ rows + held, slope)
    return fitted


def write(inside: Floats, across: Weights, path: Path) -> None:
    """Write the table that `core/events/joining.py` reads: weights beside what the nets say, and without it."""
    kept = [across.net, *across.shared, *(across.own[kind] for kind in TYPES)]
    rows = zip(("net", *FEATURES, *TYPES), inside.tolist(), kept, strict=True)
    lines = (f"{name}\t{one:.2f}\t{other:.2f}\n" for name, one, other in rows)
    path.write_text("feature\tinside\tacross\n" + "".join(lines), "utf-8")
