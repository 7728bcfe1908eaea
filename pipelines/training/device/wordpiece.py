"""Cut words into BERT's pieces."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from pipelines.training.device.words import Array, side_by_side

UNKNOWN = "[UNK]"
SPECIAL = ("[PAD]", "[CLS]", "[SEP]", UNKNOWN, "[MASK]")
"""Pieces that the course numbers 0 to 4."""
_LONGEST, _MOST, _USED = 100, 8, 3


def cut(word: str, vocabulary: Mapping[str, int]) -> list[int]:
    """Return the numbers of a word's first eight pieces: the longest that begins it, then the longest of the rest.

    A word of more than 100 letters, and one that cannot be cut, is unknown (WordPiece, Wu et al. 2016).

    >>> cut("والقاهرة", {"[UNK]": 0, "وال": 1, "##قاهر": 2, "##ة": 3, "و": 4})
    [1, 2, 3]
    """
    unknown = [vocabulary[UNKNOWN]]
    if len(word) > _LONGEST:
        return unknown
    found: list[int] = []
    at = 0
    while at < len(word):
        lead = "##" if at else ""
        ends = range(len(word), at, -1)
        end = next((end for end in ends if lead + word[at:end] in vocabulary), None)
        if end is None:
            return unknown
        found.append(vocabulary[lead + word[at:end]])
        at = end
    return found[:_MOST]


def bert_pieces(
    words: Sequence[str], uses: Sequence[int] | Array, vocabulary: Mapping[str, int]
) -> tuple[dict[str, Array], list[int]]:
    """Return each word's pieces, numbered anew, and the old numbers of the pieces that are kept: used three times.

    `uses` says how often each word is used. The others become the unknown piece.
    """
    cuts = [cut(word, vocabulary) for word in words]
    counts = Counter[int]()
    for pieces, count in zip(cuts, uses, strict=True):
        counts.update(dict.fromkeys(pieces, int(count)))
    special = [vocabulary[piece] for piece in SPECIAL]
    kept = special + sorted(piece for piece, count in counts.items() if count >= _USED and piece not in special)
    new = {piece: number for number, piece in enumerate(kept)}
    sizes, pieces_ = side_by_side(
        [[new.get(piece, SPECIAL.index(UNKNOWN)) for piece in one] for one in cuts], np.uint16
    )
    return {"bert_counts": sizes, "bert_pieces": pieces_}, kept
