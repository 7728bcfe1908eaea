"""Bring the words of an office that stands alone into the order and wording that it is read in."""

from collections.abc import Iterator, Sequence
from functools import cache

from pipelines.core.entities.body_keys import places_apart
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.nations import countries
from pipelines.core.entities.offices.role_names import bare_noun
from pipelines.core.entities.offices.words import adjectives, heads, nations, nouns, office_rows

_DIVISIONS = {
    "والي": ("ولايه", "جهه"),
    "محافظ": ("محافظه", "مدينه"),
    "عمدة": ("مدينه",),
    "أمير": ("منطقه",),
    "حاكم": ("اماره", "ولايه"),
}
_OF_TOWNS = frozenset(("بلديه", "شرطه", "جامعه", "محكمه"))
_TOWN_COUNCIL_IN = ("المجلس", "البلدي", "في")
_BANKS = frozenset(("بنك", "مصرف"))
_MINISTERS = frozenset(("وزير", "وزيره"))
_SEALS = ("حافظ", "الاختام")
_PASSING = frozenset(("الانتقاليه", "الموقته", "المكلفه", "الجديده"))
_GOVERNMENTS = frozenset(("الحكومه", "حكومه"))


def usual_wording(words: Sequence[str], lemma: str) -> Sequence[str]:
    """Return the folded words of an office as they are usually put.

    >>> usual_wording("محافظ بنك ليبيا المركزي".split(), "محافظ")
    ['محافظ', 'البنك', 'المركزي', 'في', 'ليبيا']
    >>> usual_wording("وزير الري في الحكومه السودانيه".split(), "وزير")[-2:]
    ['في', 'السودان']
    """
    return _usual_order(_apart(_spelt_out(_of_government(words))), lemma)


def usual_name(words: Sequence[str]) -> Sequence[str]:
    """Return the office of a minister who is two things at once.

    >>> " ".join(usual_name("وزير الدوله وزير العدل حافظ الاختام".split()))
    'وزير العدل'
    """
    if words[0] not in _MINISTERS:
        return words
    words = words[2:] if words[1:2] == ["الدوله"] and words[2:3] and words[2] in _MINISTERS else words
    seals = [at for at in range(len(words) - 1) if tuple(words[at : at + 2]) == _SEALS]
    return [*words[: seals[0]], *words[seals[0] + 2 :]] if seals else words


def less_said(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the words of a minister's office with less and less of what he is over besides, its country kept.

    >>> list(less_said("وزير الصحه والسكان واصلاح المستشفيات الجزايري".split()))[0]
    ['وزير', 'الصحه', 'والسكان', 'الجزايري']
    """
    last = len(words) - (2 if words[-2] in ("في", "العربيه") else 1) if len(words) > 3 else 0
    if words[0] not in _MINISTERS or not (words[-1] in nations() or words[last] == "في"):
        return
    for at in range(last - 1, 1, -1):
        if words[at].startswith("و") and words[at] not in nouns():
            yield [*words[:at], *words[last:]]


def of_occupier(words: Sequence[str]) -> str | None:
    """Return an office or body of Israel that is called the occupier's, None for anything else.

    >>> of_occupier("شرطه الاحتلال".split()), of_occupier("نهايه الاحتلال".split())
    ('شرطه اسراييل', None)
    """
    said = words[:-1] if words[-1:] == ["الاسراييلي"] else words
    if len(said) < 2 or said[-1] != "الاحتلال" or not (said[0] in heads() or bare_noun(said[0]) in nouns()):
        return None
    return " ".join((*said[:-1], "اسراييل"))


def _of_government(words: Sequence[str]) -> Sequence[str]:
    """Write the country of a government that an office is said to be in: "في الحكومة المغربية" is "في المغرب"."""
    if len(words) < 5 or words[-3] != "في" or words[-2] not in _GOVERNMENTS:
        return words
    if words[-1] in _PASSING:
        return words[:-3]
    nation = nations().get(words[-1])
    if nation is None or nation.country is None:
        return words
    return [*words[:-3], "في", *fold_name(countries()[nation.country].name).split()]


def _spelt_out(words: Sequence[str]) -> Sequence[str]:
    """Write a country's body that is called otherwise in plain words: "جيش الاحتلال" is "الجيش الإسرائيلي"."""
    for size in range(5, 0, -1):
        for at in range(1, len(words) - size + 1):
            bodies = names().get("".join(words[at : at + size]), {}).get("ORG", ())
            usual = fold_name(bodies[0].entity.name).split() if bodies else []
            if usual and _is_plain(usual) and not _is_plain(words[at : at + size]):
                return [*words[:at], *usual, *words[at + size :]]
    return words


def _is_plain(words: Sequence[str]) -> bool:
    bare = [word.removeprefix("ال") for word in words[:-1]]
    return bool(bare) and words[-1] in nations() and all(word in nouns() or word in adjectives() for word in bare)


@cache
def other_names() -> dict[str, str]:
    """Load whole folded names of offices that are not made of the usual words, with the usual name of each."""
    return {fold_name(other): row["words"] for row in office_rows("alias") for other in row["many"].split("|")}


def _apart(words: Sequence[str]) -> Sequence[str]:
    """Write "بالعراق" as two words, and a nation behind what its office is over ("وزير الدولة القطري للدفاع")."""
    words = [words[0], words[1], *places_apart(words[2:])] if len(words) > 2 else words
    for at in range(1, len(words) - 1):
        behind = words[at + 1]
        over = behind.startswith("لل") and behind[2:] in nouns()
        trait = behind.startswith("ال") and behind[2:] in adjectives() and at > 1  # "قائد القيادة الأمريكية الوسطى"
        if words[at] in nations() and (over or trait) and not _in_body(words, at):
            return [*words[:at], *words[at + 1 :], words[at]]
    return words


def _in_body(words: Sequence[str], at: int) -> bool:
    """Tell a nation within the name of a known body: "الاتحاد العام التونسي للشغل"."""
    firsts, lasts = range(max(1, at - 3), at + 1), range(at + 2, min(at + 4, len(words)) + 1)
    joined = ("".join(words[first:last]) for first in firsts for last in lasts)
    return any("ORG" in names().get(f"ال{key[2:]}" if key.startswith("لل") else key, {}) for key in joined)


def _usual_order(words: Sequence[str], lemma: str) -> Sequence[str]:
    """Write "محافظ بنك ليبيا المركزي" as "محافظ البنك المركزي في ليبيا", "رئيس البلدية في" as "رئيس بلدية"."""
    if len(words) > 2 and words[1] in _DIVISIONS.get(lemma, ()):
        words = [words[0], *words[2:]]
    if tuple(words[1:4]) == _TOWN_COUNCIL_IN:
        words = [words[0], "بلديه", *words[4:]]
    if len(words) > 3 and words[2] == "في" and words[1].removeprefix("ال") in _OF_TOWNS:
        words = [words[0], words[1].removeprefix("ال"), *words[3:]]
    found = names().get(words[2], {}).get("LOC", ()) if len(words) > 2 else ()
    if not found or found[0].kind != "country" or words[1].startswith("ال"):
        return words
    rest = words[3:] or (["المركزي"] if words[1] in _BANKS else [])
    return [words[0], f"ال{words[1]}", *rest, "في", words[2]] if rest and rest[0].startswith("ال") else words
