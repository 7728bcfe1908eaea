"""Mend what a tagger cuts wrongly: lone beginnings of names, and names joined by a و."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.gazetteer import article, names
from pipelines.core.entities.lexicon import ANNOUNCED, triggers
from pipelines.core.entities.tagging.decode import Tag

_MORE = {
    "LOC": "مديريه مديريتي محافظتي اقضيه ضواحي جبال مسجد جمهوريه دول طريق بلاد قاعده سواحل احياء",
    "ORG": "قوات ميليشيات ميليشيا نادي منتخب وزارتي",
    "MISC": "نهاييات تصفيات",
}


def mend_heads(tags: Sequence[Tag], words: Sequence[str]) -> list[Tag]:
    """Join a lone head of a body or work with the name right behind it; where there is none, it is no name.

    >>> mend_heads([Tag(0, 1, "MISC", 0.8), Tag(1, 3, "MISC", 0.9)], ["بطوله", "دوري", "الابطال"])
    [Tag(first=0, last=3, type='MISC', confidence=0.8)]
    >>> mend_heads([Tag(0, 1, "LOC", 0.6), Tag(1, 2, "LOC", 0.9)], ["محافظه", "صامطه"])
    [Tag(first=1, last=2, type='LOC', confidence=0.9)]
    """
    mended: list[Tag] = []
    for place, tag in enumerate(tags):
        if mended and tag.first < mended[-1].last:
            continue  # the head before took it
        if tag.last - tag.first > 1 or not _is_head(tag.type, words[tag.first]):
            mended.append(tag)
        elif tag.type != "LOC" and place + 1 < len(tags) and tags[place + 1].first == tag.last:
            mended.append(tag._replace(last=tags[place + 1].last))
    return mended


def part_names(tags: Iterable[Tag], words: Sequence[str]) -> Iterator[Tag]:
    """Cut a person's name before a word that a و is joined to, and another's where it leaves two known names.

    >>> list(part_names([Tag(0, 3, "PER", 0.9)], ["ليو", "ميسي", "ونيمار"]))
    [Tag(first=0, last=2, type='PER', confidence=0.9), Tag(first=2, last=3, type='PER', confidence=0.9)]
    >>> [tag.last for tag in part_names([Tag(0, 3, "ORG", 0.9)], ["رويترز", "وفرانس", "برس"])]
    [1, 3]
    """
    for tag in tags:
        inner = (place for place in range(tag.first + 1, tag.last) if words[place][0] == "و")
        cuts = [place for place in inner if proclitics(words[place]) and _parts(tag, words, place)]
        for first, last in pairwise((tag.first, *cuts, tag.last)):
            yield tag._replace(first=first, last=last)


def _parts(tag: Tag, words: Sequence[str], place: int) -> bool:
    sides = words[tag.first : place], words[place : tag.last]
    return tag.type == "PER" or all(_is_known(tag.type, side) for side in sides)


def _is_known(kind: str, words: Sequence[str]) -> bool:
    skip = proclitics(words[0])
    return any(kind in names().get("".join((first, *words[1:])), {}) for first in (words[0], article(words[0], skip)))


def _is_head(kind: str, word: str) -> bool:
    head = word[proclitics(word) :]
    return head in _heads().get(kind, frozenset())


@cache
def _heads() -> dict[str, frozenset[str]]:
    return {
        kind: frozenset(more.split())
        | {word for word, name in triggers().items() if ANNOUNCED.get(name) == kind and not word.startswith("ال")}
        for kind, more in _MORE.items()
    }
