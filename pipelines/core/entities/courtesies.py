"""Take ranks and courtesies off the front of a person's name: they are no part of it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipelines.core.entities.group_words import says_of_what
from pipelines.core.entities.lexicon import triggers
from pipelines.core.entities.name_words import is_given
from pipelines.core.entities.names import RESOURCES
from pipelines.core.entities.nations import nisbas
from pipelines.core.entities.offices.words import asides, heads

_LONGEST, _TOLD, _FARTHEST = 4, 3, 7
_WHERE = frozenset(("في", "من", "عن", "باسم", "بلسان", "لدي"))
_FATHERS = frozenset(("بن", "بنت", "ولد"))
"""What stands behind a name: "الشيخة بنت يعقوب" is called so."""
_STUCK = re.compile("^[وف]?[بلك]?(?=[مسفجدغنقعحشزص])")
_PHRASES = frozenset(("phrase", "latin_honour"))
_LEADERS = frozenset(("الرييس", "الملك", "السلطان"))
_TITLES = frozenset(("office", "title"))


def without_courtesies(parts: Sequence[str]) -> list[str]:
    """Return the folded words of a name without what stands before it.

    >>> " ".join(without_courtesies("الجنرال دو كور دارمي عبد الفتاح الوراق".split()))
    'عبد الفتاح الوراق'
    >>> without_courtesies(["الشيخ", "احمد"]), without_courtesies(["الدكتور"])
    (['احمد'], ['الدكتور'])
    """
    return list(without_each(parts))[-1]


def without_each(parts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the words of a name as they stand, then without each of the courtesies before it.

    >>> [" ".join(left) for left in without_each("فضيله شيخ الازهر".split())]
    ['فضيله شيخ الازهر', 'شيخ الازهر', 'الازهر']
    """
    left = list(parts)
    yield left
    while size := _leading(left):
        left = left[size:]
        yield left


def without_rank(parts: Sequence[str]) -> list[str]:
    """Take off what may stand before a name and be a name itself ("نقيب"), where two words stay."""
    left = without_courtesies(parts)
    while len(left) > 2 and triggers().get(left[0]) in _TITLES:
        left = without_courtesies(left[1:])
    return left


def without_latin_courtesies(words: Sequence[str]) -> list[str]:
    """Return the words of a name in Latin letters without what stands before it.

    >>> without_latin_courtesies(["king", "abdullah"])
    ['abdullah']
    """
    left = list(words)
    while len(left) > 1 and left[0] in _listed("latin") | (_listed("latin_short") if len(left) > 2 else frozenset()):
        left = left[1:]
    return left


def without_latin_honour(words: Sequence[str]) -> Sequence[str]:
    """Return words in plain Latin letters without what does honour to who they name.

    >>> without_latin_honour("his excellency the president".split()), without_latin_honour(["he", "jinping"])
    (['the', 'president'], ['he', 'jinping'])
    """
    sizes = range(min(_TOLD, len(words) - 1), 0, -1)
    size = next((size for size in sizes if " ".join(words[:size]) in _listed("latin_honour")), 0)
    return words[size:]


def without_latin_time(words: Sequence[str]) -> Sequence[str]:
    """Return words in plain Latin letters without what says since or until when somebody is what they name.

    >>> without_latin_time("then acting president".split())
    ['president']
    """
    passing = len(words) > 1 and words[0] in _listed("latin_time")
    return without_latin_time(words[1:]) if passing else words


def is_latin_calling(word: str) -> bool:
    """Tell whether a word in plain Latin letters is what somebody does, which stands before a name: "strongman"."""
    return word in _listed("latin_calling")


def is_latin_kin(word: str) -> bool:
    """Tell whether a word in plain Latin letters is what somebody is to his family: "son", "épouse"."""
    return word in _listed("latin_kin")


def is_latin_attendant(word: str) -> bool:
    """Tell whether a word in plain Latin letters is what somebody is to whom he works for: "adviser"."""
    return word in _listed("latin_attendant")


