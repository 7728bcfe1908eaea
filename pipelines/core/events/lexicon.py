"""Load what an event looks like in words: triggers, groups of people, and the small words around them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipelines.core.events.event import TYPES
from pipelines.core.events.inflect import Shape, inflect_noun, inflect_verb

_TABLES = files("pipelines") / "resources" / "events"
_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "وبال", "لل", "ولل")
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب")


class Entry(NamedTuple):
    """One line of `verbs.tsv` or `nouns.tsv`: the columns are explained in the card beside them.

    `roles` maps a slot (o object, g genitive, s subject, c after the cue, by agent, or a preposition) to a role: a
    actor, r recipient, s each other, h each other or the place, v recipient if a place, else actor, w the same, but a
    country acts, p place, - nobody.
    """

    type: str
    mode: str | None
    roles: Mapping[str, str]
    need: re.Pattern[str] | None
    barred: re.Pattern[str] | None
    options: frozenset[str]


class Form(NamedTuple):
    """A surface form found in the lexicon."""

    entry: Entry
    shape: Shape


class Group(NamedTuple):
    """A role or group word: force, crowd, people, office or body; `prefix` letters are proclitics."""

    kind: str
    type: str
    lemma: str
    prefix: str
    definite: bool


def _rows(name: str) -> Iterator[list[str]]:
    lines = _TABLES.joinpath(name).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines[1:] if line)


def _pattern(words: str) -> re.Pattern[str] | None:
    """Match a folded word against "a|b*", whatever its proclitics and article; * stands for any ending."""
    if words == "-":
        return None
    body = "|".join(word.replace("*", "\\w*") for word in words.split("|"))
    return re.compile(f"[وف]?(?:[بلك]?ال|لل|[بلك])?(?:{body})")


def _entry(columns: list[str]) -> Entry:
    kind, mode, roles, need, barred, options = columns
    slots = dict(role.split(":") for role in roles.split(",")) if roles != "-" else {}
    return Entry(
        kind,
        None if mode == "-" else mode,
        slots,
        _pattern(need),
        _pattern(barred),
        frozenset(options.split(",")) - {"-"},
    )


@cache
def triggers() -> Mapping[str, tuple[Form, ...]]:
    """Return every surface form of every trigger, in the order of the tables: the first whose cues stand wins."""
    found: dict[str, list[Form]] = defaultdict(list)
    for past, present, *columns in _rows("verbs.tsv"):
        entry = _entry(columns)
        for surface, shape in dict(inflect_verb(past, present, "o" in entry.roles)).items():
            found[surface].append(Form(entry, shape))
    for forms, *columns in _rows("nouns.tsv"):
        entry = _entry(columns)
        for surface, shape in dict(inflect_noun(forms)).items():
            found[surface].append(Form(entry, shape))
    return {surface: tuple(forms) for surface, forms in found.items()}


@cache
def event_words() -> frozenset[str]:
    """Return the surface forms that may say an event; the rest of `triggers` only helps to read a sentence."""
    return frozenset(word for word, forms in triggers().items() if any(one.entry.type in TYPES for one in forms))


@cache
def groups() -> Mapping[str, Group]:
    """Return every surface form of the role and group words.

    >>> groups()["للمتظاهرين"].prefix, groups()["مسلحون"].kind
    ('ل', 'force')
    """
    found: dict[str, Group] = {}
    for kind, entity_type, forms in _rows("groups.tsv"):
        stems = forms.split("|")
        for stem in [*stems, *(dual for single in stems for dual in _duals(kind, single))]:
            for proclitic in _PROCLITICS:
                found.setdefault(proclitic + stem, Group(kind, entity_type, stems[0], proclitic, False))
            for article in _ARTICLES:
                prefix = article[:-1] if article.endswith("لل") else article[:-2]
                found[article + stem] = Group(kind, entity_type, stems[0], prefix, True)
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
