"""Part who holds an office from the office, in Latin letters: "French President Emmanuel Macron"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.core.entities.courtesies import (
    is_latin_calling,
    without_latin_honour,
    without_latin_time,
)
from pipelines.core.entities.latin import in_arabic, plain_latin
from pipelines.core.entities.latin_beside import AND, is_of_somebody, owns
from pipelines.core.entities.latin_bodies import arabic_body
from pipelines.core.entities.latin_lexicon import KINDS, common_words
from pipelines.core.entities.latin_phrases import arabic_phrase, arabic_role, latin_roles, nation_of
from pipelines.core.entities.latin_titles import arabic_title
from pipelines.core.entities.latin_whole import latin_words
from pipelines.core.entities.name_words import is_given
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.words import heads

_LONGEST, _MOST = 9, 12
_ARTICLE = re.compile("^(?:[lL]['’](?=[ea])|(?:el|il|der) (?=[a-z]))")
_BETWEEN = frozenset(
    ("of", "for", "to", "in", "and", "et", "de", "du", "des", "la", "le", "the", "au", "en", "pour", "y")
)


class Holder(NamedTuple):
    """A name, the office told with it in folded Arabic words (none for a calling), and whether it stands behind it."""

    name: str
    office: Sequence[str]
    behind: bool


def named_with_office(name: str) -> Iterator[Holder]:
    """Yield the name that stands behind an office, or before one whose country is told; the longest office first.

    >>> [holder.name for holder in named_with_office("French President Emmanuel Macron")]
    ['Emmanuel Macron']
    >>> [" ".join(holder.office) for holder in named_with_office("Emmanuel Macron, président de la République")]
    ['رييس']
    >>> list(named_with_office("Larry King")), list(named_with_office("son of President Erdogan"))
    ([], [])
    """
    words = _ARTICLE.sub("", name).split()
    if len(words) > _MOST or not _says_office(words) or is_of_somebody(words):
        return
    for at in range(min(_LONGEST, len(words) - 1), 0, -1):
        whole = not owns(words[at - 1]) and not _joins(words[at - 1])
        told = office_of(latin_words(" ".join(words[:at]))) if whole and _are_names(words[at:]) else None
        if told is not None:
            yield Holder(" ".join(words[at:]), fold_name(told).split(), True)
    for at in range(1, len(words) - 1):
        behind = latin_words(" ".join(words[at:]))
        fits = _are_names(words[:at]) and not _joins(words[at - 1])
        apart = words[at - 1].endswith(",") and at > 1
        told = (office_of(behind) if apart else _of_whom(behind)) if fits else None
        if told is not None:
            yield Holder(" ".join(words[:at]).rstrip(","), fold_name(told).split(), False)


def office_of(words: Sequence[str]) -> str | None:
    """Return in Arabic the office, or the role alone, that words in plain Latin letters name; "" is a calling.

    >>> office_of("israeli prime minister".split()), office_of(["chancellor"]), office_of("israeli army".split())
    ('رئيس الوزراء في إسرائيل', 'المستشار', None)
    """
    told = _bare(words)
    anybodys = len(told) == 1 and is_given(in_arabic(told[0]))  # "Sultan Al Kaabi"
    role = None if anybodys else _heading(arabic_role(told)) or _heading(arabic_title(" ".join(told)))
    return role or ("" if _is_calling(told) else _of_whom(words))


def _is_calling(words: Sequence[str]) -> bool:
    """Tell whether words say what somebody of a nation does: "libyan strongman", "militant algerien"."""
    rest = [word for word in words if nation_of(word) is None]
    return len(rest) == 1 < len(words) and is_latin_calling(rest[0])


def _of_whom(words: Sequence[str]) -> str | None:
    """Return in Arabic the office that words name, and of which country or body."""
    told = _bare(words)
    return _heading(arabic_phrase(told)) or _heading(arabic_body(told))


def _bare(words: Sequence[str]) -> Sequence[str]:
    """Leave out honours, and since when or until when somebody holds an office."""
    return without_latin_time(latin_words(" ".join(without_latin_honour(words))))


def _heading(arabic: str | None) -> str | None:
    """Return what is an office in Arabic, by the word that it begins with."""
    return arabic if arabic and fold_name(arabic).split()[0] in heads() else None


def _says_office(words: Sequence[str]) -> bool:
    return any(word in _role_words() or is_latin_calling(word) for word in latin_words(" ".join(words)))


def honoured_office(name: str) -> str | None:
    """Return an office without the honour before it: "His Excellency the President"; None where none stands there.

    >>> honoured_office("His Excellency the President"), honoured_office("His Excellency Omar Hejira")
    ('the President', None)
    """
    words = name.split()
    size = next((size for size in range(3, 0, -1) if _is_honour(plain_latin(" ".join(words[:size])).split())), 0)
    rest = " ".join(words[size:])
    return rest if size and rest and office_of(latin_words(rest)) is not None else None


def _joins(word: str) -> bool:
    return word.lower() in _BETWEEN


def _are_names(words: Sequence[str]) -> bool:
    """Tell whether people are called so: by a given name first, or by no word that bodies and offices are called by."""
    plain = latin_words(" ".join(words))
    if (
        not plain
        or not AND.isdisjoint(plain)
        or plain[0] in _role_words()
        or _is_honour(plain)
        or _is_body_word(plain[-1])
    ):
        return False
    told = any(word in _role_words() or _is_body_word(word) for word in plain)
    return not told or is_given(in_arabic(plain[0]))


def _is_body_word(word: str) -> bool:
    return any(word in common_words(kind) for kind in KINDS)


def _is_honour(words: Sequence[str]) -> bool:
    return len(without_latin_honour([*words, ""])) == 1


@cache
def _role_words() -> frozenset[str]:
    """Collect the words that offices are told by."""
    roles = (latin for latin, arabic in latin_roles().items() if _heading(arabic))
    return frozenset(word for latin in (*roles, *common_words("office")) for word in latin.split()) - _BETWEEN
