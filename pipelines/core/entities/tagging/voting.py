"""What nets together say of an article: of words, of words beside a trigger, and of two triggers."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.core.entities.tagging.decode import level
from pipelines.core.entities.tagging.roles import Heads, RoleScorer
from pipelines.core.entities.tagging.same import SameScorer, pairs_of_a_type
from pipelines.core.entities.tagging.stretches import Stretch
from pipelines.core.events.event import TYPES

FLAGS = ("negated", "future", "hypothetical", "historical")
EVENT_SCORES = 1 + len(TYPES) + len(FLAGS)
Chances = npt.NDArray[np.float64]


class Voter(NamedTuple):
    """What a net says of an article's words, and what scores its pairs of words and of triggers."""

    heads: Heads
    roles: RoleScorer
    same: SameScorer


class Trigger(NamedTuple):
    """Words `[first, last)` of a sentence that name an event of a type (its number), and how likely."""

    sentence: int
    first: int
    last: int
    kind: int
    confidence: float


def trigger_chances(voters: Sequence[Voter]) -> Chances:
    """Return how likely each word names no event, and one of each type: where one net is sure, that counts."""
    return _mean([np.exp(level(heads.events[:, : 1 + len(TYPES)].astype(np.float64))) for heads, *_ in voters])


def flag_chances(voters: Sequence[Voter], words: Sequence[int]) -> Chances:
    """Return how likely each flag is of the events that words name."""
    return 1 / (1 + np.exp(-_mean([heads.events[words, 1 + len(TYPES) :].astype(np.float64) for heads, *_ in voters])))


def _mean(votes: Sequence[Chances]) -> Chances:
    """Return the mean of votes, added up in their order."""
    total = votes[0]
    for vote in votes[1:]:
        total = total + vote
    return total / len(votes)


def role_chances(voters: Sequence[Voter], stretch: Stretch, triggers: Sequence[Trigger]) -> Chances:
    """Return how likely O, B and I of each role are of each word of a stretch (triggers, words, roles, 3)."""
    firsts, sentences = (np.array([trigger[part] for trigger in triggers]) for part in (1, 0))
    kinds = [trigger.kind for trigger in triggers]
    votes = [roles.score(heads, stretch, firsts, kinds, sentences) for heads, roles, _ in voters]
    levelled = [level(vote.reshape(-1, 3).astype(np.float64)).reshape(vote.shape) for vote in votes]
    chances = np.exp(_mean(levelled))
    chances /= chances.sum(axis=3, keepdims=True)
    return chances


def same_scores(voters: Sequence[Voter], triggers: Sequence[Trigger]) -> list[tuple[float, ...]]:
    """Return how the nets together score each trigger with those of its type before it, the nearest first."""
    pairs = pairs_of_a_type([trigger.kind for trigger in triggers])
    firsts = [trigger.first for trigger in triggers]
    votes = [voter.same.score(voter.heads, firsts, pairs) for voter in voters]
    found: list[list[float]] = [[] for _ in triggers]
    for (_, later), *scores in zip(pairs, *votes, strict=True):
        found[later].append(round(sum(scores) / len(scores), 3))
    return [tuple(scores) for scores in found]
