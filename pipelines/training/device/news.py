"""Read the news as words: what the encoders are adapted to, and what the teachers read."""

import gzip
import json
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from pipelines.core.rejection import Rejected
from pipelines.training.build_words import NEWS
from pipelines.training.device.words import Numbered, Sentence, WordNumbers, runs, sentences_of
from pipelines.training.sources import require

MOST, LEAST = 330, 40
"""Words of an article that are read, to the end of a sentence; an article of fewer is left out."""
_SAME = slice(80, 380)  # letters by which a text is known that came twice


def read_news(data: Path, held_out: list[list[list[str]]], numbers: WordNumbers) -> list[Numbered]:
    """Return the news, each text once, in random order; none shares eight words in a row with a held-out article."""
    held = {run for article in held_out for run in runs(article)}
    seen: set[str] = set()
    found: list[Numbered] = []
    for name in NEWS:
        with gzip.open(require(data / "news" / f"{name}.jsonl.gz"), "rt", encoding="utf-8") as lines:
            for line in track(lines, f"reading {name}", total=None):
                sentences = _read(json.loads(line))
                folded = [sentence.folded for sentence in sentences]
                key = " ".join(chain.from_iterable(folded))[_SAME]
                if sentences and key not in seen and held.isdisjoint(runs(folded)):
                    seen.add(key)
                    found.append(numbers.number(sentences))
    return [found[number] for number in np.random.default_rng(1).permutation(len(found)).tolist()]


def _read(raw: dict[str, Any]) -> list[Sentence]:
    """Return an article's first sentences; none of one that the pipeline would reject, or that is too short."""
    try:
        sentences = [sentence for sentence in sentences_of(raw) if sentence.words]
    except Rejected:
        return []
    kept, words = [], 0
    for sentence in sentences:
        if words <= MOST:
            kept.append(sentence)
            words += len(sentence.words)
    return kept if words >= LEAST else []
