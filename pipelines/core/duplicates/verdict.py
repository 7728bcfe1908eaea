"""Judge an article by what came before it: new, a revision, or a copy."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipelines.core.duplicates.index import Answer
from pipelines.core.duplicates.sighting import Sighting

Outcome = Literal["article", "revision", "duplicate"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an article; `original` is set for duplicates, and may be the article itself, seen again."""

    outcome: Outcome
    revision: int
    original: Sighting | None = None


def judge(sighting: Sighting, answers: Iterable[Answer]) -> Verdict:
    """Decide from the answers to both questions.

    A text seen before, under any URL, is a duplicate of the first article that had it. Another text under a known URL
    is a revision, numbered by the texts seen there before. Everything else is new.
    """
    earlier = {answer.question: answer.earlier for answer in answers}
    texts = earlier["url"]
    again = next((one for one in texts if one.content_id == sighting.content_id), None)
    first = again or next(iter(earlier["content"]), None)
    if first is not None:
        return Verdict("duplicate", 0, first)
    return Verdict("revision" if texts else "article", len(texts))
