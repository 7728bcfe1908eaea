"""Judge from two signatures whether one text re-uses the other."""

from typing import Literal, NamedTuple

import numpy as np

from pipelines.core.duplicates.hashing import Numbers
from pipelines.core.duplicates.signature import Signature, Sketch

Kind = Literal["near", "contained"]
Direction = Literal["copy_in_original", "original_in_copy"]

NEAR = 0.48
"""From this similarity on, one text is a copy of the other."""
CONTAINED, CONTAINED_SIMILARITY = 0.8, 0.25
"""From this containment on, the shorter text lies within the longer one, if it makes up about a third of it."""
WHOLE, WHOLE_SIMILARITY, WHOLE_SHINGLES = 0.98, 0.05, 30
"""A text of so many word sequences that lies wholly within another does so in one up to twenty times as long."""
OTHER_NAMES, OTHER_FIGURES = (1, 0.34), (2, 0.34)
"""With so many names or figures in each that the other lacks, and that share of its own, both tell of other things."""
SAME = 0.85
"""From this similarity on, other figures are other ways to write them."""


class Similarity(NamedTuple):
    """What two texts share, from 0 to 1; which is the shorter, and its word sequences; whether both tell of others."""

    similarity: float
    containment: float
    direction: Direction
    shortest: int
    conflict: bool

    @property
    def kind(self) -> Kind | None:
        """Return what the one is to the other, or `None` where it is no copy."""
        if self.conflict:
            return None
        if self.similarity >= NEAR:
            return "near"
        contained = self.containment >= CONTAINED and self.similarity >= CONTAINED_SIMILARITY
        whole = self.containment >= WHOLE and self.similarity >= WHOLE_SIMILARITY and self.shortest >= WHOLE_SHINGLES
        return "contained" if contained or whole else None


def compare(copy: Signature, original: Signature) -> Similarity:
    """Estimate what two texts share: exactly for texts of up to 128 word sequences.

    `similarity` is the share of common word sequences in all of both (Jaccard), with a standard error of at most .05;
    `containment` the share of the shorter text's sequences that the longer has too. Texts are in conflict where each
    has figures, or names, that the other lacks: weather, prices and results of two days, or a cable to two kings.
    """
    shared, of_copy, of_original = _count(copy.shingles, original.shingles)
    within = copy.shingles.size <= original.shingles.size
    similarity = shared / max(1, of_copy + of_original - shared)
    other_names = _differ(copy.names, original.names, *OTHER_NAMES)
    other_figures = similarity < SAME and _differ(copy.figures, original.figures, *OTHER_FIGURES)
    return Similarity(
        similarity=similarity,
        containment=shared / max(1, of_copy if within else of_original),
        direction="copy_in_original" if within else "original_in_copy",
        shortest=min(copy.shingles.size, original.shingles.size),
        conflict=other_names or other_figures,
    )


def _differ(one: Sketch, other: Sketch, least: int, share: float) -> bool:
    if one.smallest == other.smallest or not one.size or not other.size:
        return False
    shared, of_one, of_other = _count(one, other)
    lacking = (of_one - shared, of_other - shared)
    return min(lacking) >= least and lacking[0] >= share * of_one and lacking[1] >= share * of_other


def _count(one: Sketch, other: Sketch) -> tuple[int, int, int]:
    """Count, in the part of the number range that both sketches cover, the common numbers and each one's own."""
    mine, theirs = one.numbers(), other.numbers()
    if one.smallest == other.smallest:
        return len(mine), len(mine), len(theirs)
    cut = [numbers[-1] for sketch, numbers in ((one, mine), (other, theirs)) if sketch.size > len(numbers)]
    if cut:
        limit = min(cut)
        mine = mine[: np.searchsorted(mine, limit, "right")]
        theirs = theirs[: np.searchsorted(theirs, limit, "right")]
    return _common(mine, theirs), len(mine), len(theirs)


def _common(mine: Numbers, theirs: Numbers) -> int:
    merged = np.sort(np.concatenate((mine, theirs)))
    return int(np.count_nonzero(merged[1:] == merged[:-1]))
