"""Make whole phrases of the words that a model says fill a role."""

from collections.abc import Iterable, Iterator

from pipelines.core.events.lexicon import words
from pipelines.core.events.words import Words


def whole_phrases(read: Words, spans: Iterable[tuple[int, int, float]]) -> Iterator[tuple[int, int, float]]:
    """Widen spans `[first, last)` to the names and offices they cut, join those that then meet, in their order.

    A head takes the name right behind it ("محافظ" + "ديالى"), an adjective of nation its noun ("الوفد" + "الإيراني").
    """
    held: tuple[int, int, float] | None = None
    whole = ((*_trim(read, *_widen(read, first, last)), sure) for first, last, sure in spans)
    for first, last, sure in sorted(one for one in whole if one[0] < one[1]):
        if held and first < held[1]:
            held = (held[0], max(held[1], last), max(held[2], sure))
        else:
            if held:
                yield held
            held = (first, last, sure)
    if held:
        yield held


def _widen(read: Words, first: int, last: int) -> tuple[int, int]:
    begins, inside = read.around.get(first), read.around.get(last - 1)
    first = begins[0] if begins else first
    last = inside[1] if inside else last
    owner = read.mentions.get(last)
    if owner and not inside and owner[0].type != "PER" and _is_bare(read, last):
        last = owner[1]
    only = read.mentions.get(first)
    if only and only[1] >= last and only[0].type == "MISC" and _may_head(read, first):
        first -= 1
    return first, last


def _trim(read: Words, first: int, last: int) -> tuple[int, int]:
    """Take signs off both ends, and prepositions off the last."""
    while first < last and not read.folded(first)[0].isalnum():
        first += 1
    while first < last and (not read.folded(last - 1)[0].isalnum() or read.folded(last - 1) in words("prepositions")):
        last -= 1
    return first, last


def _is_bare(read: Words, word: int) -> bool:
    """Return whether nothing sticks to the name that begins at a word, and it stands in the word before's sentence."""
    mention, token = read.mentions[word][0], read.tokens[word]
    return mention.span.start == token.start and read.sentence_of(word) == read.sentence_of(word - 1)


def _may_head(read: Words, adjective: int) -> bool:
    """Return whether the word before an adjective of nation can be its noun: both have the article, or neither."""
    before = read.folded(adjective - 1)
    if not before.isalpha() or read.sentence_of(adjective) != read.sentence_of(adjective - 1):
        return False
    return before.startswith("ال") == read.folded(adjective).startswith("ال") and len(before) > 3
