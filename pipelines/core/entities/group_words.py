"""Know the words that groups of people are named by: heads, their forms, and what is said of them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.core.entities.lexicon import UNKNOWN, words
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.name_words import is_arabic_name, is_family, is_given
from pipelines.core.entities.names import RESOURCES
from pipelines.core.entities.nations import nisbas
from pipelines.core.entities.slips import name_fame
from pipelines.core.entities.tables import places

_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "وبال", "لل", "ولل")
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب")
_ENDINGS = (("تان", "ه"), ("تين", "ه"), ("ات", "ه"), ("ون", ""), ("ين", ""), ("ان", ""), ("ا", ""))
MANY = ("ون", "ين", "ات", "ان")
_SHORTEST, _KNOWN, _OFTEN = 4, 5, 200


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


def group_word(word: str) -> str:
    """Reduce a folded word of a group to what its cases, numbers and the article share.

    >>> group_word("المجهولون") == group_word("مجهولين") == group_word("مجهول"), group_word("الاتراك")
    (True, 'TR')
    """
    nation = nisbas().get(word) or _countries().get(word)
    kind = _groups().get(word)
    if thing := _things().get(word.removeprefix("ال")):
        return thing
    if nation or (kind and kind.kind == "kind"):
        feminine = "ه" * word.endswith(("يه", "يات", "يتان", "يتين"))
        return (kind.lemma if kind and kind.kind == "kind" else nation.country or "" if nation else "") + feminine
    bare = word[2:] if word.startswith("ال") and len(word) > _SHORTEST else word
    for ending, same in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            return bare[: -len(ending)] + same
    return bare


def traits(parts: Sequence[str], *, of_people: bool) -> list[str]:
    """Reduce what is said of a group; of people it does not matter whether they are women.

    >>> traits("الولايات المتحده".split(), of_people=True), traits(["سودانيات"], of_people=True)
    (['US'], ['SD'])
    """
    told: list[str] = []
    at = 0
    while at < len(parts):
        size = next((size for size in (3, 2) if " ".join(parts[at : at + size]) in _countries()), 1)
        word = " ".join(parts[at : at + size])
        reduced = group_word(word)
        hers = of_people and reduced.endswith("ه") and (word in nisbas() or word in _countries())
        told.append(reduced.removesuffix("ه") if hers else reduced)
        at += size
    return told


@cache
def _countries() -> dict[str, Entity]:
    """Load the countries by their folded names: "مزارعو هولندا", "مواطنون من الولايات المتحدة"."""
    return {name: known[0].entity for name, known in places().items() if known[0].kind == "country"}


@cache
def _things() -> dict[str, str]:
    """Load the nouns that groups have to do with by each of their forms: "عمال مناجم", "عامل منجم"."""
    lines = (RESOURCES / "groups.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t")[2].split("|") for line in lines if line.startswith("thing"))
    return {form: forms[0] for forms in rows for form in forms}


def is_kind(word: str) -> bool:
    """Return whether a word is an adjective: of a nation, or in another form too that news knows."""
    kind = _groups().get(word)
    bare = word.removeprefix("ال")
    if word in nisbas() or (kind and kind.kind == "kind"):
        return True
    stems = (bare, bare.removesuffix("ا"))  # "طبيبا مقيما"
    if not word.startswith("ال") and any(map(says_of_what, stems)):
        return True
    if is_arabic_name(bare):
        return False
    known = any(stem + ending in words() or stem + ending in _groups() for stem in stems for ending in ("ين", "ون"))
    return bare.endswith(MANY) or known


def says_of_what(word: str) -> bool:
    """Return whether a word without article is an adjective, by how often news use its feminine.

    >>> says_of_what("حربي"), says_of_what("حقوقيه"), says_of_what("زهراوي")
    (True, True, False)
    """
    word = word.removesuffix("ه")
    return word.endswith("ي") and words().get(f"{word}ه", UNKNOWN).uses >= _OFTEN


def is_thing(word: str) -> bool:
    """Return whether a word is an indefinite noun of news, and nobody's name: "سائق شاحنة", "عامل منجم"."""
    if word.startswith("ال") or word not in words() or is_arabic_name(word):
        return False
    return (
        word.endswith("ه") or word in _things() or not (is_given(word) or is_family(word) or name_fame(word) >= _KNOWN)
    )


def is_many(word: str) -> bool:
    """Return whether a word without article is a plural or dual of people: "فنان" is neither.

    >>> is_many("جنود"), is_many("جنديان"), is_many("فنان")
    (True, True, False)
    """
    if word in listed("plural") or not word.endswith("ان"):
        return word in listed("plural") or word.endswith(MANY)
    single, whole = group_of(word[:-2]) or group_of(f"{word[:-2]}ه"), group_of(word)
    return whole is None or (single is not None and single.lemma == whole.lemma)


def is_regular(parts: Sequence[str]) -> bool:
    """Return whether words are a regular plural with a trait that agrees with it: "حرفيون مغاربة".

    >>> is_regular("حرفيون مغاربه".split()), is_regular("ياسين مصري".split()), is_regular("حرفيين مصريين".split())
    (True, False, True)
    """
    first = parts[0].removeprefix("ال")
    if len(parts) < 2 or len(first) < _SHORTEST + 1 or not first.endswith(("ون", "ين")):
        return False
    if is_arabic_name(first) or is_given(first) or is_family(first) or first in places() or name_fame(first):
        return False
    return all(part.removeprefix("ال").endswith(first[-2:]) or _is_broken(part) for part in parts[1:])


def _is_broken(word: str) -> bool:
    """Return whether a word is the broken plural of a nation's adjective: "مغاربة"."""
    return word in nisbas() and not word.endswith(("ي", "يه"))


@cache
def listed(kind: str) -> frozenset[str]:
    """Load the broken plurals among the heads ("plural"), or the words that tell no group from another ("vague")."""
    lines = (RESOURCES / "groups.tsv").read_text("utf-8").splitlines()
    return frozenset(next(line for line in lines if line.startswith(kind)).split("\t")[2].split("|"))


@cache
def _groups() -> Mapping[str, Group]:
    found: dict[str, Group] = {}
    lines = (RESOURCES / "groups.tsv").read_text("utf-8").splitlines()
    for kind, entity_type, forms in (
        line.split("\t") for line in lines[1:] if not line.startswith(("plural", "vague", "thing"))
    ):
        stems = forms.split("|")
        stems += [f"{stem[:-2]}{end}" for stem in stems if stem.endswith("ون") for end in "وي"]  # "مزارعو هولندا"
        for stem in [*stems, *(dual for single in stems for dual in _duals(kind, single))]:
            for proclitic in _PROCLITICS:
                found.setdefault(proclitic + stem, Group(kind, entity_type, stems[0], proclitic))
            for article in _ARTICLES:
                prefix = article[:-1] if article.endswith("لل") else article[:-2]
                found[article + stem] = Group(kind, entity_type, stems[0], prefix)
    return found


def _duals(kind: str, stem: str) -> Iterator[str]:
    """Write the dual and the accusative of a word for persons ("جنديين", "طبيبا"), its regular plural with them."""
    if kind in ("force", "crowd", "people") and not stem.endswith(("ون", "ين", "ا", "و")):
        tied = stem[:-1] + "ت" if stem.endswith("ه") else stem
        yield from (tied + "ين", tied + "ان", stem + "ا")
