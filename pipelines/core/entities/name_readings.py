"""Read a name without the letters that may stick to its first word, and without another in brackets."""

import re
from collections.abc import Iterator, Sequence

from pipelines.core.entities.clitics import PREFIXES, SELDOM, proclitics, unknown_stem
from pipelines.core.entities.gazetteer import PROCLITICS, article, kind_of
from pipelines.core.entities.groups import is_group
from pipelines.core.entities.lexicon import UNKNOWN, words
from pipelines.core.entities.name_words import AFTER_A_NAME, bare, is_family, is_foreign, is_given
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.wordings import other_names
from pipelines.core.entities.slips import called, heard_fame, is_heard, mend, name_fame

_BEFORE_HAMZA = re.compile("[وف]?[وفبلك](?=[أإآ]\\w{2}|أم )")
_WORD = re.compile("\\w")
_FAR_LESS, _LONG, _KNOWN = 3, 3, 10


def letters_before_hamza(name: str) -> int:
    """Count the letters that stick before an alef with its hamza: no name begins with one of them and such an alef.

    >>> letters_before_hamza("لأندريي شيفتشوك"), letters_before_hamza("كأس العالم"), letters_before_hamza("لأم كلثوم")
    (1, 0, 1)
    """
    stuck = _BEFORE_HAMZA.match(name)
    mothers = stuck is not None and name.startswith("أم ", stuck.end())
    return stuck.end() if stuck and (mothers or not words().get(fold_name(name).split()[0], UNKNOWN).uses) else 0


def readings(parts: Sequence[str], stuck: bool = True) -> Iterator[Sequence[str]]:
    """Yield a name as it stands, then without each proclitic that its first word may have, then with its article.

    A single word that news or people use has no ك or ف before a name: "كورونا" is not like "ورونا".

    >>> [" ".join(parts) for parts in readings(["للخليل"])][:2]
    ['للخليل', 'الخليل']
    """
    yield parts
    first = parts[0]
    certain = proclitics(first)
    whole = len(parts) == 1 and not certain and first[0] in SELDOM and (first in words() or called(first) > 0)
    for prefix in PREFIXES if stuck and not whole else ():
        rest = first[len(prefix) :] if first.startswith(prefix) else ""
        if len(rest) > 1 + (len(parts) == 1) and (len(parts) > 1 or len(prefix) == certain or not certain):
            yield from ([stem, *parts[1:]] for stem in dict.fromkeys((article(first, len(prefix)), rest)))
    gray = len(parts) == 1 and first.endswith("ي") and kind_of("ال" + first) == "city"  # "رمادي"
    if (
        not gray
        and not is_given(first)
        and words().get(first, UNKNOWN).uses * _FAR_LESS < words().get("ال" + first, UNKNOWN).uses
    ):
        yield ["ال" + first, *parts[1:]]  # "عراق"
    if first.endswith("ا") and len(parts) == 1:
        yield [first + "ء"]


def without_proclitics(parts: Sequence[str]) -> Sequence[str]:
    """Take off the proclitics that the first word of an unknown name has by its own count.

    >>> without_proclitics(["لمشعوف", "الكداري"]), without_proclitics(["ليلي", "الكداري"])
    (['مشعوف', 'الكداري'], ['ليلي', 'الكداري'])
    >>> without_proclitics(["ولفاطمه", "الزهراء", "بنعلي"])
    ['فاطمه', 'الزهراء', 'بنعلي']
    """
    first = parts[0]
    stem = _stem(parts)
    return without_proclitics([stem, *parts[1:]]) if stem != first and stem[0] == "ل" else [stem, *parts[1:]]


def _stem(parts: Sequence[str]) -> str:
    first = parts[0]
    if parts[1:2] and parts[1] in AFTER_A_NAME:
        return article(first, proclitics("".join(parts[:2])))
    if is_group(parts):
        return first
    if parts[1:] and len(first) > _LONG and first[0] == "ل" != first[1] and not _is_known(first):
        return first[1:]  # few names begin so, and to many it sticks
    stem = unknown_stem(first)
    if stem == first[1:] and is_foreign(parts[1:]) and heard_fame(first) > max(name_fame(stem) * _FAR_LESS, _KNOWN):
        return first  # "بدرو سانشيز"
    seldom = parts[1:] and first[0] in SELDOM and stem == first[1:] and not _is_anybodys(stem)
    return first if seldom else stem  # "فريبا سلطاني"


def _is_anybodys(word: str) -> bool:
    """Tell whether a word is a given name, or a family's: ف and ك stick to others seldom."""
    return is_given(word) or is_family(bare(word))


def _is_known(word: str) -> bool:
    """Tell whether people are called by a word, as it stands, with a slip or as another ear heard it."""
    return called(word) > 0 or is_heard(word) or mend(word) not in (word, word[1:])


def aside_of(name: str) -> int:
    """Return where another name in brackets begins that a name ends in, 0 where there is none.

    >>> aside_of("منظمة الأغذية (الفاو)"), aside_of("الفاو (")
    (14, 0)
    """
    told = name.rstrip()
    at = max(told.rfind("("), told.rfind("["))
    inside = told[at + 1 : -1]
    is_one = told.endswith((")", "]")) and at > 0 and not {")", "]"}.intersection(inside)
    return at if is_one and _WORD.search(told[:at]) and _WORD.search(inside) else 0


def called_otherwise(name: str) -> str | None:
    """Return the usual name of an office or body that is called otherwise, also with a letter that sticks to it."""
    usual = other_names()
    return usual.get(name) or (usual.get(name[1:]) if name[:1] in PROCLITICS else None)


def without_owner(parts: list[str]) -> list[str]:
    """Leave out whose a body is said to be: "برنامج الأغذية العالمي التابع للأمم المتحدة"."""
    at = next((at for at, part in enumerate(parts) if at > 1 and part in ("التابع", "التابعه")), len(parts))
    return parts[:at]


def written_from(name: str, parts: Sequence[str], at: int) -> str:
    """Return a name from one of its folded words on, as it is written where it has as many."""
    written = name.split()
    return " ".join(written[at:] if len(written) == len(parts) else parts[at:])


def as_written(name: str, told: Sequence[str]) -> str:
    """Return the words of a name that were not taken off it, as they are written."""
    words = [word for word in name.split() if _WORD.search(word)][-len(told) :]
    whole = fold_name(words[0])
    if whole != told[0] and whole.endswith(told[0].removeprefix("ا")):
        article = told[0].startswith("ال") and not whole.endswith(told[0])
        words[0] = "ا" * article + words[0][-len(told[0]) + article :]
    return " ".join(words)