def is_kin(parts: Sequence[str]) -> bool:
    """Tell whether folded words name somebody by whose son, wife or brother he is: "شقيق الرئيس".

    >>> is_kin(["نجل", "الرييس"]), is_kin(["لشقيقه", "الملك"]), is_kin(["نجل"]), is_kin(["عقيله", "صالح"])
    (True, True, False, False)
    """
    return len(parts) > 1 and _STUCK.sub("", parts[0]) in _listed("kin")


def kin_told(parts: Sequence[str]) -> int:
    """Return where a name of two words or more stands behind whose kin its bearer may be, a leader's; 0 where none.

    >>> kin_told("نجل الرييس السابق جمال مبارك".split()), kin_told("شقيق الملك الامير حمزه بن الحسين".split())
    (3, 3)
    >>> kin_told("نجل الرييس اردوغان".split()), kin_told("نجل الشيخ يوسف القرضاوي".split())
    (0, 0)
    """
    if not is_kin(parts) or parts[1] not in _LEADERS:
        return 0
    at = _behind_traits(parts, 2)
    while at < len(parts) - 2 and parts[at] in _listed("word"):
        at += 1
    return at if at < len(parts) - 1 else 0


def honour_before(parts: Sequence[str]) -> int:
    """Return how many of the first words do honour to the office or title behind them, and are no part of it.

    >>> honour_before("فخامه الرييس اللبناني".split()), honour_before("دوله القانون".split())
    (1, 0)
    >>> honour_before("صاحب السمو الملكي".split()), honour_before("ولقداسه البابا".split())
    (0, 1)
    """
    if len(parts) < 2 or _STUCK.sub("", parts[0]) not in _listed("honour"):
        return 0
    return int(parts[1] in heads() or parts[1].removeprefix("ال") in _listed("honoured"))


def _leading(parts: Sequence[str]) -> int:
    """Return how many of the first words are a rank, courtesy or calling with a name behind."""
    for size in range(min(_LONGEST, len(parts) - 1), 1, -1):
        if " ".join(parts[:size]) in _listed("phrase"):
            return _behind_traits(parts, size)
    if len(parts) < 2 or parts[1] in _FATHERS:
        return 0
    calling = len(parts) > 2 and parts[0] in _listed("occupation")
    if not calling and parts[0] not in _listed("word"):
        return 0
    if parts[1] in _WHERE:
        return _behind_place(parts)
    size = _behind_traits(parts, 1)
    return size if size > 1 or not calling or not parts[1].startswith("ال") or is_given(parts[1]) else 0


def _behind_traits(parts: Sequence[str], at: int) -> int:
    """Return where a name begins behind adjectives of a calling: "المحلل السياسي اللبناني"; two words stay."""
    end = at
    while len(parts) - end > 2 and _is_trait(parts[end], parts[end + 1]):
        end += 1
    alone = end == at and len(parts) - end == 2 and parts[end].startswith("ال")
    return end + (alone and (parts[end] in nisbas() or parts[end] in asides()))


def _is_trait(word: str, behind: str) -> bool:
    """Return whether a word is a nation's adjective, "السابق", or another with a given name or trait behind it."""
    plain = word.removeprefix("و")
    if not plain.startswith("ال") or is_given(plain):
        return False
    known = plain in nisbas() or plain in asides()
    return known or (says_of_what(plain[2:]) and (is_given(behind) or behind.startswith(("وال", "ال"))))


def _behind_place(parts: Sequence[str]) -> int:
    """Return where a given name follows what a calling is of: "القيادي في حماس محمود"; 0 where none does."""
    ends = range(_TOLD, min(_FARTHEST, len(parts) - 1))
    return next((at for at in ends if is_given(parts[at]) and not parts[at].startswith("ال")), 0)


@cache
def _listed(kind: str) -> frozenset[str]:
    lines = (RESOURCES / "courtesies.tsv").read_text("utf-8").splitlines()
    found = dict(line.split("\t") for line in lines[1:])
    return frozenset(found[kind].split("|" if kind in _PHRASES else " "))
