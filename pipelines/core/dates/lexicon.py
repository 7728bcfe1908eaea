"""Load the words that dates are made of."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from pipelines.core.text.fold import fold_text

_PROCLITICS = ("و", "ف", "ب", "ل", "وب", "ول")
_SHORT = 2


class Phrases:
    """Phrases of one or more folded words with a value each; the longest match wins."""

    __slots__ = ("_by_first",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for phrase, value in sorted(values.items(), key=lambda item: -item[0].count(" ")):
            first, *rest = phrase.split(" ")
            for form, _ in variants(first):
                self._by_first.setdefault(form, []).append((rest, value))

    def __contains__(self, word: str) -> bool:
        return word in self._by_first

    def first_words(self) -> Iterator[str]:
        """Give every word that a phrase may begin with, proclitics on or off."""
        return iter(self._by_first)

    def match(self, words: list[str], at: int) -> tuple[str, int] | None:
        """Return the value of the phrase at `words[at]` and the index after it."""
        for rest, value in self._by_first.get(words[at], ()):
            end = at + 1 + len(rest)
            if not rest or words[at + 1 : end] == rest:
                return value, end
        return None


def variants(word: str) -> Iterator[tuple[str, int]]:
    """Give a word bare and with each proclitic it may carry, and how many letters to cut off again.

    >>> [form for form, _ in variants("العام")]
    ['العام', 'والعام', 'فالعام', 'بالعام', 'للعام', 'وبالعام', 'وللعام']
    """
    yield word, 0
    if not word[0].isalpha() or word in bare_words():
        return
    for proclitic in ("و",) if len(word) <= _SHORT else _PROCLITICS:
        form = proclitic + ("ل" + word[2:] if proclitic[-1] == "ل" and word.startswith("ال") else word)
        if form not in bare_words():
            yield form, len(proclitic)


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """Read a table of `resources/dates`: its rows, first cell folded, without comments and the header."""
    lines = files("pipelines").joinpath("resources/dates", name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("# ")][1:]
    return tuple((fold_text(row[0]), *row[1:]) for row in rows)


@cache
def bare_words() -> frozenset[str]:
    """Return the words that only look like another with a proclitic ("باب" is a door, not "in August")."""
    return frozenset(row[0] for row in read_table("names.tsv") if row[1] == "bare")


@cache
def phrases(kind: str) -> Phrases:
    """Return the phrases of one kind of `words.tsv`, or with `"month"` all names of months."""
    if kind == "month":
        return Phrases({row[0]: " ".join(row[1:]) for row in read_table("months.tsv")})
    return Phrases({row[0]: row[2] for row in read_table("words.tsv") if row[1] == kind})


@cache
def words(effect: str) -> frozenset[str]:
    """Return the words of one effect in `names.tsv`, or of one kind in `words.tsv`, proclitics on or off."""
    rows = (*read_table("names.tsv"), *read_table("words.tsv"))
    return frozenset(form for row in rows if row[1] == effect for form, _ in variants(row[0]))


@cache
def proclitic_lengths() -> Mapping[str, int]:
    """Return how many letters to cut from each word that a date may begin with; 0 is left out."""
    bare = {row[0].split(" ")[0] for name in ("words.tsv", "months.tsv") for row in read_table(name)}
    lengths = {form: length for word in bare for form, length in variants(word) if length and form not in bare}
    return lengths | {"وال": 1, "بال": 1, "فال": 1}
