"""Name groups of people ("مسلحون مجهولون") by one key, whatever their case, number or article."""

from collections.abc import Sequence

from pipelines.core.dates.numbers import number_starts
from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.group_words import (
    Group,
    group_of,
    group_word,
    is_kind,
    is_many,
    is_regular,
    is_thing,
    listed,
    traits,
)
from pipelines.core.entities.lexicon import triggers
from pipelines.core.entities.name_words import is_family, is_given
from pipelines.core.ids import digest

_SEVERAL = frozenset(("مجموعه", "جماعه", "فريق"))
"""Bodies that are no more than those who are in them: "مجموعة من المسلحين"."""


def group_id(parts: Sequence[str]) -> str:
    """Make the id of a group or role from its folded words, the same whatever their case and article.

    >>> group_id("جنود اسراييليون".split()) == group_id("عدد من الجنود الاسراييليين".split())
    True
    """
    parts = head_first(parts)
    head = _head(parts)
    size = 2 if head and " " in head.lemma else 1
    told = traits([part for part in parts[size:] if part != "من"], of_people=head is not None and head.type == "PER")
    return "n" + digest("ROLE", head.lemma if head else group_word(parts[0]), *told)


def head_first(parts: Sequence[str]) -> list[str]:
    """Return the words of a group that tell who it is, its head first.

    How many they are, and that nobody knows them, tells no group from another: outlets differ in it.

    >>> head_first("ثلاثه من المسلحين المجهولين".split()), head_first(["مجهولون"])
    (['المسلحين'], ['مجهولون'])
    """
    said = [part for part in parts if not part.isdigit() and part not in number_starts()]
    told = [part for part in said if part[proclitics(part) :] not in listed("vague")] or list(parts)
    at = next((at for at, part in enumerate(told) if group_of(part)), 0)
    head = told[at] if group_of(told[at]) else told[at][proclitics(told[at]) :]
    return [head, *told[:at], *told[at + 1 :]]


def is_group(parts: Sequence[str]) -> bool:
    """Return whether the folded words name a group of people, or one of it.

    >>> [is_group(name.split()) for name in ("مسلحين مجهولين", "جندي اسراييلي", "طالب الرفاعي", "الجيش")]
    [True, True, False, False]
    """
    head = _head(parts)
    if head is None:
        return is_regular(parts)
    if head.type != "PER" or head.kind in ("office", "kind"):
        return False
    rest = parts[2:] if " " in head.lemma else parts[1:]
    first = parts[0][len(head.prefix) :].removeprefix("ل" if head.prefix.endswith("ل") else "").removeprefix("ال")
    owned = (
        bool(rest)
        and first[-1:] in ("و", "ي")
        and parts[0].endswith(first)
        and not parts[0].endswith("ال" + first)
        and first[:-1] == head.lemma[:-2]
    )  # "مقاتلو المعارضة"
    if owned or is_many(first) or (" " in head.lemma and not any(map(is_given, rest))):
        return True
    told = all(map(is_kind, rest)) or all(map(is_thing, rest))
    return told and (bool(rest) or not (is_given(first) or is_family(first)))


def names_a_group(parts: Sequence[str]) -> bool:
    """Return whether folded words name a group, its head anywhere, and no place or body for one.

    >>> [names_a_group(name.split()) for name in ("عشرات المسلحين", "رابطه المعلمين في لبنان", "مخيم السلام للنازحين")]
    [True, False, False]
    """
    told = triggers().get(parts[0])
    body = told == "body" and group_of(parts[0]) is None and parts[0] not in _SEVERAL
    return told != "place" and (is_group(parts) or (not body and is_group(head_first(parts))))


def _head(parts: Sequence[str]) -> Group | None:
    """Return the group that the first word names, or the first two ("رجال الأمن")."""
    two = group_of(f"{parts[0]} {parts[1].removeprefix('ال')}") if len(parts) > 1 else None
    return two or group_of(parts[0])
