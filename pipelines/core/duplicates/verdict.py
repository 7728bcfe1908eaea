"""Judge an article by what came before it: new, a revision, or a copy."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.core.duplicates.index import Answer
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.signature import unpack
from pipelines.core.duplicates.similarity import compare_all
from pipelines.core.packed import Value

Outcome = Literal["article", "revision", "duplicate"]
MOST_COMPARED = 48
"""So many candidates are compared at most."""
MUCH_MORE, MUCH_MORE_SHARE = 30, 0.8
"""A copy with so many word sequences of its own, less similar than that, tells something new: it is read too."""


@dataclass(frozen=True, slots=True)
class Match(Value):
    """An earlier article whose text is re-used, how (exact, near or contained), and how much of it (0 to 1).

    `rest` is how many word sequences the copy has beyond it.
    """

    original: Sighting
    kind: str
    similarity: float
    containment: float
    direction: str | None = None
    rest: int = 0


def choose(matches: Sequence[Match], cluster: Callable[[Sighting], str], is_copy: Callable[[Sighting], bool]) -> Match:
    """Choose the match to name: of the most similar one's cluster the first, originals and near ones preferred."""
    nearest = min(matches, key=lambda match: (-round(match.similarity, 2), match.original.order))
    beside = (match for match in matches if cluster(match.original) == cluster(nearest.original))
    return min(beside, key=lambda match: (is_copy(match.original), match.kind == "contained", match.original.order))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an article: its revision, what it copies, and whether it is dropped as a mere copy."""

    revision: int
    matches: tuple[Match, ...] = ()
    is_dropped: bool = False

    @property
    def outcome(self) -> Outcome:
        """Return the word that the ledger has for it."""
        if self.is_dropped:
            return "duplicate"
        return "revision" if self.revision else "article"


def judge(answer: Answer) -> Verdict:
    """Decide from what the index saw before an article.

    A text seen before, under any URL, copies the first article that had it, or the article itself. A text that shares
    enough with earlier ones copies those. Another text under a known URL is a revision, numbered by the texts seen
    there before.

    An article is dropped only for a copy's sake that precedes it in the total order (`Sighting.order`) too: so the
    first of any cluster in that order is kept, however its members came. One that arrived before what it copies was
    published is kept and linked; so is a report that holds more than what it copies, and a correction, which others may
    have copied before it was corrected.
    """
    sighting = answer.sighting
    earlier = [pair for pair in answer.earlier if pair[1].origin != sighting.origin]
    texts = [one for question, one in earlier if question == "url" and one.content_id != sighting.content_id]
    same = [one for question, one in earlier if question == "content"]
    again = next((one for one in same if one.article_id == sighting.article_id), None)
    if again is not None:
        was_there = again.order < sighting.order  # if not, the other may be dropped for what copies this one
        return Verdict(len(texts), (Match(again, "exact", 1.0, 1.0),), is_dropped=was_there)
    near = [one for question, one in earlier if question == "near"]
    matches = (Match(same[0], "exact", 1.0, 1.0),) if same else tuple(_compare(sighting, near))
    reasons = [match for match in matches if match.original.order < sighting.order and not _holds_more(match)]
    return Verdict(len(texts), matches, is_dropped=bool(reasons) and (bool(same) or not texts))


def _holds_more(match: Match) -> bool:
    """Return whether a copy tells more than its original: a report about it, or a new lead over yesterday's text."""
    if match.kind == "near":
        return match.rest >= MUCH_MORE and match.similarity < MUCH_MORE_SHARE
    return match.kind == "contained" and match.direction == "original_in_copy"


def _compare(sighting: Sighting, near: Iterable[Sighting]) -> Iterator[Match]:
    """Yield the articles that have enough text in common, of those that came before and share a key."""
    candidates = sorted(near, key=lambda one: one.order)[:MOST_COMPARED]
    if not candidates:
        return
    signature = unpack(sighting.signature)
    compared = compare_all([(signature, unpack(known.signature)) for known in candidates])
    for known, found in zip(candidates, compared, strict=True):
        if found.kind is not None:
            yield Match(known, found.kind, found.similarity, found.containment, found.direction, found.rest)
