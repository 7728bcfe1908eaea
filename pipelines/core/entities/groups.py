"""Name groups of people ("مسلحون مجهولون") by one key, whatever their case, number or article."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.core.dates.numbers import number_starts
from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.lexicon import triggers, words
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.name_words import is_arabic_name, is_family, is_given
from pipelines.core.entities.names import RESOURCES
from pipelines.core.entities.nations import nisbas
from pipelines.core.entities.tables import places
from pipelines.core.ids import digest

_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "وبال", "لل", "ولل")
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب")
_ENDINGS = (("تان", "ه"), ("تين", "ه"), ("ات", "ه"), ("ون", ""), ("ين", ""), ("ان", ""), ("ا", ""))
_MANY = ("ون", "ين", "ات", "ان")
_SHORTEST = 4
_SEVERAL = frozenset(("مجموعه", "جماعه", "فريق"))
"""Bodies that are no more than those who are in them: "مجموعة من المسلحين"."""


class Group(NamedTuple):
    """A word for a role or group: force, crowd, people, office or body; `prefix` letters are proclitics."""

    kind: str
    type: str
    lemma: str
    prefix: str


def group_of(word: str) -> Group | None:
    """Return what a folded word says of a group, if it is the head of one.

    >>> group_of("للمتظاهرين").prefix, group_of("مسلحين").lemma
    ('ل', 'مسلحون')
    """
    return _groups().get(word)


def group_id(parts: Sequence[str]) -> str:
    """Make the id of a group or role from its folded words, the same whatever their case and article.

    >>> group_id("جنود اسراييليون".split()) == group_id("عدد من الجنود الاسراييليين".split())
    True
    """
    parts = head_first(parts)
    head = _head(parts)
    size = 2 if head and " " in head.lemma else 1
    return "n" + digest(
        "ROLE",
        head.lemma if head else group_word(parts[0]),
        *(group_word(part) for part in parts[size:] if part != "من"),
    )


def head_first(parts: Sequence[str]) -> list[str]:
    """Return the words of a group that tell who it is, its head first.

    How many they are, and that nobody knows them, tells no group from another: outlets differ in it.

    >>> head_first("ثلاثه من المسلحين المجهولين".split()), head_first(["مجهولون"])
    (['المسلحين'], ['مجهولون'])
    """
    said = [part for part in parts if not part.isdigit() and part not in number_starts()]
    told = [part for part in said if part[proclitics(part) :] not in _listed("vague")] or list(parts)
    at = next((at for at, part in enumerate(told) if group_of(part)), 0)
    head = told[at] if group_of(told[at]) else told[at][proclitics(told[at]) :]
    return [head, *told[:at], *told[at + 1 :]]


def is_group(parts: Sequence[str]) -> bool:
    """Return whether the folded words name a group of people, or one of it.

    >>> [is_group(name.split()) for name in ("مسلحين مجهولين", "جندي اسراييلي", "طالب الرفاعي", "الجيش")]
    [True, True, False, False]
    """
    head = _head(parts)
    if head is None or head.type != "PER" or head.kind in ("office", "kind"):
        return False
    rest = parts[2:] if " " in head.lemma else parts[1:]
    first = parts[0][len(head.prefix) :].removeprefix("ل" if head.prefix.endswith("ل") else "").removeprefix("ال")
    owned = (
        bool(rest)
        and first[-1:] in ("و", "ي")
        and parts[0].endswith(first)
        and not parts[0].endswith("ال" + first)
        and first[:-1] == head.lemma[:-2]
    )  # "مقاتلو المعارضة"
    if owned or first in _listed("plural") or first.endswith(_MANY) or " " in head.lemma:
        return True
    told = all(map(_is_kind, rest)) or (len(rest) == 1 and _is_thing(rest[0]))
    return told and (bool(rest) or not (is_given(first) or is_family(first)))


def names_a_group(parts: Sequence[str]) -> bool:
    """Return whether folded words name a group, its head anywhere, and no place or body for one.

    >>> [names_a_group(name.split()) for name in ("عشرات المسلحين", "رابطه المعلمين في لبنان", "مخيم السلام للنازحين")]
    [True, False, False]
    """
    told = triggers().get(parts[0])
    body = told == "body" and group_of(parts[0]) is None and parts[0] not in _SEVERAL
    return told != "place" and (is_group(parts) or (not body and is_group(head_first(parts))))


def _is_thing(word: str) -> bool:
    """Return whether a word is a feminine noun of news, indefinite: "سائق شاحنة"."""
    return word.endswith("ه") and not (word.startswith("ال") or is_arabic_name(word)) and word in words()


def _head(parts: Sequence[str]) -> Group | None:
    """Return the group that the first word names, or the first two ("رجال الأمن")."""
    two = group_of(f"{parts[0]} {parts[1].removeprefix('ال')}") if len(parts) > 1 else None
    return two or group_of(parts[0])


def group_word(word: str) -> str:
    """Reduce a folded word of a group to what its cases, numbers and the article share.

    >>> group_word("المجهولون") == group_word("مجهولين") == group_word("مجهول"), group_word("الاتراك")
    (True, 'TR')
    """
    nation = nisbas().get(word) or _countries().get(word)
    kind = _groups().get(word)
    if nation or (kind and kind.kind == "kind"):
        feminine = "ه" * word.endswith(("يه", "يات", "يتان", "يتين"))
        return (kind.lemma if kind and kind.kind == "kind" else nation.country or "" if nation else "") + feminine
    bare = word[2:] if word.startswith("ال") and len(word) > _SHORTEST else word
    for ending, same in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            return bare[: -len(ending)] + same
    return bare


@cache
def _countries() -> dict[str, Entity]:
    """Load the countries by the folded words that are their names: "مزارعو هولندا"."""
    return {name: known[0].entity for name, known in places().items() if known[0].kind == "country" and " " not in name}


def _is_kind(word: str) -> bool:
    """Return whether a word is an adjective: of a nation, or in another form too that news knows."""
    kind = _groups().get(word)
    bare = word.removeprefix("ال")
    if word in nisbas() or (kind and kind.kind == "kind"):
        return True
    stems = (bare, bare.removesuffix("ا"))  # "طبيبا مقيما"
    known = any(stem + ending in words() or stem + ending in _groups() for stem in stems for ending in ("ين", "ون"))
    return not is_arabic_name(bare) and (bare.endswith(_MANY) or known)


@cache
def _listed(kind: str) -> frozenset[str]:
    """Load the broken plurals among the heads ("plural"), or the words that tell no group from another ("vague")."""
    lines = (RESOURCES / "groups.tsv").read_text("utf-8").splitlines()
    return frozenset(next(line for line in lines if line.startswith(kind)).split("\t")[2].split("|"))


@cache
def _groups() -> Mapping[str, Group]:
    found: dict[str, Group] = {}
    lines = (RESOURCES / "groups.tsv").read_text("utf-8").splitlines()
    for kind, entity_type, forms in (
        line.split("\t") for line in lines[1:] if not line.startswith(("plural", "vague"))
    ):
        stems = forms.split("|")
        stems += [stem[:-1] for stem in stems if stem.endswith("ون")]  # "مزارعو هولندا"
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
