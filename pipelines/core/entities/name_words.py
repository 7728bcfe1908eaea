"""What is known of the words of people's names: Arabic or foreign, given names, and what joins two of them."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pipelines.core.entities.lexicon import name_parts, press_names, words
from pipelines.core.entities.names import RESOURCES

_ARABIC_LETTERS = re.compile("[عحضظذء]")
_LINKS = frozenset(("بن", "ولد", "ال", "ابو", "بنت", "عبد", "ام", "بو"))
AFTER_A_NAME = ("الدين", "الله", "الاسلام", "الزمان", "الهدي", "العابدين")
_BEHIND_A_FAMILY = ("زاده",)
_OF = "د"
_ALIKE = frozenset(("دو", "دي", "ده"))
_JOINED_BEFORE = frozenset(
    ("عبد", "ابو", "ام", "بن", "ولد", "بو", "ذو", "ايت", "ود", "فان", "فون", "دير", "ماك", *_ALIKE)
)
_SHORTEST_WITH_ARTICLE = 5


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Load the words of each kind (`name_words.tsv`)."""
    lines = (RESOURCES / "name_words.tsv").read_text("utf-8").splitlines()
    return {kind: frozenset(found.split()) for kind, found in (line.split("\t") for line in lines[1:])}


def given_names() -> frozenset[str]:
    """Return the folded words that Arabs are called by."""
    return _kinds()["native"]


def first_names() -> frozenset[str]:
    """Return the folded given names of Arabs that stand first."""
    return _kinds()["given"]


def is_arabic_name(word: str) -> bool:
    """Tell whether a folded word is on the list of what Arabs are called by.

    >>> is_arabic_name("سالم"), is_arabic_name("كتاب")
    (True, False)
    """
    return word in _kinds()["native"]


def is_given(unit: str) -> bool:
    """Tell whether a word of a name (`units`) is one that stands first, and may be anybody's.

    >>> [is_given(unit) for unit in ("سالم", "عبدالله", "نورالدين", "حمداني")]
    [True, True, True, False]
    """
    kinds = _kinds()
    return (
        unit in kinds["given"] or unit in kinds["christened"] or unit.startswith("عبد") or unit.endswith(AFTER_A_NAME)
    )


def is_family(unit: str) -> bool:
    """Tell whether a word of a name, without its article, is a known family's."""
    return unit in _kinds()["family"]


def family_names() -> frozenset[str]:
    """Return the folded names of Arab families, without article."""
    return _kinds()["family"]


@cache
def same_names() -> dict[str, str]:
    """Return the other spellings of given names, each with the usual one.

    >>> same_names()["عبدالرحمان"]
    'عبدالرحمن'
    """
    return dict(pair.split("=") for pair in _kinds()["same"])


def is_compound(word: str) -> bool:
    """Tell whether a folded word is a compound name written as one: "عبدالله", "نورالدين", "ابوغبن".

    >>> is_compound("جادالله"), is_compound("ابواب"), is_compound("الله")
    (True, False, False)
    """
    begins = word.startswith("عبدال") or (word.startswith("ابو") and word not in words())
    return (begins and len(word) > 5) or (word.endswith(AFTER_A_NAME) and len(word) > 5)


@lru_cache(maxsize=1 << 14)
def is_foreign_word(word: str) -> bool:
    """Tell whether a folded word is not Arabic by its letters, its article or the lists of Arabic names."""
    kinds = _kinds()
    if word in kinds["foreign"] or word in kinds["christened"]:
        return True
    if word in kinds["native"] or word in kinds["given"] or word in _LINKS or is_compound(word):
        return False
    arabic = _ARABIC_LETTERS.search(word) or (word.startswith("ال") and len(word) > 3 and not _begins_so(word))
    return "ء" <= word[0] <= "ي" and not arabic and not (word.endswith("ي") and f"ال{word}" in name_parts())


