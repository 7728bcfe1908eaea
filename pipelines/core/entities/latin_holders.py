"""Part who holds an office from the office, in Latin letters: "French President Emmanuel Macron"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipelines.core.entities.courtesies import is_latin_calling, without_latin_honour, without_latin_time
from pipelines.core.entities.latin import in_arabic
from pipelines.core.entities.latin_bodies import arabic_body
from pipelines.core.entities.latin_lexicon import KINDS, common_words
from pipelines.core.entities.latin_phrases import arabic_phrase, arabic_role, latin_roles, nation_of
from pipelines.core.entities.latin_whole import latin_words
from pipelines.core.entities.name_words import is_given
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.words import heads

_LONGEST, _MOST = 9, 12
_OWNS = re.compile("['’]s?$")
_ARTICLE = re.compile("^(?:[lL]['’](?=[ea])|(?:el|il|der) (?=[a-z]))")
_BETWEEN = frozenset(
    ("of", "for", "to", "in", "and", "et", "de", "du", "des", "la", "le", "the", "au", "en", "pour", "y")
)


def named_with_office(name: str) -> Iterator[str]:
    """Yield the name that stands behind an office, or before one whose country is told; the longest office first.

    >>> list(named_with_office("French President Emmanuel Macron"))
    ['Emmanuel Macron']
    >>> list(named_with_office("Emmanuel Macron, président de la République")), list(named_with_office("Larry King"))
    (['Emmanuel Macron'], [])
    """
    words = _ARTICLE.sub("", name).split()
    if len(words) > _MOST or not _says_office(words):
        return
    for at in range(min(_LONGEST, len(words) - 1), 0, -1):
        whole = not _OWNS.search(words[at - 1]) and not _joins(words[at - 1])
        if whole and _are_names(words[at:]) and is_office(latin_words(" ".join(words[:at]))):
            yield " ".join(words[at:])
    for at in range(2, len(words) - 1):
        told = latin_words(" ".join(words[at:]))
        apart = words[at - 1].endswith(",")
        if _are_names(words[:at]) and not _joins(words[at - 1]) and (_of_whom(told) or (apart and is_office(told))):
            yield " ".join(words[:at]).rstrip(",")


def is_office(words: Sequence[str]) -> bool:
    """Tell whether words in plain Latin letters name an office, or a role alone.

    >>> is_office("israeli prime minister".split()), is_office(["chancellor"]), is_office("israeli army".split())
    (True, True, False)
    """
    told = _bare(words)
    anybodys = len(told) == 1 and is_given(in_arabic(told[0]))  # "Sultan Al Kaabi"
    return (_heads_an_office(arabic_role(told)) and not anybodys) or _is_calling(told) or _of_whom(words)


def _is_calling(words: Sequence[str]) -> bool:
    """Tell whether words say what somebody of a nation does: "libyan strongman", "militant algerien"."""
    rest = [word for word in words if nation_of(word) is None]
    return len(rest) == 1 < len(words) and is_latin_calling(rest[0])


def _of_whom(words: Sequence[str]) -> bool:
    """Tell whether words name an office, and of which country or body."""
    told = _bare(words)
    return _heads_an_office(arabic_phrase(told)) or _heads_an_office(arabic_body(told))


def _bare(words: Sequence[str]) -> Sequence[str]:
    """Leave out honours, and since when or until when somebody holds an office."""
    return without_latin_time(latin_words(" ".join(without_latin_honour(words))))


def _heads_an_office(arabic: str | None) -> bool:
    return bool(arabic) and fold_name(arabic or "").split()[0] in heads()


def _says_office(words: Sequence[str]) -> bool:
    return any(word in _role_words() or is_latin_calling(word) for word in latin_words(" ".join(words)))


def owns_what_follows(name: str) -> bool:
    """Tell whether a name in Latin letters is of what somebody has: "Vladimir Putin's spokesman" is not Putin.

    >>> owns_what_follows("Vladimir Putin's spokesman"), owns_what_follows("Israel's"), owns_what_follows("O'Neil")
    (True, False, False)
    """
    return any(map(_OWNS.search, name.split()[:-1]))


def _joins(word: str) -> bool:
    return word.lower() in _BETWEEN


def _are_names(words: Sequence[str]) -> bool:
    """Tell whether people are called so: by a given name first, or by no word that bodies and offices are called by."""
    plain = latin_words(" ".join(words))
    if not plain or plain[0] in _role_words() or _is_honour(plain) or _is_body_word(plain[-1]):
        return False
    told = any(word in _role_words() or any(word in common_words(kind) for kind in KINDS) for word in plain)
    return not told or is_given(in_arabic(plain[0]))


def _is_body_word(word: str) -> bool:
    return any(word in common_words(kind) for kind in KINDS)


def _is_honour(words: Sequence[str]) -> bool:
    return len(without_latin_honour([*words, ""])) == 1


@cache
def _role_words() -> frozenset[str]:
    """Collect the words that offices are told by."""
    roles = (latin for latin, arabic in latin_roles().items() if _heads_an_office(arabic))
    return frozenset(word for latin in (*roles, *common_words("office")) for word in latin.split()) - _BETWEEN
