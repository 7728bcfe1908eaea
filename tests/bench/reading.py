"""Score names, dates and events on the hand-labelled articles, by the rules of the scorer that lies beside them.

`python -m tests.bench.reading [--part dev] [--model fast] [--worst 20]`; part of `make evaluate`. The development part
is never trained on; a few thresholds were chosen on it.
"""

import argparse
import gzip
import json
import time
from collections.abc import Iterator, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from types import ModuleType
from typing import Any

from pipelines.core.annotation import annotate_article
from pipelines.core.article import RawArticle
from pipelines.core.entities.model import EntityModel
from pipelines.core.rejection import Rejected

PARTS = {"dev": "articles.jsonl.gz", "maghreb": "articles.maghreb.jsonl"}
MODELS: tuple[EntityModel, ...] = ("fast", "accurate")

Fields = dict[str, Any]
Judged = list[tuple[float, bool]]
STEPS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def read_lines(path: Path) -> Iterator[Fields]:
    """Give the objects of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def annotate(articles: Sequence[Fields], model: EntityModel) -> list[Fields]:
    """Return what `rasid annotate` says of articles."""
    return [_annotate(article, model) for article in articles]


def _annotate(article: Fields, model: EntityModel) -> Fields:
    names = ("source", "title", "body", "published_at", "id", "url")
    try:
        return annotate_article(RawArticle(*(article[name] or "" for name in names)), model)
    except Rejected:
        return {"id": article["id"]}


def load_scorer(folder: Path) -> ModuleType:
    """Load the scorer that lies beside the labels."""
    spec = spec_from_file_location("reading_score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def judge(scorer: ModuleType, labels: Sequence[Fields], articles: Sequence[Fields], read: Sequence[Fields]) -> Judged:
    """Return how sure each coded event is, and whether it is right: of a labelled event's type, the first in a sentence
    that tells it.
    """
    texts, judged = {article["id"]: article for article in articles}, []
    for record, found in zip(labels, read, strict=True):
        free = scorer.labelled_events(record, texts[record["id"]])
        events = found.get("events") or []
        for event, coded in zip(events, scorer.coded_events(found, texts[record["id"]]), strict=True):
            hit = next((one for one in free if one["type"] == coded["type"] and coded["at"] in one["places"]), None)
            if hit:
                free.remove(hit)
            judged.append((event["confidence"], hit is not None))
    return judged


def show_confidence(judged: Judged) -> None:
    """Print how sure events are, and how many are right."""
    for low, high in pairwise(STEPS):
        step = [one for one in judged if low <= one[0] < high]
        if step:
            said, right = fmean(sure for sure, _ in step), fmean(hit for _, hit in step)
            print(f"    said {low:.2f} to {min(high, 1):.2f}: {len(step):4} events, mean {said:.2f}, right {right:.2f}")


def show(
    data: Path, parts: Sequence[str] = tuple(PARTS), models: Sequence[EntityModel] = MODELS, worst: int = 0
) -> None:
    """Print the figures of each part and model; say so where the labels are missing."""
    folder = data / "reading"
    if not folder.exists():
        print(f"reading: skipped, {folder} is missing: name the folder it lies in with --data")
        return
    scorer = load_scorer(folder)
    for part in parts:
        labels = list(read_lines(folder / f"labels.{part}.jsonl"))
        wanted = {record["id"] for record in labels}
        articles = [article for article in read_lines(folder / PARTS[part]) if article["id"] in wanted]
        for model in models:
            began = time.process_time()
            read = annotate(articles, model)
            took = time.process_time() - began
            by_id = {one["id"]: one for one in read}
            total, kinds = scorer.score(labels, articles, read, worst)
            print(f"reading {part} {model}: {len(articles) / took:.0f} articles/s of processor time")
            for name, figures in (*total.items(), *(kinds.items() if worst else ())):
                print(f"    {name:16} {json.dumps(figures)}")
            show_confidence(judge(scorer, labels, articles, [by_id[record["id"]] for record in labels]))


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", choices=PARTS, nargs="+", default=list(PARTS))
    parser.add_argument("--model", choices=MODELS, nargs="+", default=list(MODELS))
    parser.add_argument("--worst", type=int, default=0, help="also print so many missed events, and figures by type")
    asked = parser.parse_args()
    show(asked.data, asked.part, asked.model, asked.worst)


if __name__ == "__main__":
    main()
