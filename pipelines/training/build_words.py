"""Count the words of news and group them by the company they keep: `python -m pipelines.training.build_words`.

Words that stand beside the same neighbours get the same cluster, as in Brown clustering, so that the tagger knows
something of words that its labelled corpora never saw. Only counts and cluster numbers leave the data.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipelines.core.text.fold import fold_text
from pipelines.training.sources import RESOURCES, require

NEWS = ("ant_multisource", "saudinewsnet", "ant_jawhara")
KEPT, CLUSTERED, CONTEXTS, DIMENSIONS = 8, 60_000, 2_000, 96
COARSE, FINE = 128, 1_024
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")

Matrix = npt.NDArray[np.float32]


def read_words(data: Path) -> Iterator[list[str]]:
    """Give the folded words of each article's title and body, numbers as 0, each text once."""
    seen: set[int] = set()
    for name in NEWS:
        with gzip.open(require(data / "news" / f"{name}.jsonl.gz"), "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                text = fold_text(f"{article['title'] or ''} . {article['body'] or ''}")
                if hash(text) not in seen:
                    seen.add(hash(text))
                    yield ["0" if word[0].isdigit() else word for word in _WORD.findall(text)]


def embed(articles: list[npt.NDArray[np.int32]], words: int) -> Matrix:
    """Describe each word by its neighbours left and right: PPMI, then a randomised SVD (Halko et al. 2011)."""
    table = np.zeros((words, 2 * CONTEXTS), np.float32)
    flat = np.concatenate([np.append(article, words) for article in articles])
    for offset, (centre, neighbour) in enumerate(((flat[1:], flat[:-1]), (flat[:-1], flat[1:]))):
        used = (centre < words) & (neighbour < CONTEXTS)
        cells = centre[used].astype(np.int64) * CONTEXTS + neighbour[used]
        counts = np.bincount(cells, minlength=words * CONTEXTS).reshape(words, CONTEXTS)
        table[:, offset * CONTEXTS : (offset + 1) * CONTEXTS] = counts
    expected = table.sum(1, keepdims=True) * (table.sum(0, keepdims=True) / table.sum())
    table = np.log(np.maximum(table / np.maximum(expected, 1e-6), 1.0))
    random = np.random.default_rng(7).standard_normal((table.shape[1], DIMENSIONS)).astype(np.float32)
    for _ in range(3):
        random = np.linalg.qr(table.T @ (table @ random))[0].astype(np.float32)
    found = table @ random
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6), np.float32)


def cluster(points: Matrix, groups: int) -> npt.NDArray[np.int64]:
    """Group unit vectors by spherical k-means; the most frequent words are the first centres."""
    centres = points[:groups].copy()
    chosen = np.zeros(len(points), np.int64)
    for _ in range(12):
        chosen = np.concatenate([(part @ centres.T).argmax(1) for part in np.array_split(points, 32)])
        sums = np.zeros_like(centres)
        np.add.at(sums, chosen, points)
        centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    return chosen


def main() -> None:
    """Write words.tsv.gz: word, count, coarse and fine cluster (-1 where too rare), most frequent first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    articles = list(read_words(parser.parse_args().data))
    counts = Counter(word for article in articles for word in article)
    ranked = [word for word, count in counts.most_common() if count >= KEPT]
    number = {word: index for index, word in enumerate(ranked[:CLUSTERED])}
    rare = len(number) + 1
    coded = [np.fromiter((number.get(word, rare) for word in article), np.int32) for article in articles]
    points = embed(coded, len(number))
    groups = list(zip(cluster(points, COARSE), cluster(points, FINE), strict=True))
    groups += [(-1, -1)] * (len(ranked) - len(groups))
    rows = (f"{word}\t{counts[word]}\t{a}\t{b}\n" for word, (a, b) in zip(ranked, groups, strict=True))
    with gzip.GzipFile(RESOURCES / "words.tsv.gz", "wb", mtime=0) as out:
        out.write(("word\tcount\tcoarse\tfine\n" + "".join(rows)).encode())
    print(f"{len(articles)} articles, {sum(counts.values())} words, {len(ranked)} kept")


if __name__ == "__main__":
    main()
