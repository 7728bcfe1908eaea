"""What the tagger is trained on: labelled corpora and news, as sentences of folded words."""

import gzip
import json
import pickle
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rich.progress import track

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.features import find_known
from pipelines.core.entities.tagging.tagger import load_tagger
from pipelines.core.text.document import read_document
from pipelines.training.build_words import NEWS
from pipelines.training.sources import read_corpus, require

CORPORA = ("cleananercorp", "caraner", "aqmar", "newsfane_gold", "wojood_sample")
_OVERLAP, _LEAD, _SHORTEST, _CUT = 40, 330, 25, 150

Sentence = tuple[list[str], list[str]]


class Story(NamedTuple):
    """The beginning of an article: its sentences, and the label number that the fast tagger gives each word."""

    sentences: list[list[str]]
    labels: npt.NDArray[np.uint8]


def read_labelled(data: Path, corpus: str, held_out: Iterable[str], own: bool) -> list[Sentence]:
    """Read a corpus's training part, in its `own` labels or in ours, without what stands in a held-out part too.

    Corpora share text: NewsFANE is ANERcorp anew. A sentence with 40 letters in common goes.
    """
    kept = "".join("".join(words) for name in held_out for words, _ in read_part(data, name, "dev"))
    seen = {kept[at : at + _OVERLAP] for at in range(len(kept))}
    return [pair for pair in read_part(data, corpus, "train", own) if not _is_shared("".join(pair[0]), seen)]


def read_part(data: Path, corpus: str, part: str, own: bool = False) -> Iterator[Sentence]:
    """Read a part of a corpus; in its `own` labels, or in PER, LOC, ORG and MISC."""
    return read_corpus(data / "ner" / corpus / f"{part}.conll", own)


def _is_shared(text: str, seen: set[str]) -> bool:
    return any(text[at : at + _OVERLAP] in seen for at in range(max(1, len(text) - _OVERLAP)))


def read_news(data: Path, path: Path) -> list[Story]:
    """Read the first 330 words or so of every article of the news once, and keep them at `path`."""
    if path.exists():
        return list(pickle.loads(path.read_bytes()))
    stories: dict[str, Story] = {}
    for name in NEWS:
        with gzip.open(require(data / "news" / f"{name}.jsonl.gz"), "rt", encoding="utf-8") as lines:
            for line in track(lines, f"reading {name}", total=None):
                story = _read_story(json.loads(line))
                if story:
                    stories.setdefault(" ".join(chain.from_iterable(story.sentences))[80:380], story)
    path.write_bytes(pickle.dumps(list(stories.values())))
    return list(stories.values())


def _read_story(article: dict[str, str | None]) -> Story | None:
    documents = [read_document(field, (article[field] or "")[:4000]) for field in ("title", "body")]
    sentences: list[list[str]] = []
    for document in documents:
        for sentence in document.sentences:
            if sum(map(len, sentences)) < _LEAD and sentence.last > sentence.first:
                sentences.append([token.folded for token in document.tokens[sentence.first : sentence.last][:_CUT]])
    if sum(map(len, sentences)) < _SHORTEST:
        return None
    return Story(sentences, _label(sentences))


def _label(sentences: Sequence[Sequence[str]]) -> npt.NDArray[np.uint8]:
    labels = []
    tagged = load_tagger().tag(sentences, [find_known(sentence) for sentence in sentences])
    for sentence, tags in zip(sentences, tagged, strict=True):
        row = np.zeros(len(sentence), np.uint8)
        for tag in tags:
            row[tag.first : tag.last] = LABELS.index(f"I-{tag.type}")
            row[tag.first] = LABELS.index(f"B-{tag.type}")
        labels.append(row)
    return np.concatenate(labels)
