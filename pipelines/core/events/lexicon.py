"""Load the few words that are still read by hand: groups of people, and heads of places."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_TABLES = files("pipelines") / "resources" / "events"
_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "وبال", "لل", "ولل")
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب")


class Group(NamedTuple):
    """A word for a role or group: force, crowd, people, office or body; `prefix` letters are proclitics."""

    kind: str
    type: str
    lemma: str
    prefix: str


def _rows(name: str) -> Iterator[list[str]]:
    lines = _TABLES.joinpath(name).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines[1:] if line)


def group_of(word: str) -> Group | None:
    """Return what a folded word says of a group, if it is the head of one.

    >>> group_of("للمتظاهرين").prefix, group_of("مسلحين").lemma
    ('ل', 'مسلحون')
    """
    return _groups().get(word)


@cache
def _groups() -> Mapping[str, Group]:
    found: dict[str, Group] = {}
    for kind, entity_type, forms in _rows("groups.tsv"):
        stems = forms.split("|")
        for stem in [*stems, *(dual for single in stems for dual in _duals(kind, single))]:
            for proclitic in _PROCLITICS:
                found.setdefault(proclitic + stem, Group(kind, entity_type, stems[0], proclitic))
            for article in _ARTICLES:
                prefix = article[:-1] if article.endswith("لل") else article[:-2]
                found[article + stem] = Group(kind, entity_type, stems[0], prefix)
    return found


def _duals(kind: str, stem: str) -> Iterator[str]:
    """Write the dual and the accusative of a word for persons ("جنديين", "طبيبا"), its regular plural with them."""
    if kind in ("force", "crowd", "people") and not stem.endswith(("ون", "ين", "ان", "ا", "و")):
        tied = stem[:-1] + "ت" if stem.endswith("ه") else stem
        yield from (tied + "ين", tied + "ان", stem + "ا")


@cache
def words(name: str) -> frozenset[str]:
    """Return one named set of folded words."""
    return _word_sets()[name]


@cache
def _word_sets() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(listed.split(" ")) for name, listed in _rows("words.tsv")}
