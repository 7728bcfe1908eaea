"""Score names against labelled text."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pipelines.core.entities.find import clean
from pipelines.core.entities.model import EntityModel
from pipelines.core.entities.tagging.decode import LABELS, Tag, read_tags
from pipelines.core.entities.tagging.features import find_known
from pipelines.core.entities.tagging.tagger import load_tagger

DEV = ("cleananercorp", "caraner", "aqmar", "newsfane_gold")
_ARTICLE = 20

Pairs = Sequence[tuple[list[str], list[str]]]


def f1(hits: int, found: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall in percent."""
    return 200 * hits / max(found + gold, 1)


def tagged(pairs: Pairs, model: EntityModel) -> list[list[Tag]]:
    """Return what a tagger says of the sentences, so many at a time as an article has."""
    sentences = [words for words, _ in pairs]
    articles = [sentences[first : first + _ARTICLE] for first in range(0, len(sentences), _ARTICLE)]
    tagger = load_tagger(model)
    return [
        tags for article in articles for tags in tagger.tag(article, [find_known(sentence) for sentence in article])
    ]


def merged(pairs: Pairs, found: Sequence[Sequence[Tag]]) -> list[list[Tag]]:
    """Return the names as `find_mentions` makes them of a tagger's: known names added, ends trimmed."""
    return [clean(tags, find_known(words), words) for tags, (words, _) in zip(found, pairs, strict=True)]


def spans_of(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return the names that a sentence's labels mark: first token, the one after the last, type.

    >>> spans_of(["B-PER", "I-PER", "O"])
    {(0, 2, 'PER')}
    """
    return {tag[:3] for tag in read_tags([LABELS.index(label) for label in labels], [1.0] * len(labels))}


def score(pairs: Pairs, guessed: Iterable[Sequence[Tag]]) -> dict[str, float]:
    """Return entity F1 (exact span and type) of each type, of `all`, and of `names`: PER, LOC and ORG together."""
    hits, found, gold = Counter[str](), Counter[str](), Counter[str]()
    for (_, tags), names in zip(pairs, guessed, strict=True):
        wanted = spans_of(tags)
        given = {tag[:3] for tag in names}
        for counts, spans in ((hits, wanted & given), (found, given), (gold, wanted)):
            for span in spans:
                counts.update((span[2], "all", *(("names",) if span[2] != "MISC" else ())))
    return {kind: round(f1(hits[kind], found[kind], gold[kind]), 1) for kind in sorted(gold)}
