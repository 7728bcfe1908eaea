"""Measure near-duplicates on the silver pairs: precision and recall, clusters, speed beside datasketch, bytes of state.

    python -m tests.bench.bench_duplicates [--worst 10] [--data ../shared/data] [--week]

Silver pairs are automatic labels: `duplicate` and `near_duplicate` must be found, the other classes count neither way,
and a predicted pair that is not listed, published within the 48 hours that the labels cover, is false.
Speed is in processor time.
"""

import argparse
import gc
import json
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path

from pipelines.core.article import RawArticle
from pipelines.core.duplicates.index import DuplicateIndex
from pipelines.core.duplicates.near import NearIndex
from pipelines.core.duplicates.repeats import JUDGED, Repeat, Repeats
from pipelines.core.duplicates.signature import Signature, keys, pack, sign, sign_all, unpack
from pipelines.core.duplicates.similarity import compare
from pipelines.core.normalization import normalize_article
from pipelines.core.units import DAY
from tests.bench.clusters import adjusted_rand, join
from tests.bench.datasketch_rival import cluster_with_datasketch, is_there
from tests.bench.silver import News, Pair, close_pairs, pair_of, read_news
from tests.bench.week import live, resident

SETS = ("ant_multisource", "saudinewsnet")
HORIZON = 3 * DAY


def main() -> None:
    """Measure every set, then the stress test, and print what was measured."""
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    flags.add_argument("--worst", type=int, default=0, help="also list so many misses and false pairs of each set")
    flags.add_argument("--data", type=Path, default=Path("../shared/data"))
    flags.add_argument("--week", action="store_true", help="only run a week of 70,000 articles a day, made up")
    asked = flags.parse_args()
    if asked.week:
        print_week()
        return
    missing = [name for name in SETS if not (asked.data / f"news/{name}.pairs_silver.tsv.gz").exists()]
    if missing:
        sys.exit(f"Nothing to measure on: {', '.join(missing)} not found in {asked.data}/news (see its README.md).")
    for name in SETS:
        news = read_news(asked.data / "news", name)
        gc.freeze()  # else the collector walks all articles over and over
        print(f"\n{name}: {len(news.articles):,} articles, {len(news.positives):,} pairs to find")
        measure(news, asked.worst)
    headlines = asked.data / "similarity/arentail/train.jsonl"
    if headlines.exists():
        print_headlines(headlines)


