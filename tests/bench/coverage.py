"""Measure how many names of the press have a register's id: `python -m tests.bench.coverage`.

Of the names that readers marked in `reading` dev and train, by type, and of those that rasid reads in every hundredth
article of the news. Each mention counts; an id of Wikidata or GeoNames is a register's.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pipelines.core.entities.find import find_mentions
from pipelines.core.entities.identity import identify
from pipelines.core.text.document import read_document

DATA = Path(__file__).parents[3] / "shared" / "data"
_EVERY = 100
_NEWS = ("ant_multisource", "ant_jawhara", "saudinewsnet")


def marked_names(part: str) -> Iterator[tuple[str, bool]]:
    """Give each name that readers marked: its type, and whether it alone leads to a register."""
    with (DATA / "reading" / f"labels.{part}.jsonl").open(encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            for name in article["mentions"]:
                found = identify(name["text"])
                yield name["type"], found is not None and is_registered(found.entity.entity_id)


def read_names(news: str) -> Iterator[tuple[str, bool]]:
    """Give each name that rasid reads in every 100th article: its type, and whether it leads to a register there."""
    with gzip.open(DATA / "news" / f"{news}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for article in map(json.loads, islice(lines, 0, None, _EVERY)):
            documents = [read_document(field, article[field] or "") for field in ("title", "body")]
            for mention in find_mentions(documents, None):
                yield mention.type, is_registered(mention.entity.entity_id)


def is_registered(entity_id: str) -> bool:
    """Return whether an id is Wikidata's or GeoNames'."""
    return entity_id[0] in "Qg"


def show(title: str, names: Iterable[tuple[str, bool]]) -> None:
    """Print the share of each type that has a register's id."""
    known, all_of = Counter[str](), Counter[str]()
    for kind, registered in names:
        known[kind] += registered
        all_of[kind] += 1
    shares = (f"{kind} {known[kind] / all_of[kind]:.3f} of {all_of[kind]}" for kind in sorted(all_of))
    print(f"{title}: {', '.join(shares)}; all {known.total() / max(all_of.total(), 1):.3f}")


def main() -> None:
    """Print the shares for each source."""
    for part in ("dev", "train"):
        show(f"reading {part}", marked_names(part))
    for news in _NEWS:
        show(f"news {news}", read_names(news))


if __name__ == "__main__":
    main()
