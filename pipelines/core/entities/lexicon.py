"""What is known of single words: how often news uses them, whose company they keep, what they announce."""

import gzip
from functools import cache
from typing import NamedTuple

from pipelines.core.entities.names import RESOURCES


class Word(NamedTuple):
    """How often news uses a folded word, and the groups of words with the same neighbours (-1: too rare)."""

    uses: int
    coarse: int
    fine: int


UNKNOWN = Word(0, -1, -1)


@cache
def words() -> dict[str, Word]:
    """Load the words of news (`words.tsv.gz`)."""
    lines = gzip.decompress((RESOURCES / "words.tsv.gz").read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return {row[0]: Word(int(row[1]), int(row[2]), int(row[3])) for row in rows}


@cache
def name_parts() -> dict[str, int]:
    """Load the words that people are called by, with how many bear each (`name_parts.tsv.gz`)."""
    lines = gzip.decompress((RESOURCES / "name_parts.tsv.gz").read_bytes()).decode().splitlines()
    return {key: int(count) for key, count in (line.split("\t") for line in lines[1:])}


@cache
def press_names() -> dict[str, int]:
    """Load the words that the press calls people by, without article, with how often it does (`called.tsv.gz`)."""
    lines = gzip.decompress((RESOURCES / "called.tsv.gz").read_bytes()).decode().splitlines()
    return {word: int(count) for word, count in (line.split("\t") for line in lines[1:])}


ANNOUNCED = {"body": "ORG", "place": "LOC", "work": "MISC"}
"""What type of name the words of a class of `triggers` announce."""


@cache
def triggers() -> dict[str, str]:
    """Load the folded words that announce a name, each with its class (`triggers.tsv`).

    >>> triggers()["وزير"]
    'office'
    """
    lines = (RESOURCES / "triggers.tsv").read_text("utf-8").splitlines()
    return {word: kind for kind, found in (line.split("\t") for line in lines[1:]) for word in found.split()}
