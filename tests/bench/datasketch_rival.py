"""The same task with the usual library, datasketch's MinHashLSH; used only where it is there."""

import importlib
import importlib.util
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pipelines.core.article import Article
from pipelines.core.duplicates.shingles import WORDS_A_SHINGLE
from pipelines.core.duplicates.similarity import NEAR
from pipelines.core.text.fold import fold_text

PERMUTATIONS, LOOK_UP = 128, 0.4
_WORD = re.compile(r"[^\W_]+")


def is_there() -> bool:
    """Return whether datasketch can be imported."""
    return importlib.util.find_spec("datasketch") is not None


def cluster_with_datasketch(articles: dict[str, Article]) -> dict[str, list[str]]:
    """Cluster articles in their order: each joins the cluster of the earlier article that it is most like."""
    datasketch = importlib.import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=LOOK_UP, num_perm=PERMUTATIONS)
    clusters = defaultdict[str, list[str]](list)
    sketches: dict[str, Any] = {}
    of: dict[str, str] = {}
    for name, article in articles.items():
        sketch = datasketch.MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(set(_shingles(article)))
        found = [(sketch.jaccard(sketches[known]), known) for known in index.query(sketch)]
        best = max(found, default=(0.0, ""))
        of[name] = of[best[1]] if best[0] >= NEAR else name
        clusters[of[name]].append(name)
        sketches[name] = sketch
        index.insert(name, sketch, check_duplication=False)
    return clusters


def _shingles(article: Article) -> Iterator[bytes]:
    for text in (article.title, article.body[article.body_start : article.body_end]):
        words = _WORD.findall(fold_text(text))
        for first in range(max(1, len(words) - WORDS_A_SHINGLE + 1)):
            yield " ".join(words[first : first + WORDS_A_SHINGLE]).encode()