def print_week(a_day: int = 70_000) -> None:
    """Print day by day what the pipeline's index remembers, and what an article costs."""
    index, before = DuplicateIndex(HORIZON), resident()
    for day in range(7):
        started = time.process_time()
        live(index, day, a_day)
        seconds, peak = time.process_time() - started, resident()
        stay = len(index.expire((day + 1) * DAY))
        held = min(day + 1, HORIZON // DAY + 1) * a_day
        print(
            f"day {day + 1}: {stay:,} entries, {peak:,.0f} MB before the night's forgetting, "
            f"{(peak - before) * 1e6 / held:,.0f} bytes an article held; {seconds / a_day * 1e6:.0f} us an article",
            flush=True,
        )


def measure(news: News, worst: int) -> None:
    """Print everything that one set tells."""
    started = time.process_time()
    signatures = dict(zip(news.articles, sign_all(list(news.articles.values())), strict=True))
    signed = time.process_time()
    repeats, judge = dict[str, Repeat](), Repeats(HORIZON)
    waiting = ((sighting, signatures[name]) for name, sighting in news.sightings.items())
    for batch in iter(lambda: list(islice(waiting, JUDGED)), []):
        repeats.update((sighting.article_id, repeat) for sighting, repeat in judge.add(batch))
    seconds, count = time.process_time() - started, len(signatures)
    sizes = [len(pack(signature)) for signature in signatures.values()]
    print(
        f"  {count / seconds:,.0f} articles/s on one core; {(signed - started) / count * 1e6:.0f} us to sign, ", end=""
    )
    print(
        f"{(seconds - signed + started) / count * 1e6:.0f} us to look up; signature {sum(sizes) / count:.0f} bytes, ",
        end="",
    )
    print(f"at most {max(sizes)}; state {bytes_of_state(news, signatures):.0f} bytes an article")
    clusters = cluster(news, repeats)
    found = {pair for members in clusters.values() for pair in close_pairs(news, members)}
    print_scores(news, found, repeats)
    print(f"  cluster ARI {adjusted_rand(clusters, join(news.articles, news.positives)):.4f}")
    print_rival(news, count / seconds)
    if worst:
        print_worst(news, found, signatures, worst)


def cluster(news: News, repeats: dict[str, Repeat]) -> dict[str, list[str]]:
    """Bring together what bears one cluster id; an original bears that of its copies."""
    ids = {repeat.original.article_id: repeat.cluster_id for repeat in reversed(repeats.values())}
    ids.update((name, repeat.cluster_id) for name, repeat in repeats.items())
    clusters = defaultdict(list)
    for name in news.articles:
        clusters[ids.get(name, name)].append(name)
    return clusters


def print_rival(news: News, speed: float) -> None:
    """Print what datasketch's MinHashLSH does with the same normalized articles, where it can be imported."""
    if not is_there():
        print("  datasketch is not here: install it in an environment of its own, and put that on PYTHONPATH")
        return
    started = time.process_time()
    clusters = cluster_with_datasketch({name: news.articles[name] for name in news.sightings})
    rate = len(news.articles) / (time.process_time() - started)
    found = {pair for members in clusters.values() for pair in close_pairs(news, members)}
    _print_row("datasketch, one cluster", news, found, news.positives)
    print(f"  {rate:,.0f} articles/s with datasketch's MinHashLSH: ours is {speed / rate:.1f} times as fast")


def print_worst(news: News, found: set[Pair], signatures: dict[str, Signature], count: int) -> None:
    """List the misses that share most, and the false pairs that share least."""
    false = {pair for pair in found if pair not in news.labels}
    for what, pairs, sign_ in (("missed", news.positives - found, -1), ("false", false, 1)):
        scored = [(compare(signatures[one], signatures[other]), one, other) for one, other in pairs]
        scored.sort(key=lambda row: (sign_ * row[0].similarity, row[1:]))
        for similarity, one, other in scored[:count]:
            print(f"  {what} {one} {other} J {similarity.similarity:.2f} C {similarity.containment:.2f} ", end="")
            print(f"conflict {similarity.conflict}: {news.articles[one].title} | {news.articles[other].title}")


def print_scores(news: News, found: set[Pair], repeats: dict[str, Repeat]) -> None:
    """Print precision and recall: of all pairs in one cluster, of copies with their originals, by class and outlet."""
    named = {pair_of(name, repeat.original.article_id): repeat.kind for name, repeat in repeats.items()}
    named = {pair: kind for pair, kind in named.items() if any(close_pairs(news, pair))}
    _print_row("pairs in one cluster", news, found, news.positives)
    _print_row("copy and original", news, set(named), None)
    for kind in ("exact", "near", "contained"):
        _print_row(f"  {kind}", news, {pair for pair, one in named.items() if one == kind}, None)
    for label in ("duplicate", "near_duplicate"):
        wanted = {pair for pair in news.positives if news.labels[pair] == label}
        print(f"  {label:<24} R {len(found & wanted) / len(wanted):.4f} of {len(wanted)}")
    outlets = Counter(news.sightings[name].source for pair in news.positives for name in set(pair))
    for outlet, _ in outlets.most_common():
        mine = {pair for pair in found if any(news.sightings[name].source == outlet for name in pair)}
        wanted = {pair for pair in news.positives if any(news.sightings[name].source == outlet for name in pair)}
        _print_row(f"  outlet {outlet}", news, mine, wanted)


def _print_row(what: str, news: News, found: set[Pair], wanted: set[Pair] | None) -> None:
    true, false = len(found & news.positives), sum(pair not in news.labels for pair in found)
    recall = f"R {true / max(1, len(wanted)):.4f}" if wanted is not None else " " * 8
    neither = len(found) - true - false
    print(f"  {what:<24} P {true / max(1, true + false):.4f} {recall} ({true} right, {false} false, {neither} neither)")


def bytes_of_state(news: News, signatures: dict[str, Signature]) -> float:
    """Return what the index of near-duplicates grows by with an article, sightings left out."""
    packed = [(sighting, pack(signatures[name])) for name, sighting in news.sightings.items()]
    tracemalloc.start()
    index = NearIndex(10_000 * DAY)
    index.add((sighting, unpack(signature)) for sighting, signature in packed)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / len(index)


def print_headlines(path: Path) -> None:
    """Print how many headline pairs pass for copies: one story told twice is no copy, nor are two stories."""
    merged, pairs = Counter[str](), Counter[str]()
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        one, other = (_sign_headline(row[field]) for field in ("premise", "hypothesis"))
        pairs[row["label"]] += 1
        merged[row["label"]] += bool(set(keys(one)) & set(keys(other))) and compare(one, other).kind is not None
    print("\narentail headlines taken for copies: ", end="")
    print(", ".join(f"{merged[label]} of {count} ({label})" for label, count in pairs.items()))


def _sign_headline(title: str) -> Signature:
    return sign(normalize_article(RawArticle("bench", title, "", "2020-01-01", id=title)).article)


if __name__ == "__main__":
    main()
