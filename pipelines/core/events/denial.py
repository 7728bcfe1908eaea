"""Say of an event whether the words before its trigger deny it, as far as they leave no doubt."""

import re
from collections.abc import Sequence

from pipelines.core.events.lexicon import words

_NOT = re.compile("[وف]?لم")
_DENIES = re.compile("[وف]?(?:[ينت]?نفي|نفت|نفوا|ينفون|نافيا|نافيه|[يت]?نكر|انكر|انكرت)")
_ANY = frozenset(("اي", "ايه", "باي", "لاي"))
_HAPPENED = ("وقوع", "حدوث", "حصول", "شن", "تنفيذ", "وجود", "استخدام", "ضلوعه", "ضلوعها", "تورطه", "تورطها")
_THAT = _ANY.union(_HAPPENED)
_OTHERWISE = re.compile("علاق.*|مسووليت.*|صل[هت].*|بعد|منذ|خلال|اثر|عقب|عن|ان|انه|انها|قال|قالت|اكد|اكدت")
"""What stands between where it is not the deed that is denied: a part in it, or something else at the time of it."""
_WORDS = ("ACCUSE", "REJECT")
_NEAR, FARTHEST = 4, 7
"""In words before the trigger."""


def is_denied(before: Sequence[str], kind: str) -> bool:
    """Return whether folded words right before a trigger deny it: "لم يقصف", "لا صحة لمقتل", "نفى وقوع أي هجوم".

    The nets miss most denials, for few are told. Of 31 labelled events in training articles that these words deny 24
    are; on the development articles 3 of 42 are found, and none wrongly. Where the deed itself is what is denied
    ("نفت السفارة مقتل"): 7 of 7 and 3 of 3; not so of accusations, which are made all the same.

    >>> is_denied(["لم"], "ASSAULT"), is_denied(["ونفت", "وزاره", "الدفاع", "شن", "اي"], "ASSAULT")
    (True, True)
    >>> is_denied(["لم", "يمنع", "من"], "ASSAULT"), is_denied(["نفت", "موسكو"], "ACCUSE")
    (False, False)
    """
    if not before:
        return False
    last, near = before[-1], before[-_NEAR:]
    if _NOT.fullmatch(last) or (last in _ANY and any(map(_NOT.fullmatch, near))):
        return True
    if "صحه" in before[-2:] and any(word in ("لا", "ولا", "الا") for word in near):
        return True
    if last in _THAT and any(map(_DENIES.fullmatch, before[-FARTHEST + 1 :])):
        return True
    return kind not in _WORDS and _is_object(before[-FARTHEST:])


def _is_object(before: Sequence[str]) -> bool:
    """Return whether a denying verb stands in the words, and behind it nothing but who denies.

    >>> _is_object("نفي الاعلام الحربي".split()), _is_object("نفت الحركه مسووليتها عن".split())
    (True, False)
    """
    for at in range(len(before) - 1, -1, -1):
        if not before[at][:1].isalpha() or _OTHERWISE.fullmatch(before[at]):
            return False
        if _DENIES.fullmatch(before[at]):
            return at == len(before) - 1 or before[-1] not in words("prepositions")
    return False
