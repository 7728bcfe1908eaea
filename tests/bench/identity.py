"""Measure how well names alone come together: `python -m tests.bench.identity [dev|blind]`.

Each spelling of `identity_variants.tsv` (our own) is resolved without context. A pair of spellings is right when both
are of one group and get one id; a false merge is a pair of two groups with one id. Only `dev` may be tuned on.
"""

import sys
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from pipelines.core.entities.identity import identify

VARIANTS = Path(__file__).with_name("identity_variants.tsv")


class Spelling(NamedTuple):
    """One way to write a name; spellings of one group are one entity."""

    group: str
    type: str
    spelling: str
    set: str


class Score(NamedTuple):
    """Pairs of spellings: merged rightly, merged falsely, missed."""

    right: int
    false: list[tuple[Spelling, Spelling]]
    missed: list[tuple[Spelling, Spelling]]

    @property
    def precision(self) -> float:
        """Return the share of merged pairs that are one entity."""
        return self.right / (self.right + len(self.false))

    @property
    def recall(self) -> float:
        """Return the share of the pairs of one entity that were merged."""
        return self.right / (self.right + len(self.missed))

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    @property
    def false_merges(self) -> float:
        """Return the share of merged pairs that are two entities."""
        return 1 - self.precision


def read_spellings(*sets: str) -> list[Spelling]:
    """Read the spellings of some sets (dev, blind)."""
    lines = VARIANTS.read_text("utf-8").splitlines()[1:]
    return [row for line in lines if (row := Spelling(*line.split("\t"))).set in sets]


def score(spellings: Iterable[Spelling]) -> Score:
    """Resolve every spelling alone and compare all pairs."""
    ids = {row: found.entity.entity_id for row in spellings if (found := identify(row.spelling))}
    right, false, missed = 0, [], []
    for one, other in combinations(ids, 2):
        same, merged = one.group == other.group, ids[one] == ids[other]
        right += same and merged
        if merged and not same:
            false.append((one, other))
        if same and not merged:
            missed.append((one, other))
    return Score(right, false, missed)


def show(name: str) -> None:
    """Print the figures of a set."""
    spellings = read_spellings(name)
    for kind in ("all", "PER", "ORG", "LOC"):
        found = score(row for row in spellings if kind in ("all", row.type))
        print(
            f"{name} {kind}: precision {found.precision:.3f} recall {found.recall:.3f} F1 {found.f1:.3f} "
            f"false merges {found.false_merges:.2%} "
            f"({found.right} right, {len(found.false)} false, {len(found.missed)} missed)"
        )


def main() -> None:
    """Print the figures of a set, and for dev each pair that is wrong."""
    name = sys.argv[1] if len(sys.argv) > 1 else "dev"
    show(name)
    if name == "dev":
        wrong = score(read_spellings(name))
        for label, pairs in (("false", wrong.false), ("missed", wrong.missed)):
            for one, other in pairs:
                print(f"{label}\t{one.group}\t{one.spelling}\t{other.group}\t{other.spelling}")


if __name__ == "__main__":
    main()
