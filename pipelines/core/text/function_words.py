"""The commonest words of the languages in Arabic script."""

from functools import cache
from importlib.resources import files


@cache
def function_words() -> dict[str, frozenset[str]]:
    """Load them by language, ISO 639."""
    rows = files("pipelines").joinpath("resources/text/function_words.tsv").read_text("utf-8").splitlines()
    words: dict[str, set[str]] = {}
    for language, word in (row.split("\t") for row in rows[1:]):
        words.setdefault(language, set()).add(word)
    return {language: frozenset(members) for language, members in words.items()}
