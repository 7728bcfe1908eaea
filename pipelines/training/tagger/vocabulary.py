"""Choose the pieces of e5's vocabulary that Arabic news uses."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.core.entities.tagging.pieces import Pieces
from pipelines.training.tagger.e5 import Merged, folded_vocabulary

_USED = 5


@dataclass(frozen=True)
class PieceTable:
    """The pieces in the order of their numbers, with their log probabilities and what they merge."""

    names: list[str]
    merged: list[Merged]

    @property
    def scored(self) -> list[tuple[str, float]]:
        """Return each piece with its log probability."""
        return [(name, merged[0]) for name, merged in zip(self.names, self.merged, strict=True)]


def choose_pieces(words: Iterable[str]) -> PieceTable:
    """Keep the pieces that occur five times in these words, and every single letter of them; the most used first."""
    vocabulary = folded_vocabulary()
    cut = Pieces([(piece, merged[0]) for piece, merged in vocabulary.items()]).cut
    uses: Counter[str] = Counter()
    for word, count in Counter(words).items():
        uses.update(dict.fromkeys(cut(word), count))
    kept = {piece for piece, count in uses.items() if piece in vocabulary and (count >= _USED or len(piece) == 1)}
    kept |= {letter for piece in kept for letter in piece if letter in vocabulary}
    names = sorted(kept, key=lambda piece: (-uses[piece], piece))
    return PieceTable(names, [vocabulary[name] for name in names])
