"""Cut an article into stretches of sentences: where a trigger looks for who and what has a part in its event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORDS, _TITLE, _MOST = 130, 25, 120


@dataclass(slots=True)
class Stretch:
    """Words of an article by number, each with the number of its sentence.

    The first `context` words are the article's title, read here again.
    """

    words: list[int]
    sentences: list[int]
    context: int

    @property
    def own(self) -> int:
        """Return how many words are not context."""
        return len(self.words) - self.context

    def extend(self, words: range, sentence: int) -> None:
        """Add words of a sentence."""
        self.words.extend(words)
        self.sentences.extend([sentence] * len(words))

    def as_context(self) -> "Stretch":
        """Return a new stretch that begins with these words, as context."""
        return Stretch([*self.words], [*self.sentences], len(self.words))


def cut_stretches(lengths: Sequence[int]) -> Iterator[Stretch]:
    """Put whole sentences of `lengths` words into stretches of at most 130 words or so, the title before each.

    >>> [(stretch.words[:3], stretch.context, stretch.own) for stretch in cut_stretches([2, 100, 50])]
    [([0, 1, 2], 0, 102), ([0, 1, 102], 2, 50)]
    """
    stretch, title = Stretch([], [], 0), Stretch([], [], 0)
    place = 0
    for number, length in enumerate(lengths):
        for at in range(0, length, _MOST):
            size = min(_MOST, length - at)
            if stretch.own and len(stretch.words) + size > _WORDS:
                yield stretch
                stretch = title.as_context()
            stretch.extend(range(place, place + size), number)
            place += size
        if number == 0 and length <= _TITLE:
            title = stretch.as_context()
    if stretch.own:
        yield stretch
