"""Find and read what is trained on; none of it is in the project."""

import sys
from collections.abc import Iterator
from pathlib import Path

from pipelines.core.text.document import read_document

RESOURCES = Path(__file__).parents[1] / "resources" / "entities"
_TYPES = {
    "PERS": "PER",
    "PER": "PER",
    "LOC": "LOC",
    "ORG": "ORG",
    "MISC": "MISC",
    "GPE": "LOC",
    "FAC": "LOC",
    "NORP": "MISC",
    "EVENT": "MISC",
}


def require(path: Path, mend: str = "training data is not part of the project; name its folder with --data") -> Path:
    """Return `path`, or leave with a word on how to get it."""
    if not path.exists():
        sys.exit(f"{path} is missing: {mend}")
    return path


def read_corpus(path: Path, own: bool = False) -> Iterator[tuple[list[str], list[str]]]:
    """Read a CoNLL file (token, BIO tag) as sentences of our own tokens; tags are PER, LOC, ORG, MISC, or its `own`.

    A corpus token that is several of ours ("اعتقل19") passes its tag on to all of them.
    """
    tokens: list[str] = []
    tags: list[str] = []
    for line in [*require(path).read_text("utf-8").splitlines(), ""]:
        if not line.strip():
            if tokens:
                yield tokens, tags
            tokens, tags = [], []
            continue
        word, tag = line.split("\t")[:2]
        kind = (tag[2:] or None) if own else _TYPES.get(tag[2:])
        pieces = [token.folded for token in read_document("body", word).tokens]
        for place, piece in enumerate(pieces):
            tokens.append(piece)
            tags.append("O" if kind is None else f"{'I' if place else tag[0]}-{kind}")
