"""Print how well names, places, identities, dates and events are read: `make evaluate`.

Development figures: settings were chosen by looking at this very data. What was never looked at is called blind.
"""

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from pipelines.core.dates.find import find_dates
from pipelines.core.entities.find import find_mentions
from pipelines.core.entities.model import EntityModel
from pipelines.core.entities.tagging.decode import Tag
from pipelines.core.text.document import Document, read_document
from pipelines.training.scores import DEV, Pairs, merged, score, spans_of, tagged
from pipelines.training.sources import read_corpus
from tests.bench import identity, places, reading
from tests.bench.reliability import Judged, plot_reliability, show_confidence

MODELS: tuple[EntityModel, ...] = ("fast", "accurate")
DATES = Path(__file__).parents[1] / "core/dates/dates.tsv"
ARTICLES = 1_500
STEPS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


def show_names(data: Path) -> dict[EntityModel, Judged]:
    """Print entity F1 on the corpora's development parts, as tagged and as `find_mentions` gives them.

    Returns of each model how sure it was of each name of the first corpus, and whether it was right.
    """
    judged: dict[EntityModel, Judged] = {}
    for corpus in DEV:
        pairs = list(read_corpus(data / "ner" / corpus / "dev.conll"))
        for model in MODELS:
            found = tagged(pairs, model)
            print(f"{corpus:14} {model:9} tagged {score(pairs, found)}")
            if corpus == DEV[0]:
                print(f"{corpus:14} {model:9} merged {score(pairs, merged(pairs, found))}")
                judged[model] = judge(pairs, found)
                show_confidence("names", judged[model], STEPS)
    return judged


def judge(pairs: Pairs, found: Sequence[Sequence[Tag]]) -> Judged:
    """Return how sure the tagger is of each name, and whether it is right."""
    gold = [spans_of(labels) for _, labels in pairs]
    return [(tag.confidence, tag[:3] in names) for names, tags in zip(gold, found, strict=True) for tag in tags]


def read_news(data: Path) -> Iterator[tuple[str, str]]:
    """Give title and body of real articles."""
    with gzip.open(data / "news" / "ant_multisource.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, 8 * ARTICLES, 8):
            article = json.loads(line)
            yield article["title"] or "", article["body"] or ""


def show_speed(data: Path) -> None:
    """Print words a second of the whole path of names, from the normalized text to the linked mention."""
    articles = list(read_news(data))
    half = len(articles) // 2
    for model in MODELS:
        for name, chosen in (("cold", articles[:half]), ("warm", articles[:half]), ("unseen", articles[half:])):
            began = time.process_time()
            words = sum(_read(title, body, model) for title, body in chosen)
            print(f"{model:9} {name:6} {words / (time.process_time() - began):8.0f} words/s ({words} words)")


def _read(title: str, body: str, model: EntityModel) -> int:
    documents: list[Document] = [read_document("title", title), read_document("body", body)]
    find_mentions(documents, None, model)
    return sum(len(document.tokens) for document in documents)


def show_dates() -> None:
    """Print how many of our own sentences give exactly their dates."""
    rows = [line.split("\t") for line in DATES.read_text("utf-8").splitlines()[2:] if line and line[0] != "#"]
    right = 0
    for text, published, expected in rows:
        found = find_dates(read_document("body", text), datetime.fromisoformat(published))
        right += [date.value for date in found] == ([] if expected == "-" else expected.split(" "))
    print(f"dates: {right} of {len(rows)} own sentences")


def main() -> None:
    """Print everything; what needs the corpora says so where they are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--plot", type=Path, help="also draw how reliable confidence is, as a PNG (needs matplotlib)")
    asked = parser.parse_args()
    data = asked.data
    for part in ("dev", "blind"):
        identity.show(part)
    show_dates()
    if not data.exists():
        sys.exit(f"names and places need the corpora, and {data} is missing: name their folder with --data")
    places.show(data)
    reading.show(data)
    judged = show_names(data)
    if asked.plot:
        plot_reliability({"Names of CLEANANERCorp dev": judged}, STEPS, asked.plot)
    show_speed(data)


if __name__ == "__main__":
    main()
