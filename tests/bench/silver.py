"""Read the labelled pairs of articles that near-duplicates are measured on."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from pipelines.core.article import Article, Origin
from pipelines.core.duplicates.sighting import Sighting, see
from pipelines.core.normalization import normalize_article
from pipelines.core.records.raw_article import raw_article
from pipelines.core.rejection import Rejected
from pipelines.core.units import DAY

LABELLED = 2 * DAY
"""Pairs further apart have no label."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class News:
    """A labelled set: its articles in order of publication, and the class of each labelled pair."""

    name: str
    articles: dict[str, Article]
    sightings: dict[str, Sighting]
    labels: dict[Pair, str]

    @property
    def positives(self) -> set[Pair]:
        """Return the pairs that must be found."""
        return {pair for pair, label in self.labels.items() if label in ("duplicate", "near_duplicate")}


def read_news(folder: Path, name: str) -> News:
    """Read and normalize a set; what is refused is left out, with its pairs."""
    articles, sightings = {}, {}
    with gzip.open(folder / f"{name}.jsonl.gz") as lines:
        for number, line in enumerate(lines):
            fields = json.loads(line)
            try:
                article = normalize_article(raw_article(fields)).article
            except Rejected:
                continue
            articles[fields["id"]] = article
            sightings[fields["id"]] = replace(see(article, Origin(name, 0, number)), article_id=fields["id"])
    with gzip.open(folder / f"{name}.pairs_silver.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines][1:]
    labels = {pair_of(row[0], row[1]): row[-1] for row in rows if row[0] in articles and row[1] in articles}
    return News(name, articles, dict(sorted(sightings.items(), key=lambda item: item[1].order)), labels)


def close_pairs(news: News, members: Iterable[str]) -> Iterator[Pair]:
    """Yield the pairs of a cluster that the labels cover."""
    for one, other in combinations(members, 2):
        if abs(news.sightings[one].published - news.sightings[other].published) <= LABELLED:
            yield pair_of(one, other)


def pair_of(one: str, other: str) -> Pair:
    """Return two ids in the order in which pairs are kept."""
    return (one, other) if one < other else (other, one)
