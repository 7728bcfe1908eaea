"""Signatures made from numbers, and what a sharded run makes of them: the pipeline without the pipeline."""

from collections.abc import Iterable, Mapping, Sequence
from random import Random

import numpy as np

from pipelines.core.article import Origin
from pipelines.core.duplicates.index import Answer, DuplicateIndex, look_ups
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
    return pack(Signature(Sketch(len(numbers), smallest), _NOTHING, _NOTHING, _NOTHING, chosen.tobytes()))


def answer_in(orders: Sequence[Sequence[Sequence[Sighting]]], horizon: int) -> dict[Origin, list[Answer]]:
    """Ask every shard, each in batches and an order of its own; return all answers in the order of the shards."""
    answers: dict[Origin, list[Answer]] = {}
    for shard, batches in enumerate(orders):
        index = DuplicateIndex(horizon)
        for batch in batches:
            answered, _ = index.add([look_ups(one, len(orders))[shard] for one in batch])
            for _, answer in answered:
                answers.setdefault(answer.sighting.origin, []).append(answer)
    return answers


def judge_all(seen: Iterable[Sighting], answers: Mapping[Origin, list[Answer]]) -> dict[Origin, Verdict]:
    """Judge every message by its answers."""
    return {one.origin: judge(one, answers[one.origin]) for one in seen}


def race(seen: Sequence[Sighting], shards: int, random: Random) -> list[list[list[Sighting]]]:
    """Return for each shard the messages in some order and some batches, unlike those of the other shards."""
    return [_batches(random.sample(seen, len(seen)), random) for _ in range(shards)]


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


def _batches(order: list[Sighting], random: Random) -> list[list[Sighting]]:
    cuts = sorted(random.choices(range(len(order) + 1), k=random.randint(0, 4)))
    return [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
