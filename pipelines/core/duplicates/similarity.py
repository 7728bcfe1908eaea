"""Judge from two signatures whether one text re-uses the other."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from pipelines.core.duplicates.signature import SHORT_REPORT, WIDTH, Signature, Sketch, read_numbers

Kind = Literal["near", "contained"]
Direction = Literal["copy_in_original", "original_in_copy"]

NEAR = 0.5
"""From this similarity on, one text is a copy of the other."""
CONTAINED, CONTAINED_SIMILARITY = 0.8, 0.25
"""From this containment on, the shorter text lies within the longer one, if it makes up about a third of it."""
WHOLE, WHOLE_SIMILARITY, WHOLE_SHINGLES = 0.98, 0.05, 30
"""A text of so many word sequences that lies wholly within another does so in one up to twenty times as long."""
SHORT, NEAR_SHORT, SHORTEST, NEAR_SHORTEST = 20, 0.4, 8, 0.75
"""Of texts of under so many word sequences one word is a fifth: less similarity will do; of the shortest, only more."""
OTHER_NAMES, OTHER_FIGURES, OTHER_CALLED = (1, 0.34), (2, 0.34), (1, 0.33)
"""With so many names or figures in each that the other lacks, and that share of its own, both tell of other things."""
OTHER_IN_SHORT = (1, 0.2)
"""Of two short reports, the same for this: so many names and telling words that the other lacks, and that share."""
SAME = 0.85
"""From this similarity on, other figures and words that people are called by are other ways to write them."""
_ALL, _KINDS_OF_FACTS = 1 << 8 * WIDTH, 4


class Shared(NamedTuple):
    """In the part of the number range that two sketches cover: their common numbers, and how many each has."""

    common: int
    of_copy: int
    of_original: int


class Similarity(NamedTuple):
    """What two texts share, from 0 to 1; which is the shorter, and its word sequences; whether both tell of others.

    `rest` is how many word sequences the copy has that its original has not.
    """

    similarity: float
    containment: float
    direction: Direction
    shortest: int
    conflict: bool
    rest: int = 0

    @property
    def kind(self) -> Kind | None:
        """Return what the one is to the other, or `None` where it is no copy."""
        if self.conflict:
            return None
        near = NEAR_SHORTEST if self.shortest < SHORTEST else NEAR_SHORT if self.shortest < SHORT else NEAR
        if self.similarity >= near:
            return "near"
        if self.shortest < SHORTEST:
            return None
        contained = self.containment >= CONTAINED and self.similarity >= CONTAINED_SIMILARITY
        whole = self.containment >= WHOLE and self.similarity >= WHOLE_SIMILARITY and self.shortest >= WHOLE_SHINGLES
        return "contained" if contained or whole else None


def compare(copy: Signature, original: Signature) -> Similarity:
    """Estimate what two texts share (see `compare_all`)."""
    return compare_all([(copy, original)])[0]


def compare_all(pairs: Sequence[tuple[Signature, Signature]]) -> list[Similarity]:
    """Estimate what a copy and its original share, of many pairs at once: exactly for texts of up to 128 sequences.

    `similarity` is the share of common word sequences in all of both (Jaccard), with a standard error of at most .05;
    `containment` the share of the shorter text's sequences that the longer has too. Texts are in conflict where each
    has figures, or names, that the other lacks: weather, prices and results of two days, or a cable to two kings.
    """
    copies = [sketch for copy, _ in pairs for sketch in copy.sketches]
    originals = [sketch for _, original in pairs for sketch in original.sketches]
    shared = iter(_count(copies, originals))
    return [_weigh(*pair, next(shared), [next(shared) for _ in range(_KINDS_OF_FACTS)]) for pair in pairs]


def _weigh(copy: Signature, original: Signature, shingles: Shared, facts: Sequence[Shared]) -> Similarity:
    figures, names, called, telling = facts
    within = copy.shingles.size <= original.shingles.size
    short = max(copy.shingles.size, original.shingles.size) < SHORT_REPORT
    similarity = shingles.common / max(1, shingles.of_copy + shingles.of_original - shingles.common)
    return Similarity(
        similarity=similarity,
        containment=shingles.common / max(1, shingles.of_copy if within else shingles.of_original),
        direction="copy_in_original" if within else "original_in_copy",
        shortest=min(copy.shingles.size, original.shingles.size),
        conflict=_differ(names, *OTHER_NAMES)
        or (short and _differ(Shared(*map(sum, zip(called, telling, strict=True))), *OTHER_IN_SHORT))
        or (similarity < SAME and (_differ(figures, *OTHER_FIGURES) or _differ(called, *OTHER_CALLED))),
        rest=round((1 - shingles.common / max(1, shingles.of_copy)) * copy.shingles.size),
    )


def _differ(shared: Shared, least: int, share: float) -> bool:
    lacking = (shared.of_copy - shared.common, shared.of_original - shared.common)
    return min(lacking) >= least and lacking[0] >= share * shared.of_copy and lacking[1] >= share * shared.of_original


def _count(copies: Sequence[Sketch], originals: Sequence[Sketch]) -> list[Shared]:
    """Count pair by pair, with one sort for all."""
    count, sketches = len(copies), (*copies, *originals)
    sizes = np.array([sketch.size for sketch in sketches], np.intp)
    held = np.array([len(sketch.smallest) // WIDTH for sketch in sketches], np.intp)
    numbers = read_numbers(b"".join(sketch.smallest for sketch in sketches))
    if not len(numbers):
        return [Shared(0, 0, 0)] * count
    limits = np.where(sizes > held, numbers[np.cumsum(held) - 1], _ALL)
    side = np.repeat(np.arange(2 * count), held)
    covered = numbers <= np.minimum(limits[:count], limits[count:])[side % count]
    packed = (side[covered] % count) << (8 * WIDTH) | numbers[covered]
    packed.sort()
    common = np.bincount(packed[1:][packed[1:] == packed[:-1]] >> (8 * WIDTH), minlength=count)
    had = np.bincount(side[covered], minlength=2 * count).tolist()
    return list(map(Shared, common.tolist(), had[:count], had[count:]))
