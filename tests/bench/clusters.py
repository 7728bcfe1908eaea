"""Join pairs into clusters, and compare two clusterings."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import comb


def join(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Join pairs into clusters; a name in no pair is a cluster of its own."""
    parents = {name: name for name in names}

    def root(name: str) -> str:
        while parents[name] != name:
            parents[name] = name = parents[parents[name]]
        return name

    for one, other in pairs:
        parents[root(one)] = root(other)
    clusters = defaultdict(list)
    for name in parents:
        clusters[root(name)].append(name)
    return clusters


def adjusted_rand(ours: dict[str, list[str]], theirs: dict[str, list[str]]) -> float:
    """Return the adjusted Rand index of two clusterings of the same articles (Hubert and Arabie 1985)."""
    of = {name: key for key, members in theirs.items() for name in members}
    both = Counter((key, of[name]) for key, members in ours.items() for name in members)
    together = sum(comb(count, 2) for count in both.values())
    mine, others = (sum(comb(len(members), 2) for members in one.values()) for one in (ours, theirs))
    expected = mine * others / comb(len(of), 2)
    return (together - expected) / ((mine + others) / 2 - expected)
