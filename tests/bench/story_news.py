"""Read labelled news for the bench of stories, and keep what was read: reading is most of the time it takes."""

import gzip
import json
import pickle
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.core.analysis import analyze_article
from pipelines.core.arrival import Analyzed
from pipelines.core.article import Origin
from pipelines.core.normalization import normalize_article
from pipelines.core.packed import Packing
from pipelines.core.records.raw_article import raw_article
from pipelines.core.rejection import Rejected

Read = tuple[str, Analyzed]
"""The id that the labels know an article by, and the article read."""
_PACKING = Packing(())


def read_month(data: Path, name: str, month: str, kept: Path) -> list[Read]:
    """Return the articles of a month (`2018-05`) of a set as they were read, in the order of the file.

    What is read is kept in the folder `kept`: delete it when the reading changes.
    """
    path = kept / f"{name}-{month}.pickle"
    if not path.exists():
        kept.mkdir(parents=True, exist_ok=True)
        found = [(fields["id"], _PACKING.pack(read)) for fields, read in _read(data, name, month)]
        path.write_bytes(pickle.dumps(found))
    return [(one, _PACKING.unpack(packed)) for one, packed in pickle.loads(path.read_bytes())]


def silver_stories(data: Path, name: str) -> dict[str, str]:
    """Return the story of each article that has one, by the silver labels."""
    with gzip.open(data / "news" / f"{name}.story_clusters_silver.jsonl.gz") as lines:
        clusters = [json.loads(line) for line in lines]
    return {one: cluster["cluster_id"] for cluster in clusters for one in cluster["article_ids"]}


def silver_pairs(data: Path, name: str) -> dict[str, set[tuple[str, str]]]:
    """Return the labelled pairs by their class."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    with gzip.open(data / "news" / f"{name}.pairs_silver.tsv.gz", "rt", encoding="utf-8") as lines:
        for row in (line.rstrip("\n").split("\t") for line in list(lines)[1:]):
            found[row[-1]].add((min(row[:2]), max(row[:2])))
    return found


def _read(data: Path, name: str, month: str) -> Iterator[tuple[dict[str, Any], Analyzed]]:
    with gzip.open(data / "news" / f"{name}.jsonl.gz") as lines:
        for number, line in enumerate(lines):
            fields = json.loads(line)
            if not fields["published_at"].startswith(month):
                continue
            try:
                article = normalize_article(raw_article(fields)).article
            except Rejected:
                continue
            yield fields, Analyzed(Origin(name, 0, number), article, 0, analyze_article(article))


if __name__ == "__main__":
    for set_and_month in sys.argv[2:]:
        named, wanted = set_and_month.split(":")
        print(set_and_month, len(read_month(Path("../shared/data"), named, wanted, Path(sys.argv[1]))), flush=True)
