"""Signatures made from numbers, and what an index makes of them: the pipeline without the pipeline."""

from collections.abc import Iterable, Sequence
from random import Random

import numpy as np

from pipelines.core.article import Origin
from pipelines.core.duplicates.index import DuplicateIndex, look_up
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.signature import Signature, Sketch, keys, pack, unpack
from pipelines.core.duplicates.similarity import compare
from pipelines.core.duplicates.verdict import Verdict, judge

FEW = 6
_NOTHING = Sketch(0, b"")
_HASHED = np.random.default_rng(7).permutation(np.arange(1, 2**24, 1607, dtype=np.uint32))


def signature(words: Iterable[int], count: int = FEW) -> bytes:
    """Return the packed signature of a text with these numbers (below 10,000) for its word sequences."""
    numbers = np.sort(_HASHED[sorted(set(words))])
    smallest = numbers.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    chosen = (numbers[:count].astype(np.uint64) * 2_654_435_761 % 2**32).astype("<u4")
    return pack(Signature(Sketch(len(numbers), smallest), _NOTHING, _NOTHING, _NOTHING, _NOTHING, chosen.tobytes()))


def judge_all(batches: Iterable[Sequence[Sighting]], horizon: int) -> dict[Origin, Verdict]:
    """Judge messages that come in batches by the answers of one index."""
    index = DuplicateIndex(horizon)
    answers = (answer for batch in batches for _, answer in index.add([look_up(one) for one in batch])[0])
    return {answer.sighting.origin: judge(answer) for answer in answers}


def in_batches(seen: Sequence[Sighting], random: Random) -> list[list[Sighting]]:
    """Return the messages in some order and some batches."""
    order = random.sample(seen, len(seen))
    cuts = sorted(random.choices(range(len(order) + 1), k=random.randint(0, 4)))
    return [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]


def groups_of(seen: Sequence[Sighting]) -> list[list[Sighting]]:
    """Return the groups that are connected by one text, or by a key and enough in common; each in total order."""
    groups: list[list[Sighting]] = []
    for one in sorted(seen, key=lambda one: one.order):
        near = [group for group in groups if any(is_copy(one, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append(sorted([one, *(other for group in near for other in group)], key=lambda other: other.order))
    return groups


def is_copy(one: Sighting, other: Sighting) -> bool:
    """Say whether two messages have one text, or share a key and enough of their texts."""
    mine, theirs = unpack(one.signature), unpack(other.signature)
    return one.content_id == other.content_id or bool(
        set(keys(mine)) & set(keys(theirs)) and compare(mine, theirs).kind
    )
