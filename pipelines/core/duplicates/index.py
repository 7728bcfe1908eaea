"""Remember which articles and contents were seen, and answer what came before a newcomer.

An article asks two questions, each of one shard: who was seen under this URL, and who was seen with this content?
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipelines.core.duplicates.sighting import Sighting

Question = Literal["url", "content"]
QUESTIONS: tuple[Question, ...] = ("url", "content")


@dataclass(frozen=True, slots=True)
class LookUp:
    """A question about one newcomer."""

    question: Question
    sighting: Sighting

    @property
    def key(self) -> str:
        """Return what is looked up: an article's or a content's id."""
        return self.sighting.article_id if self.question == "url" else self.sighting.content_id


@dataclass(frozen=True, slots=True)
class Answer:
    """What was seen before the newcomer, oldest first, each with another text (url) or another article (content)."""

    question: Question
    sighting: Sighting
    earlier: tuple[Sighting, ...]


@dataclass
class DuplicateIndex:
    """What one shard remembers; `horizon` is in milliseconds of event time.

    Where several questions arrive together they are answered in the order of `Sighting.order`, so that a bounded run
    gives the same answers in whatever order its messages were read.
    """

    horizon: int
    _seen: dict[tuple[Question, str], list[Sighting]] = field(default_factory=lambda: defaultdict(list))

    def add(self, batch: Sequence[LookUp]) -> tuple[list[tuple[int, Answer]], list[LookUp]]:
        """Answer a batch; return the answers with their event times, and the entries to keep."""
        answers, kept = [], []
        for look_up in sorted(batch, key=lambda look_up: look_up.sighting.order):
            sighting = look_up.sighting
            known = self._seen[look_up.question, look_up.key]
            earlier = tuple(one for one in known if abs(sighting.published - one.published) <= self.horizon)
            answers.append((sighting.published, Answer(look_up.question, sighting, earlier)))
            if all(_other(look_up.question, one, sighting) for one in earlier):
                known.append(sighting)
                kept.append(look_up)
        return answers, kept

    def load(self, entries: Iterable[LookUp]) -> None:
        """Take back entries that `add` gave to keep."""
        for look_up in entries:
            self._seen[look_up.question, look_up.key].append(look_up.sighting)

    def expire(self, before: int) -> list[LookUp]:
        """Forget what is older than `before` less the horizon (milliseconds); return what stays."""
        limit = before - self.horizon
        kept = {key: [one for one in seen if one.published >= limit] for key, seen in self._seen.items()}
        self._seen = defaultdict(list, {key: seen for key, seen in kept.items() if seen})
        return [LookUp(question, one) for (question, _), seen in self._seen.items() for one in seen]


def _other(question: Question, known: Sighting, newcomer: Sighting) -> bool:
    if question == "url":
        return known.content_id != newcomer.content_id
    return known.article_id != newcomer.article_id
