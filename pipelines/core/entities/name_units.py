"""Join the words of a name that are one, and write each in its usual spelling."""

import re
from collections.abc import Iterator, Sequence

from pipelines.core.entities.name_words import (
    AFTER_A_NAME,
    bare,
    east_asian,
    everybodys,
    is_arabic_name,
    is_family,
    is_given,
    known_servants,
    same_names,
    written_once,
)

_BEHIND_A_FAMILY = ("زاده", "اوغلو", "اوغلي")
_NEJAD = re.compile("ن[جز]اد$")
"""How families of Iran end, written apart or not: "سلطاني نجاد", "سلطانينژاد"."""
_OF = "د"
_ALIKE = frozenset(("دو", "دي", "ده"))
_JOINED_BEFORE = frozenset(
    ("عبد", "ابو", "ام", "بن", "بنت", "ولد", "بو", "ذو", "ايت", "ود", "غلام", "فان", "فون", "دير", "ماك", *_ALIKE)
)
_ZAHRA = frozenset(("زهراء", "زهرا", "زهره"))
_OF_GOD = re.compile("(?<=..)[اء]+لله$")
_SHORTEST_OF_TWO = 7
_SHORTEST_WITH_ARTICLE = 5


def units(parts: Sequence[str]) -> list[str]:
    """Join the words of a folded name that are one, and take off articles and آل.

    >>> units("عبد الله بن زايد ال نهيان".split()), units("نور الدين ابو الغيط".split())
    (['عبدالله', 'بنزايد', 'نهيان'], ['نورالدين', 'ابوغيط'])
    >>> units(["يوسف", "بلمهدي"]) == units("يوسف بن المهدي".split()), units(["ليلي", "لمنصوري"])
    (True, ['ليلي', 'منصوري'])
    """
    found: list[str] = []
    lead = ""
    for word in _parted(parts):
        part = "الزهراء" if found[-1:] == ["فاطمه"] and bare(word) in _ZAHRA else word
        if part in (*AFTER_A_NAME, *_BEHIND_A_FAMILY) and found and not lead:
            found[-1] = found[-1].removesuffix("ه" * (part in _BEHIND_A_FAMILY)) + part
        elif _NEJAD.fullmatch(part) and found and not lead and found[-1].endswith("ي"):
            found[-1] += part
        elif found and not lead and (served := _served(found[-1], part)):
            found[-1] = served
        elif part in _JOINED_BEFORE and part != parts[-1]:
            lead += _OF if part in _ALIKE else part
        elif (part != "ال" or part == parts[-1]) and len(part) > 1:  # "كيم جونغ إل"
            found.append(_join(lead, _in_full(part) if found else part))
            lead = ""
    if len(parts) == len(found) == 3 and parts[0] in east_asian() and not any(map(is_given, parts[1:])):
        found = [found[0], found[1] + found[2]]  # "تشانغ وي جيان"
    return [_usual(unit) for unit in found] + [lead] * bool(lead)


def _served(servant: str, master: str) -> str | None:
    """Return the compound that Somalis write as two words: "عبدي رشيد"."""
    compound = f"عبدال{master}"
    return compound if servant == "عبدي" and compound in known_servants() else None


def _parted(parts: Sequence[str]) -> Iterator[str]:
    """Yield the words of a name, two given names that are written as one apart: "محمدسالم"."""
    for word in map(written_once, parts):
        known = len(word) < _SHORTEST_OF_TWO or is_given(word) or is_family(bare(word))
        at = 0 if known else next((at for at in range(3, len(word) - 2) if _are_two(word[:at], word[at:])), 0)
        yield from (word[:at], word[at:]) if at else (word,)


def _are_two(one: str, other: str) -> bool:
    return one in everybodys() and (is_given(other) or (len(other) > 3 and is_arabic_name(other)))


def _usual(unit: str) -> str:
    """Write a given name, or a father's, in its usual spelling."""
    unit = _OF_GOD.sub("الله", unit).replace("هاوغل", "اوغل")  # "عطاء الله", "عطالله", "قره أوغلو"
    unit = unit.replace("اءالدين", "االدين")  # "علاء الدين", "علا الدين"
    unit = f"{unit[:-1]}و" if unit.endswith("اوغلي") else unit
    unit = _NEJAD.sub("نجاد", unit)
    if unit.startswith("عبد") and (compound := f"عبدال{unit[3:]}") in known_servants():
        unit = compound  # "عبدرشيد"
    link = next((link for link in ("بن", "ابو") if unit.startswith(link) and unit[len(link) :] in same_names()), "")
    return link + same_names().get(unit[len(link) :], unit[len(link) :])


def with_its_end(unit: str) -> str:
    """Write a name that nobody is known by in ا with the ه that people are known by.

    >>> with_its_end("خوجا"), with_its_end("بنشيخا"), with_its_end("رضا")
    ('خوجه', 'بنشيخه', 'رضا')
    """
    stem = next((unit[len(link) :] for link in ("بن", "ابو", "") if unit.startswith(link)), unit)
    known = f"{stem[:-1]}ه"
    if not stem.endswith("ا") or is_given(stem) or is_family(stem) or not (is_family(known) or is_given(known)):
        return unit
    return f"{unit[:-1]}ه"


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
