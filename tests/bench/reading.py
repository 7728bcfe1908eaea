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
from pathlib import Path
from types import ModuleType
from typing import Any

from pipelines.core.annotation import annotate_article
from pipelines.core.article import RawArticle
from pipelines.core.entities.model import EntityModel
from pipelines.core.rejection import Rejected
from tests.bench.reliability import plot_reliability, show_confidence

PARTS = {"dev": "articles.jsonl.gz", "maghreb": "articles.maghreb.jsonl"}
MODELS: tuple[EntityModel, ...] = ("fast", "accurate")

Fields = dict[str, Any]
Judgements = list[tuple[float, bool]]
KINDS = ("events", "actors", "recipients", "place")
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


def judge(
    scorer: ModuleType, labels: Sequence[Fields], articles: Sequence[Fields], read: Sequence[Fields]
) -> dict[str, Judgements]:
    """Return how sure coded events are, and the parts of the right ones, each with whether it is right.

    An event is right that is of a labelled one's type, the first in a sentence that tells it; a part, where the scorer
    says so.
    """
    texts, judged = {article["id"]: article for article in articles}, {kind: Judgements() for kind in KINDS}
    for record, found in zip(labels, read, strict=True):
        free = scorer.labelled_events(record, texts[record["id"]])
        events = found.get("events") or []
        for event, coded in zip(events, scorer.coded_events(found, texts[record["id"]]), strict=True):
            hit = next((one for one in free if one["type"] == coded["type"] and coded["at"] in one["places"]), None)
            judged["events"].append((event["confidence"], hit is not None))
            if hit:
                free.remove(hit)
                for kind in KINDS[1:]:
                    judged[kind] += judge_parts(scorer, hit[kind], event[kind])
    return judged


def judge_parts(scorer: ModuleType, labelled: set[str], coded: Any) -> Judgements:
    """Return how sure each coded part of an event is, and whether it is one of those labelled."""
    parts: Sequence[Fields] = coded if isinstance(coded, list) else [coded] if coded else []
    words = [{scorer.fold(part[key]) for key in ("name", "text") if part.get(key)} for part in parts]
    return [
        (part["confidence"], any(scorer.same(one, word) for one in labelled for word in said))
        for part, said in zip(parts, words, strict=True)
    ]


def show(
    data: Path,
    parts: Sequence[str] = tuple(PARTS),
    models: Sequence[EntityModel] = MODELS,
    worst: int = 0,
    plot: Path | None = None,
) -> None:
    """Print the figures of each part and model, and draw how reliable confidence is on the first part.

    Says so where the labels are missing.
    """
    folder = data / "reading"
    if not folder.exists():
        print(f"reading: skipped, {folder} is missing: name the folder it lies in with --data")
        return
    judged = [{model: show_part(folder, part, model, worst) for model in models} for part in parts]
    if plot:
        plot_reliability(
            {kind: {model: kinds[kind] for model, kinds in judged[0].items()} for kind in KINDS}, STEPS, plot
        )


def show_part(folder: Path, part: str, model: EntityModel, worst: int) -> dict[str, Judgements]:
    """Print the figures of a part as a model reads it; return what `judge` does."""
    scorer = load_scorer(folder)
    labels = list(read_lines(folder / f"labels.{part}.jsonl"))
    wanted = {record["id"] for record in labels}
    articles = [article for article in read_lines(folder / PARTS[part]) if article["id"] in wanted]
    began = time.process_time()
    read = annotate(articles, model)
    took = time.process_time() - began
    total, kinds = scorer.score(labels, articles, read, worst)
    print(f"reading {part} {model}: {len(articles) / took:.0f} articles/s of processor time")
    for name, figures in (*total.items(), *(kinds.items() if worst else ())):
        print(f"    {name:16} {json.dumps(figures)}")
    by_id = {one["id"]: one for one in read}
    judged = judge(scorer, labels, articles, [by_id[record["id"]] for record in labels])
    for kind in KINDS:
        show_confidence(kind, judged[kind], STEPS)
    return judged


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", choices=PARTS, nargs="+", default=list(PARTS))
    parser.add_argument("--model", choices=MODELS, nargs="+", default=list(MODELS))
    parser.add_argument("--worst", type=int, default=0, help="also print so many missed events, and figures by type")
    parser.add_argument("--plot", type=Path, help="also draw how reliable confidence is, as a PNG (needs matplotlib)")
    asked = parser.parse_args()
    show(asked.data, asked.part, asked.model, asked.worst, asked.plot)


if __name__ == "__main__":
    main()
