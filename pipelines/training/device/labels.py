"""Write the labelled articles and the older corpora as numbers."""

from collections.abc import Sequence
from itertools import starmap
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.features import known_names
from pipelines.core.entities.tagging.voting import FLAGS
from pipelines.core.events.event import TYPES
from pipelines.training.device.course.material import CORPORA
from pipelines.training.device.words import Array, Numbered, Sentence, WordNumbers, sentences_of, with_marks
from pipelines.training.reading.further.articles import LEARNED, add_names, read_further
from pipelines.training.reading.labels import LabelledArticle, Telling, label_articles, read_labels, read_lines
from pipelines.training.reading.made.write import VARIANTS, write_articles
from pipelines.training.scores import DEV
from pipelines.training.tagger.material import read_labelled, read_part

PARTS = {"train": "articles.jsonl.gz", "dev": "articles.jsonl.gz", "maghreb": "articles.maghreb.jsonl"}
Labelled = tuple[list[Numbered], dict[str, Array]]


def read_reading(folder: Path, part: str, numbers: WordNumbers) -> tuple[Labelled, list[list[list[str]]]]:
    """Return a part of the labelled articles as numbers, labels, folded words.

    Behind those to learn from stand the articles made for training, and those labelled further, whose `ways` are 1.
    """
    made, more = [], []
    if part == "train":
        made, more = [*write_articles(VARIANTS)], [*starmap(add_names, read_further(folder.parent, LEARNED))]
    raws = {raw["id"]: raw for raw in (*read_lines(folder / PARTS[part]), *(raw for raw, _ in (*made, *more)))}
    own = [*read_labels(folder / PARTS[part], folder / f"labels.{part}.jsonl"), *label_articles(made)]
    articles = [*own, *label_articles(more)]
    numbered = [numbers.number(_with_texts(article, raws[article.id])) for article in articles]
    labels = tellings_of(articles) | {"ways": (np.arange(len(articles)) >= len(own)).astype(np.uint8)}
    return (numbered, labels), [article.sentences for article in articles]


def _with_texts(article: LabelledArticle, raw: dict[str, Any]) -> list[Sentence]:
    read = sentences_of(raw)
    assert [sentence.folded for sentence in read] == article.sentences
    marks = [known_names(len(words), hits) for words, hits in zip(article.sentences, article.hits, strict=True)]
    return [sentence._replace(marks=own) for sentence, own in zip(read, marks, strict=True)]


def tellings_of(articles: Sequence[LabelledArticle]) -> dict[str, Array]:
    """Return the labels as arrays.

    `tags` has one number a word, `tellings` article, event, type, first and last word, `flags` one of each flag a
    telling; `parts` and `ignored` have telling, role, first and last word.
    """
    told = [(number, telling) for number, article in enumerate(articles) for telling in article.tellings]
    events: dict[tuple[int, str], int] = {}
    rows = [
        (number, events.setdefault((number, one.event), len(events)), TYPES.index(one.type), one.first, one.last)
        for number, one in told
    ]
    tags = [LABELS.index(tag) for article in articles for tag in article.tags]
    flags = [[flag in telling.flags for flag in FLAGS] for _, telling in told]
    only = [telling for _, telling in told]
    return {
        "tags": np.array(tags, np.uint8),
        "tellings": np.array(rows, np.int32).reshape(-1, 5),
        "flags": np.array(flags, np.uint8).reshape(-1, len(FLAGS)),
        "parts": _parts(only, "parts"),
        "ignored": _parts(only, "ignored"),
    }


def _parts(tellings: Sequence[Telling], name: str) -> Array:
    rows = [(number, *part) for number, telling in enumerate(tellings) for part in sorted(getattr(telling, name))]
    return np.array(rows, np.int32).reshape(-1, 4)


def read_corpora(data: Path, numbers: WordNumbers) -> dict[str, Labelled]:
    """Return the older corpora's parts as numbers, each with its labels and how many kinds of them there are."""
    found: dict[str, Labelled] = {}
    for place, name in enumerate(CORPORA):
        train = read_labelled(data, name, DEV, own=place > 0)
        kinds = list(LABELS) if not place else ["O", *sorted({tag for _, tags in train for tag in tags} - {"O"})]
        for part, pairs in (("train", train), ("dev", list(read_part(data, name, "dev", own=place > 0)))):
            numbered = [numbers.number([with_marks(words, words)]) for words, _ in pairs]
            tags = [kinds.index(tag) if tag in kinds else 0 for _, own in pairs for tag in own]
            found[f"{name}/{part}"] = numbered, {"tags": np.array(tags, np.uint8)}
        found[name] = [], {"kinds": np.array([len(kinds)], np.uint8)}
    return found
