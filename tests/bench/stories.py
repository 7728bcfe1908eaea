"""Measure stories on the silver clusters: pairs and B3, speed, bytes remembered; and on headlines paired by hand.

    python -m tests.bench.stories [SET:MONTH ...] [--worst 30] [--data ../shared/data] [--kept DIR]

Silver clusters are automatic labels (cosine of words, within 48 hours, several outlets): they say nothing of articles
that are in none, so pairs are counted among articles that are in one; pairs labelled `uncertain`, and copies, count
neither way. What is read is kept in a folder, for reading takes most of the time.
"""

import argparse
import pickle
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations, islice
from pathlib import Path
from tempfile import gettempdir

from pipelines.core.arrival import Analyzed, Signed
from pipelines.core.duplicates.clusters import Linked
from pipelines.core.duplicates.deduplicator import Deduplicator
from pipelines.core.duplicates.sighting import see
from pipelines.core.duplicates.signature import TOGETHER, pack, sign_all
from pipelines.core.stories.index import Heard, StoryIndex
from pipelines.core.stories.telling import tell, tell_copy
from pipelines.core.stories.version import StoryVersion
from pipelines.core.trends.counter import Tick
from pipelines.core.units import DAY
from tests.bench.silver import Pair, pair_of
from tests.bench.story_headlines import print_headlines
from tests.bench.story_news import Read, read_month, silver_pairs, silver_stories

TUNED_ON = ("ant_multisource:2018-04", "ant_multisource:2018-05")
CHECKED_ON = ("ant_multisource:2018-06", "ant_multisource:2018-07", "saudinewsnet:2015-08")
HORIZON = 3 * DAY


def main() -> None:
    """Measure every part that is asked for, and print what was measured."""
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    flags.add_argument("parts", nargs="*", default=[*TUNED_ON, *CHECKED_ON])
    flags.add_argument("--worst", type=int, default=0, help="also list so many fused and split pairs of clusters")
    flags.add_argument("--data", type=Path, default=Path("../shared/data"))
    flags.add_argument("--kept", type=Path, default=Path(gettempdir()) / "stories", help="where what was read is kept")
    asked = flags.parse_args()
    for part in asked.parts:
        name, month = part.split(":")
        read = read_month(asked.data, name, month, asked.kept)
        print(f"\n{part}: {len(read):,} articles")
        measure(read, silver_stories(asked.data, name), silver_pairs(asked.data, name), asked.worst)
    headlines = asked.data / "similarity/arentail/train.jsonl"
    if headlines.exists():
        print_headlines(headlines)


def measure(read: list[Read], silver: Mapping[str, str], pairs: Mapping[str, set[Pair]], worst: int) -> None:
    """Print what one part tells."""
    stories = gather(hear(read))
    story_of = {name: story.story_id for story in stories for name in _members(story)}
    labelled = [name for name, _ in read if name in silver]
    known = dict(read)
    ours = {name: story_of.get(known[name].article.article_id, name) for name in labelled}
    told, labels = _pairs(ours), _pairs({name: silver[name] for name in labelled})
    free = pairs["uncertain"] | pairs["duplicate"] | pairs["near_duplicate"]
    told -= free - labels
    right = len(told & labels)
    precision, recall = right / len(told), right / len(labels)
    harmonic = 2 * precision * recall / (precision + recall)
    print(
        f"  {len(labelled)} labelled: pairs P {precision:.3f} R {recall:.3f} F1 {harmonic:.3f}; {b_cubed(ours, silver)}"
    )
    sizes = sorted((len(_members(story)) for story in stories), reverse=True)
    print(f"  {len(stories):,} stories of several outlets, of {sum(sizes):,} articles, the largest {sizes[:5]}")
    for what, wrong in (("fused", told - labels), ("split", labels - told)):
        by_cluster: dict[Pair, list[Pair]] = defaultdict(list)
        for pair in wrong:
            by_cluster[pair_of(silver[pair[0]], silver[pair[1]])].append(pair)
        print(f"  {len(wrong)} pairs {what}, of {len(by_cluster)} pairs of clusters")
        for _, some in islice(sorted(by_cluster.items()), worst):
            titles = [f"{known[one].article.source}: {known[one].article.title}" for one in min(some)]
            print(f"    {len(some)} {' | '.join(titles)}")


def hear(read: Iterable[Read]) -> list[Heard]:
    """Let the articles be judged as the pipeline does; print what telling costs, and return what stories are told."""
    heard: list[Heard] = []
    duplicates = Deduplicator(HORIZON)
    in_order = iter(
        sorted((one for _, one in read), key=lambda one: (one.article.published_at, one.article.article_id))
    )
    spent = count = 0.0
    for some in iter(lambda: list(islice(in_order, TOGETHER)), []):
        by_origin = {one.origin: one for one in some}
        signatures = sign_all([one.article for one in some])
        signed = [
            Signed(one.article, see(one.article, one.origin, pack(sign)))
            for one, sign in zip(some, signatures, strict=True)
        ]
        for _, verdict in duplicates.add(signed)[0]:
            if isinstance(verdict, Linked):
                heard += tell_copy(verdict)
                continue
            found = by_origin[verdict.origin]
            since = time.process_time()
            heard.append(tell(Analyzed(verdict.origin, verdict.article, verdict.revision, found.analysis)))
            spent, count = spent + time.process_time() - since, count + 1
    print(f"  {spent / count * 1e6:.0f} us an article to tell, ", end="")
    return heard


def gather(heard: list[Heard]) -> list[StoryVersion]:
    """Return the last version of every story; print what gathering costs and what is remembered."""
    since = time.process_time()
    told, kept = StoryIndex(HORIZON, waits=True).add([*heard, Tick(None)])
    spent = (time.process_time() - since) / len(heard)
    placed = kept[len(heard) :]
    size = len(pickle.dumps(placed, protocol=pickle.HIGHEST_PROTOCOL)) / len(placed)
    print(f"{spent * 1e6:.0f} us to gather; {size:.0f} bytes in the log")
    return [story for _, story in told if isinstance(story, StoryVersion) and story.into_id is None]


def b_cubed(ours: Mapping[str, str], silver: Mapping[str, str]) -> str:
    """Return B3 of the labelled articles (Bagga and Baldwin 1998)."""
    mine, theirs = defaultdict(set), defaultdict(set)
    for name, story in ours.items():
        mine[story].add(name)
        theirs[silver[name]].add(name)
    shared = {name: len(mine[story] & theirs[silver[name]]) for name, story in ours.items()}
    precision = sum(shared[name] / len(mine[story]) for name, story in ours.items()) / len(ours)
    recall = sum(shared[name] / len(theirs[silver[name]]) for name in ours) / len(ours)
    return f"B3 P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"


def _members(story: StoryVersion) -> set[str]:
    return {one.article_id for one in story.articles} | {one.article_id for one in story.copies}


def _pairs(story_of: Mapping[str, str]) -> set[Pair]:
    members: dict[str, list[str]] = defaultdict(list)
    for name, story in story_of.items():
        members[story].append(name)
    return {pair_of(*pair) for some in members.values() for pair in combinations(some, 2)}


if __name__ == "__main__":
    main()