@lru_cache(maxsize=1 << 14)
def _begins_so(word: str) -> bool:
    """Tell whether the first letters of a word are no article: people are called so, and nobody by what is left."""
    rest = word[2:]
    if not word.startswith("ال") or word.endswith(("ي", "ه")) or word not in name_parts():
        return False
    return not (rest in name_parts() or rest in press_names() or rest in words() or is_family(rest) or is_given(rest))


def christened() -> frozenset[str]:
    """Return the folded given names of other peoples."""
    return _kinds()["christened"]


def is_foreign(parts: Sequence[str]) -> bool:
    """Tell whether no word of a folded name is Arabic.

    >>> is_foreign(["بوريس", "جونسون"]), is_foreign(["البرتو", "كوستا"]), is_foreign(["سليم", "كوستا"])
    (True, True, False)
    """
    return bool(parts) and all(map(is_foreign_word, parts))


def bare(word: str) -> str:
    """Take the article off a word of a name, where it is one.

    >>> bare("الحمداني"), bare("الياس"), bare("البرتو")
    ('حمداني', 'الياس', 'البرتو')
    """
    kinds = _kinds()
    kept = len(word) < _SHORTEST_WITH_ARTICLE or word in kinds["christened"] or word in kinds["foreign"]
    kept = kept or _begins_so(word)
    return word if kept or not word.startswith("ال") or word in AFTER_A_NAME else word[2:]


def units(parts: Sequence[str]) -> list[str]:
    """Join the words of a folded name that are one, and take off articles and آل.

    >>> units("عبد الله بن زايد ال نهيان".split()), units("نور الدين ابو الغيط".split())
    (['عبدالله', 'بنزايد', 'نهيان'], ['نورالدين', 'ابوغيط'])
    >>> units(["يوسف", "بلمهدي"]) == units("يوسف بن المهدي".split()), units(["ليلي", "لمنصوري"])
    (True, ['ليلي', 'منصوري'])
    """
    found: list[str] = []
    lead = ""
    for part in parts:
        if part in (*AFTER_A_NAME, *_BEHIND_A_FAMILY) and found and not lead:
            found[-1] += part
        elif part in _JOINED_BEFORE and part != parts[-1]:
            lead += _OF if part in _ALIKE else part
        elif part != "ال" and len(part) > 1:
            found.append(_join(lead, _in_full(part) if found else part))
            lead = ""
    return [_usual(unit) for unit in found] + [lead] * bool(lead)


def _usual(unit: str) -> str:
    """Write a given name, or a father's, in its usual spelling."""
    link = next((link for link in ("بن", "ابو") if unit.startswith(link) and unit[len(link) :] in same_names()), "")
    return link + same_names().get(unit[len(link) :], unit[len(link) :])


def _in_full(part: str) -> str:
    """Write the article of the Maghreb's speech in full: "لمنصوري"."""
    rest = part[1:]
    spoken = part[0] == "ل" and len(part) >= _SHORTEST_WITH_ARTICLE and not (is_given(part) or is_family(part))
    return f"ال{rest}" if spoken and (is_family(rest) or is_given(rest)) else part


def _son_of(word: str) -> str:
    """Write out whose son a family of the Maghreb is called: "بلمهدي" and "بالمهدي" as "بن المهدي" is."""
    known = is_given(word) or word in same_names()
    for link in () if known else ("بال", "بل"):
        rest = word[len(link) :]
        if word.startswith(link) and len(rest) > 2 and (is_family(rest) or is_given(rest) or is_given(f"ال{rest}")):
            return f"بن{rest}"
    return word


def _join(lead: str, part: str) -> str:
    if lead.endswith("عبد"):
        return lead + part
    joined = lead + bare(part) if lead else _son_of(bare(part))
    for link in ("ابوال", "بنال", "بوال", "ودال"):
        if not lead and joined.startswith(link) and len(joined) > len(link) + 2:
            return link[:-2] + joined[len(link) :]
    return joined
