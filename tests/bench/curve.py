"""Measure what more labels bring: `python -m tests.bench.curve --start FOLDER`.

The fast model learns from a quarter, a half and all of the labelled articles, each time for as many steps and from the
same models that know names only (`--start`, as `make train-entities` writes them), and is scored on dev.
"""

import argparse
from functools import cache, partial
from pathlib import Path
from unittest.mock import patch

from pipelines.core.entities.tagging import tagger
from tests.bench.reading import show_part

SHARES, STEPS = (4, 2, 1), 700


def main() -> None:
    """Print dev's figures for each share of the labels."""
    from pipelines.training.reading.__main__ import Course  # only who trains models has torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path(".rasid/curve"))
    parser.add_argument("--start", type=Path, required=True)
    told = parser.parse_args()
    told.work.mkdir(parents=True, exist_ok=True)
    course = Course(told.data, told.work, told.start)
    for share in SHARES:
        articles = course.read("train")[::share]
        print(f"{len(articles)} articles")
        model = partial(course.from_labels, articles, f"curve-{share}", STEPS)
        with patch.object(tagger, "_load_fast", cache(model)):
            show_part(told.data / "reading", "dev", "fast", 0)


if __name__ == "__main__":
    main()
