"""Score the tagger on the corpora's development parts."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipelines.core.entities.features import find_known
from pipelines.core.entities.tagger import LABELS, load_tagger, read_tags
from pipelines.training.sources import read_corpus

DEV = ("cleananercorp", "caraner", "aqmar")


def f1(hits: int, found: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall in percent."""
    return 200 * hits / max(found + gold, 1)


def score(sentences: Iterable[tuple[list[str], list[str]]], model: Path | None = None) -> dict[str, float]:
    """Return entity F1 (exact span and type) of each type, of `all`, and of `names`: PER, LOC and ORG together."""
    pairs = list(sentences)
    hits, found, gold = Counter[str](), Counter[str](), Counter[str]()
    sentences_only = [tokens for tokens, _ in pairs]
    tagged = load_tagger(model).tag(sentences_only, [find_known(tokens) for tokens in sentences_only])
    for (_, tags), guessed in zip(pairs, tagged, strict=True):
        wanted = {tag[:3] for tag in read_tags([LABELS.index(tag) for tag in tags], [1.0] * len(tags))}
        given = {tag[:3] for tag in guessed}
        for counts, spans in ((hits, wanted & given), (found, given), (gold, wanted)):
            for span in spans:
                counts.update((span[2], "all", *(("names",) if span[2] != "MISC" else ())))
    return {kind: round(f1(hits[kind], found[kind], gold[kind]), 1) for kind in sorted(gold)}


def score_corpora(data: Path, model: Path | None = None) -> None:
    """Print the scores on every development part."""
    for corpus in DEV:
        print(corpus, score(read_corpus(data / "ner" / corpus / "dev.conll"), model))
