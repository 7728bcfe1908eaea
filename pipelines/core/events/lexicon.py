"""Load the few words that are still read by hand: those that may stand before a name, or in its place."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_TABLES = files("pipelines") / "resources" / "events"


@cache
def words(name: str) -> frozenset[str]:
    """Return one named set of folded words."""
    return _word_sets()[name]


@cache
def _word_sets() -> Mapping[str, frozenset[str]]:
    lines = _TABLES.joinpath("words.tsv").read_text(encoding="utf-8").splitlines()
    return {name: frozenset(listed.split(" ")) for name, listed in (line.split("\t") for line in lines[1:] if line)}
