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

    A text seen before, under any URL, is a duplicate of the first article that had it, or of the article itself.
    Another text under a known URL is a revision, numbered by the texts seen there before. Everything else is new.

    Who had a text first is one shard's word, the content's: were two shards asked, each could name the other copy of a
    message sent twice, and both would be dropped.
    """
    earlier = {answer.question: answer.earlier for answer in answers}
    again = next((one for one in earlier["content"] if one.article_id == sighting.article_id), None)
    first = again or next(iter(earlier["content"]), None)
    if first is not None:
        return Verdict("duplicate", 0, first)
    texts = sum(one.content_id != sighting.content_id for one in earlier["url"])
    return Verdict("revision" if texts else "article", texts)
