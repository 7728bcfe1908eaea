"""Find the tokens that the names and offices of a sentence take."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pipelines.core.entities.mention import Mention, Office
from pipelines.core.events.lexicon import words
from pipelines.core.text.document import Document, Sentence
from pipelines.core.text.fold import fold_text

Named = Mapping[int, tuple[Mention, int, str]]
Held = Mapping[int, tuple[Office, int, str]]
_Spanned = TypeVar("_Spanned", Mention, Office)


def locate(
    document: Document, sentence: Sentence, mentions: Sequence[_Spanned]
) -> dict[int, tuple[_Spanned, int, str]]:
    """Map the first token of every mention (or office) in a sentence to it, the token after it and its proclitics."""
    found: dict[int, tuple[_Spanned, int, str]] = {}
    tokens = document.tokens
    at = sentence.first
    for mention in mentions:
        while at < sentence.last and tokens[at].end <= mention.span.start:
            at += 1
        last = at
        while last < sentence.last and tokens[last].start < mention.span.end:
            last += 1
        if last > at and not (last == at + 1 and tokens[at].folded in words("place_heads")):
            found[at] = (mention, last, fold_text(document.text[tokens[at].start : mention.span.start]))
    return found
