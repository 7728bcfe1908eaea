"""Measure how well names come together inside articles: `python -m tests.bench.linked [fast|accurate]`.

`linked_names.jsonl` says of each name of 41 articles (every fifth of `reading` dev) which of the article's entities it
means: field, start, end, a number of ours. One reader linked them, beginning from what rasid had said, which flatters
it. The words are in the data folder alone. A name that rasid does not find counts as one of its own.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean

from pipelines.core.entities.find import find_mentions
from pipelines.core.text.document import read_document

LINKS = Path(__file__).with_name("linked_names.jsonl")
DATA = Path(__file__).parents[3] / "shared" / "data" / "reading" / "articles.jsonl.gz"
_LETTERS = 2
Name = tuple[str, int, int, int]


def read_links() -> dict[str, list[Name]]:
    """Read the names of each article, by its id: field, start, end, entity."""
    rows = map(json.loads, LINKS.read_text("utf-8").splitlines())
    return {row["id"]: [(field, start, end, entity) for field, start, end, entity in row["names"]] for row in rows}


def said(article: Mapping[str, str], names: Sequence[Name], model: str) -> list[str]:
    """Return what id rasid gives each name; one that it does not find has its own."""
    documents = [read_document(field, article[field] or "") for field in ("title", "body")]
    found = {(one.span.field, one.span.end): one for one in find_mentions(documents, None, model)}  # type: ignore[arg-type]
    ids = []
    for field, start, end, _ in names:
        one = found.get((field, end))
        known = one is not None and abs(one.span.start - start) <= _LETTERS
        ids.append(one.entity.entity_id if one and known else f"{field} {start}")
    return ids


def b_cubed(told: Sequence[str], true: Sequence[int]) -> tuple[float, float]:
    """Return precision and recall of clusters, the mean over names (Bagga and Baldwin 1998)."""
    both, mine, theirs = Counter(zip(told, true, strict=True)), Counter(told), Counter(true)
    pairs = list(zip(told, true, strict=True))
    return fmean(both[pair] / mine[pair[0]] for pair in pairs), fmean(both[pair] / theirs[pair[1]] for pair in pairs)


def show(article: Mapping[str, str], names: Sequence[Name], ids: Sequence[str]) -> None:
    """Print the entities that fall apart, and the ids of several."""
    words = [article[field][start:end] for field, start, end, _ in names]
    for keys, others in (([str(name[3]) for name in names], ids), (ids, [str(name[3]) for name in names])):
        groups: dict[str, dict[str, str]] = {}
        for key, other, word in zip(keys, others, words, strict=True):
            groups.setdefault(key, {})[other] = word
        for group in groups.values():
            if len(group) > 1:
                print("   ", "apart:" if keys is not ids else "merged:", " / ".join(group.values()))


def main() -> None:
    """Print B3 of all names, and what went wrong in each article."""
    model = sys.argv[1] if len(sys.argv) > 1 else "fast"
    links = read_links()
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        articles = {one["id"]: one for one in map(json.loads, lines) if one["id"] in links}
    told: list[str] = []
    true: list[int] = []
    for at, (key, names) in enumerate(links.items()):
        ids = said(articles[key], names, model)
        told += [f"{at} {one}" for one in ids]
        true += [1000 * at + name[3] for name in names]
        show(articles[key], names, ids)
    precision, recall = b_cubed(told, true)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(links)} articles, {len(true)} names: B3 F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f})")


if __name__ == "__main__":
    main()
