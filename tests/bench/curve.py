"""Measure what more labels bring: `python -m tests.bench.curve --start FOLDER`.

The fast model learns from a quarter, a half and all of the labelled articles, each time for as many steps and from the
same models that know names only (`--start`, as `make train-entities` writes them), and is scored on dev.
"""

import argparse
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from unittest.mock import patch

import numpy as np

from pipelines.core.entities.tagging import tagger
from pipelines.core.entities.tagging.convolution import ConvolutionTagger
from pipelines.training.reading.__main__ import LATER_DROPPED, RATE, Course
from pipelines.training.reading.distil import chunks, teach_labels
from pipelines.training.reading.export import LEAST_FAST, OWN_FAST, SEEN, export_fast
from pipelines.training.reading.labels import LabelledArticle
from pipelines.training.reading.start_student import load_student
from pipelines.training.reading.teach import Averaged
from tests.bench.reading import show_part

SHARES, STEPS = (4, 2, 1), 700


def train_on(course: Course, articles: Sequence[LabelledArticle], name: str) -> ConvolutionTagger:
    """Train the fast model on articles."""
    student, vocabulary = load_student(course.start / "fast.npz")
    gold, student.dropped = [teach_labels(vocabulary, article) for article in articles], LATER_DROPPED
    student.bags = vocabulary.bags
    course.train_student(student, name, chunks(gold, np.random.default_rng(1)), STEPS, RATE, Averaged(student))
    path = course.work / f"{name}.npz"
    export_fast(student, vocabulary, gold[:SEEN], path, OWN_FAST, 1.0, LEAST_FAST)
    return ConvolutionTagger(path.read_bytes())


def main() -> None:
    """Print dev's figures for each share of the labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path(".rasid/curve"))
    parser.add_argument("--start", type=Path, required=True)
    told = parser.parse_args()
    told.work.mkdir(parents=True, exist_ok=True)
    course = Course(told.data, told.work, told.start)
    for share in SHARES:
        articles = course.train[::share]
        print(f"{len(articles)} articles")
        with patch.object(tagger, "_load_fast", cache(partial(train_on, course, articles, f"curve-{share}"))):
            show_part(told.data / "reading", "dev", "fast", 0)


if __name__ == "__main__":
    main()
