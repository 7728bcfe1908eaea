"""What is known of the words of people's names: Arabic or foreign, given names, and what joins two of them."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.lexicon import name_parts, press_names, words
from pipelines.core.entities.names import RESOURCES

_ARABIC_LETTERS = re.compile("[عحضظذء]")
_LINKS = frozenset(("بن", "ولد", "ال", "ابو", "بنت", "عبد", "ام", "بو"))
AFTER_A_NAME = ("الزهراء", "الدين", "الله", "الاسلام", "الزمان", "الهدي", "العابدين")
_SHORTEST_WITH_ARTICLE = 5
_TWICE = re.compile(r"(.)\1")


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
    listed = unit in first_names() or unit in christened()
    return listed or unit.startswith("عبد") or unit.endswith(AFTER_A_NAME)


@lru_cache(maxsize=NAMES)
def written_once(word: str) -> str:
    """Return the given name that a word is with a letter too many, else the word.

    >>> written_once("زيينب"), written_once("فلّاح"), written_once("الله")
    ('زينب', 'فلّاح', 'الله')
    """
    if is_given(word) or is_family(word) or not _TWICE.search(word):
        return word
    single = _TWICE.sub(r"\1", word)
    return single if is_given(single) else word


def east_asian() -> frozenset[str]:
    """Return the folded family names of East Asia, which stand first."""
    return _kinds()["east"]


def is_family(unit: str) -> bool:
    """Tell whether a word of a name, without its article, is a known family's."""
    return unit in family_names()


def family_names() -> frozenset[str]:
    """Return the folded names of Arab families, without article."""
    return _kinds()["family"]


@cache
def known_servants() -> frozenset[str]:
    """Return the folded given names that say whose servant somebody is: "عبدالرشيد"."""
    return frozenset(name for name in _kinds()["given"] if name.startswith("عبدال"))


@cache
def _pairs(kind: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in _kinds()[kind])


def same_names() -> dict[str, str]:
    """Return the other spellings of given names, each with the usual one.

    >>> same_names()["عبدالرحمان"]
    'عبدالرحمن'
    """
    return _pairs("same")


def everybodys() -> frozenset[str]:
    """Return the folded given names that so many bear that they tell nobody."""
    return _kinds()["everybody"]


def latin_hers() -> frozenset[str]:
    """Return the women's names in plain Latin letters that sound as a man's does: "danielle"."""
    return _kinds()["latin_hers"]


@cache
def short_names() -> dict[str, tuple[str, ...]]:
    """Return the other forms of a given name that one person may be called by: short ones, and other peoples'.

    >>> short_names()["مايكل"], short_names()["فلاديمير"]
    (('مايك',), ('فولوديمير',))
    """
    table: dict[str, tuple[str, ...]] = {}
    for one, other in (pair.split("=") for pair in _kinds()["short"]):
        table[one] = (*table.get(one, ()), other)
        table[other] = (*table.get(other, ()), one)
    return table


def generation_of(parts: Sequence[str]) -> str:
    """Return the word behind a name that tells a son from his father, or one king from another, "" where none does.

    >>> generation_of(["دونالد", "ترامب", "جونيور"]), generation_of(["سالم", "عبد", "الاول"]), generation_of(["الثاني"])
    ('الابن', '', '')
    """
    return _pairs("generation").get(parts[-1], "") if len(parts) > 2 and parts[-2] != "عبد" else ""


def is_compound(word: str) -> bool:
    """Tell whether a folded word is a compound name written as one: "عبدالله", "نورالدين", "ابوغبن".

    >>> is_compound("جادالله"), is_compound("ابواب"), is_compound("الله")
    (True, False, False)
    """
    begins = word.startswith("عبدال") or (word.startswith("ابو") and word not in words())
    return (begins and len(word) > 5) or (word.endswith(AFTER_A_NAME) and len(word) > 5)


@lru_cache(maxsize=NAMES)
def is_foreign_word(word: str) -> bool:
    """Tell whether a folded word is not Arabic by its letters, its article or the lists of Arabic names."""
    kinds = _kinds()
    if word in kinds["foreign"] or word in kinds["christened"]:
        return True
    if word in kinds["native"] or word in kinds["given"] or word in _LINKS or is_compound(word):
        return False
    once = written_once(word)
    if once != word:
        return is_foreign_word(once)
    arabic = _ARABIC_LETTERS.search(word) or (word.startswith("ال") and len(word) > 3 and not _begins_so(word))
    return "ء" <= word[0] <= "ي" and not arabic and not (word.endswith("ي") and _has_article(word))


def _has_article(word: str) -> bool:
    """Tell whether a word is a family's, or stands behind the article in names, or oftener than without it in news."""
    news = words()
    often = news[f"ال{word}"].uses if f"ال{word}" in news else 0
    return is_family(word) or f"ال{word}" in name_parts() or often > (news[word].uses if word in news else 0)


@lru_cache(maxsize=NAMES)
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
