"""Load the words that offices are made of (`resources/entities/offices.tsv`)."""

from functools import cache
from typing import NamedTuple

from pipelines.core.entities.mention import Entity
from pipelines.core.entities.nations import nisbas
from pipelines.core.entities.tables import named, rows
from pipelines.core.text.fold import fold_text

_TABLE = "offices.tsv"
_BEFORE = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
_BEFORE_ARTICLE = ("", "و", "ف", "ب", "ك", "وب", "فب", "وك")
_PEERS = ("نظيره", "نظيرها", "نظيرته", "نظيرتها")


class Head(NamedTuple):
    """A form of the word that an office begins with; `skip` letters before it are proclitics.

    `lemma` is the masculine singular, empty for "نظيره". With one of `countries` (all for "*") the word needs nothing
    else. `options`: deputy (of another office, or general: "النائب العام"), title (before a name it is no office),
    باسم, لدى and إلى (what may follow).
    """

    lemma: str
    skip: int = 0
    definite: bool = True
    many: bool = False
    feminine: bool = False
    countries: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()


@cache
def heads() -> dict[str, Head]:
    """Load every folded form that an office may begin with, its proclitics included.

    >>> [(head.lemma, head.skip) for head in map(heads().__getitem__, ("ووزيره", "للرييس", "وزراء"))]
    [('وزير', 1), ('رئيس', 1), ('وزير', 0)]
    """
    table: dict[str, Head] = {}
    for row in office_rows("head"):
        single, several = row["words"].split(), row["many"].split()
        countries, options = (frozenset(row[column].split()) for column in ("countries", "options"))
        for word in (*single, *several):
            form = fold_text(word)
            head = Head(single[0], 0, False, word in several, form.endswith("ه"), countries, options)
            for before in _BEFORE:
                table.setdefault(before + form, head._replace(skip=len(before)))
            definite = head._replace(definite=True)
            for before in _BEFORE_ARTICLE:
                table[f"{before}ال{form}"] = definite._replace(skip=len(before))
            for before in ("ل", "ول", "فل"):
                table[f"{before}ل{form}"] = definite._replace(skip=len(before))
    for form in _PEERS:
        table.update((before + form, Head("", len(before), feminine=form[4] == "ت")) for before in _BEFORE)
    return table


@cache
def lemmas() -> frozenset[str]:
    """Collect the words, as written, that a deputy's office names: other offices, and "عام"."""
    return frozenset({head.lemma for head in heads().values()} | {"عام"})


@cache
def nouns() -> dict[str, str]:
    """Load the folded nouns, without their article, that say what an office is over, heads among them, as written."""
    found = {word: word for kind in ("noun", "state") for word in _words(kind)}
    for row in office_rows("head"):
        lemma, *others = row["words"].split()
        found.update(dict.fromkeys((lemma, *others), lemma))
    return {fold_text(form): word for form, word in found.items()}


@cache
def things() -> dict[str, str]:
    """Return the nouns that are no heads themselves."""
    return {folded: word for folded, word in nouns().items() if folded not in heads()}


@cache
def state_nouns() -> frozenset[str]:
    """Load the nouns, as written, that an office of state is over."""
    return frozenset(_words("state"))


@cache
def adjectives() -> dict[str, str]:
    """Load the folded adjectives, without their article, that belong to the name of an office or a body."""
    forms = {fold_text(form): form for word in _words("adjective") for form in (word, word + "ة")}
    return {form: word for form, word in forms.items() if form not in nouns()}


@cache
def asides() -> dict[str, str]:
    """Load the folded adjectives, with their article, that may stand in a phrase, and the one that each counts as.

    An empty one says nothing of the office ("الجديد"); another makes it another office ("السابق").
    """
    found = {form: "" for word in _words("aside") for form in _definite(word)}
    for row in office_rows("after"):
        words = row["words"].split()
        found.update((form, words[0]) for word in words for form in _definite(word))
    return found


@cache
def canonical_roles() -> dict[str, tuple[str, str]]:
    """Load the folded roles that have another usual name, with it and the only country they can be of."""
    table: dict[str, tuple[str, str]] = {}
    for row in office_rows("role"):
        for other in row["many"].split("|"):
            table[fold_text(other)] = row["words"], row["countries"]
    return table


def held_role(role: str, country: str | None) -> str:
    """Return the king's office for that of a queen whose country was hers: others are a king's wives.

    >>> held_role("ملكة", "GB"), held_role("ملكة", "JO")
    ('ملك', 'ملكة')
    """
    return _reigned().get((role, country), role)


@cache
def _reigned() -> dict[tuple[str, str | None], str]:
    return {(row["words"], land): row["many"] for row in office_rows("reigned") for land in row["countries"].split()}


@cache
def nations() -> dict[str, Entity]:
    """Load the definite adjectives of nation, and those of bodies ("الأممي"), with whom they speak of."""
    table = {form: entity for form, entity in nisbas().items() if form.startswith("ال")}
    for row in office_rows("body"):
        body = named()[fold_text(row["many"])].entity
        table.update(dict.fromkeys(_definite(row["words"]), body))
    return table


@cache
def small_words(kind: str) -> frozenset[str]:
    """Load the folded words of one kind: before (a name that an office explains), beside (a name), stop."""
    return frozenset(map(fold_text, _words(kind)))


def office_rows(kind: str) -> list[dict[str, str]]:
    """Load the rows of one kind."""
    return [row for row in rows(_TABLE) if row["kind"] == kind]


def _words(kind: str) -> list[str]:
    return [word for row in office_rows(kind) for word in row["words"].split()]


def _definite(word: str) -> tuple[str, str]:
    form = "ال" + fold_text(word)
    return form, form + "ه"
