"""Cut folded words into the pieces that the accurate tagger knows."""

from collections.abc import Mapping, Sequence

START, END, UNKNOWN, MASK, FIRST = 1, 2, 3, 4, 5  # the model's numbers; 0 fills up
_LONGEST, _MOST, _NOTHING = 16, 12, -1e9
_STRANGE = -25.0


class Pieces:
    """A vocabulary of pieces, each with its log probability; "▁" stands before a word's first."""

    def __init__(self, pieces: Sequence[tuple[str, float]]) -> None:
        self._scores: Mapping[str, float] = dict(pieces)
        self._numbers = {piece: FIRST + index for index, (piece, _) in enumerate(pieces)}

    def cut(self, word: str) -> list[str]:
        """Return the likeliest pieces of a folded word (Viterbi over a unigram model, Kudo 2018).

        >>> Pieces([("▁", -3.0), ("▁و", -2.0), ("ال", -4.0), ("القاهره", -9.0)]).cut("والقاهره")
        ['▁و', 'القاهره']
        """
        text = f"▁{word}"
        best, back = [0.0] + [_NOTHING] * len(text), [0] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
                score = self._scores.get(text[start:end], _STRANGE if end == start + 1 else _NOTHING)
                if best[start] + score > best[end]:
                    best[end], back[end] = best[start] + score, start
        return _follow(text, back)

    def encode(self, word: str) -> list[int]:
        """Return the numbers of a word's first pieces, at most twelve."""
        return [self._numbers.get(piece, UNKNOWN) for piece in self.cut(word)[:_MOST]]


def _follow(text: str, back: Sequence[int]) -> list[str]:
    found = []
    end = len(text)
    while end:
        found.append(text[back[end] : end])
        end = back[end]
    return found[::-1]
