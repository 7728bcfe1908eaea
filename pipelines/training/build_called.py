"""Count the words that the press calls people by: `python -m pipelines.training.build_called`.

The fast tagger reads the news; only words and counts leave it.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipelines.core.entities.find import find_mentions
from pipelines.core.entities.lexicon import UNKNOWN, words
from pipelines.core.entities.name_units import units
from pipelines.core.entities.name_words import is_given
from pipelines.core.entities.names import fold_name
from pipelines.core.text.document import read_document
from pipelines.training.build_gazetteer import write_rows
from pipelines.training.build_words import NEWS
from pipelines.training.sources import RESOURCES, require

_FEWEST, _SELDOM = 4, 8
_LONGEST = 6_000
_COMPOUND = ("ابو", "بن", "بو", "ولد", "ام", "د", "فان", "فون", "دير", "ماك")


def read_people(data: Path) -> Iterator[str]:
    """Give every mention of a person in every second article."""
    for name in NEWS:
        with gzip.open(require(data / "news" / f"{name}.jsonl.gz"), "rt", encoding="utf-8") as lines:
            for article in map(json.loads, islice(lines, 1, None, 2)):
                documents = [read_document(field, (article[field] or "")[:_LONGEST]) for field in ("title", "body")]
                yield from (mention.span.text for mention in find_mentions(documents, None) if mention.type == "PER")


def is_own_word(word: str, count: int) -> bool:
    """Return whether news writes a word so often as people are called by it, or it is of several words.

    What it writes less is left of a longer name that lost a letter ("ليام" of "وليام").
    """
    uses = max(words().get(form, UNKNOWN).uses for form in (word, f"ال{word}"))
    return word.isalpha() and (is_given(word) or word.startswith(_COMPOUND) or uses * 2 >= count or count <= _SELDOM)


def main() -> None:
    """Write the words of four mentions and more, folded, without article, compounds as one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    counts = Counter(word for name in read_people(parser.parse_args().data) for word in units(fold_name(name).split()))
    kept = [(word, count) for word, count in sorted(counts.items()) if count >= _FEWEST and is_own_word(word, count)]
    write_rows(RESOURCES / "called.tsv.gz", ("word", "count"), ({"word": a, "count": str(b)} for a, b in kept))


if __name__ == "__main__":
    main()
