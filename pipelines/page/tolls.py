"""Read in an outlet's words for an event how many were killed and how many hurt."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.core.dates.numbers import read_number
from pipelines.core.text.fold import fold_text

_WORD, _THOUSANDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|%"), re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
_PREFIX = "[وفبل]?(?:ال)?"
_WHO = {
    "killed": re.compile(f"{_PREFIX}(?:قتيلا?|قتيلين|قتلي|شهيدا?|شهيدين|شهداء?)$"),
    "hurt": re.compile(f"{_PREFIX}(?:جريحا?|جريحين|جرحي|مصابا?|مصابين|مصابون|اصابات?)$"),
}
"""What is counted, behind its number: «12 قتيلا»."""
_DEED = {
    "killed": re.compile(f"{_PREFIX}(?:مقتل|مصرع|استشهاد|وفاه|قتلت?|استشهدت?)$"),
    "hurt": re.compile(f"{_PREFIX}(?:اصابه|جرح|جرحت|اصيبت?)$"),
}
"""What was done, before the number of those it was done to: «مقتل 12 شخصا»."""
_LEAST = ("ما لا يقل عن", "لا يقل عن", "اكثر من", "علي الاقل", "ما يزيد علي", "ما يزيد عن")
_ABOUT = ("نحو", "حوالي", "قرابه", "زهاء", "ما يقارب")
_BETWEEN = {word for phrase in (*_LEAST, *_ABOUT, "الي", "بلغ", "بلغت") for word in phrase.split()}
"""Between a deed, or those it was done to, and their number no other words stand."""
_TWO = re.compile(f"{_PREFIX}(?:شخصين|شخصان|قتيلين|قتيلان|شهيدين|شهيدان|جريحين|جريحان)$")
_NOT_PEOPLE = re.compile(
    f"{_PREFIX}(?:%|عاما?|عام|سنه|سنوات|اعوام|ايام|يوما?|ساعات?|كم|كيلومترا?|مترا?|دولار.*|طايرات?|صواريخ|صاروخا?)$"
)


class Toll(NamedTuple):
    """So many people; `least` where the words say at least so many, `about` where they say about so many."""

    kind: str
    number: int
    least: bool = False
    about: bool = False

    def differs(self, other: "Toll") -> bool:
        """Return whether both cannot be true: «اكثر من 20» and 23 can, 12 cannot.

        >>> Toll("killed", 20, least=True).differs(Toll("killed", 23)), Toll("killed", 20).differs(Toll("killed", 23))
        (False, True)
        """
        if self.kind != other.kind or self.number == other.number:
            return False
        low, high = sorted((self, other), key=lambda one: one.number)
        is_near = high.number - low.number <= 0.15 * high.number
        return not (low.least or (is_near and (low.about or high.about)))


def read_tolls(quote: str) -> list[Toll]:
    """Return how many were killed and how many hurt by a quote, each once, as the quote says it first.

    >>> read_tolls("قُتل ما لا يقل عن 12 شخصًا وأصيب ثلاثون آخرون في الهجوم")
    [Toll(kind='killed', number=12, least=True, about=False), Toll(kind='hurt', number=30, least=False, about=False)]
    >>> read_tolls("مقتل قائد في 2018 بعمر 40 عامًا")
    []
    """
    words = [*_WORD.findall(_THOUSANDS.sub("", fold_text(quote))), ""]
    found: dict[str, Toll] = {}
    for toll in _tolls(words):
        found.setdefault(toll.kind, toll)
    return list(found.values())


def _tolls(words: list[str]) -> Iterator[Toll]:
    end = 0
    for at in range(len(words) - 1):
        is_two = _TWO.match(words[at])
        read = (2, at + 1) if is_two else read_number(words, at) if at >= end else None
        if read is None:
            continue
        number, end = read
        kind = _kind(words, at, at if is_two else end)
        if kind and number:
            before, behind = " ".join(words[max(0, at - 5) : at]), " ".join(words[end : end + 4])
            yield Toll(kind, number, before.endswith(_LEAST) or "علي الاقل" in behind, before.endswith(_ABOUT))


def _kind(words: Sequence[str], at: int, end: int) -> str | None:
    """Return what a number from `at` to `end` counts: by the word behind it, or the deed before it."""
    behind = _named(_WHO, words[end])
    if behind or _NOT_PEOPLE.match(words[end]):
        return behind
    back = at - 1
    while back > 0 and words[back] in _BETWEEN:
        back -= 1
    return (_named(_DEED, words[back]) or _named(_WHO, words[back])) if back >= 0 else None


def _named(patterns: dict[str, re.Pattern[str]], word: str) -> str | None:
    return next((kind for kind, pattern in patterns.items() if pattern.match(word)), None)
