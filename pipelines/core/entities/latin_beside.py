"""Tell what words in Latin letters say besides a name: two people, whose son somebody is, a body, a rank."""

import re
from collections.abc import Sequence

from pipelines.core.entities.courtesies import is_latin_attendant, is_latin_kin
from pipelines.core.entities.latin import in_arabic
from pipelines.core.entities.latin_lexicon import common_words
from pipelines.core.entities.latin_whole import latin_words
from pipelines.core.entities.name_words import is_given
from pipelines.core.entities.offices.state import latin_ranks

AND = frozenset(("and", "et", "und"))
_OWNS = re.compile("['’]s?$")
_OF = frozenset(("of", "to", "for", "de", "du", "des"))
_LED = frozenset(
    ("president", "presidente", "prime", "premier", "pm", "minister", "ministre", "leader", "chancellor", "chancelier")
)
_CROWNED = frozenset(("king", "queen", "roi", "reine", "emir", "sultan", "prince", "princess", "princesse"))
"""Who has advisers and spokesmen."""


def is_of_somebody(words: Sequence[str]) -> bool:
    """Tell whether words name somebody by whose son, wife or adviser he is, and by no name before that and a comma.

    >>> is_of_somebody("eldest son of Kim".split()), is_of_somebody("fils du président Macron".split())
    (True, True)
    >>> is_of_somebody("spokesman for Prime Minister Johnson".split()), is_of_somebody("spokesman for Unicef".split())
    (True, False)
    """
    plain = latin_words(before_comma(" ".join(words)))
    at = next((at for at, word in enumerate(plain) if word in _OF), 0)
    if not 0 < at < len(plain) - 1:
        return False
    if is_latin_kin(plain[at - 1]):
        return True
    return is_latin_attendant(plain[at - 1]) and not (_LED | _CROWNED).isdisjoint(plain[at + 1 :])


def before_comma(name: str) -> str:
    """Return what stands before the first comma of a name: what stands behind it says more of that."""
    return name.strip(" ,").partition(",")[0]


def told_by_kin(name: str) -> str | None:
    """Return the name before a comma and whose wife or adviser its bearer is, None where no such words stand there.

    >>> told_by_kin("Melania Trump, wife of President Trump"), told_by_kin("son of King Hussein, Ali")
    ('Melania Trump', None)
    """
    told, _, behind = name.strip(" ,").partition(",")
    apart = latin_words(told) and not is_of_somebody(told.split()) and is_of_somebody(behind.split())
    return told if apart else None


def tells_of_others(name: str) -> bool:
    """Tell whether words in Latin letters tell of more people than one, or of somebody by another.

    >>> [tells_of_others(name) for name in ("Ali and Omar", "Ali & Omar", "wife of King Hussein", "Ali Omar")]
    [True, True, True, False]
    """
    words = latin_words(name)
    return not AND.isdisjoint(words[1:-1]) or "&" in name or is_of_somebody(name.split())


def is_body_of(name: str) -> bool:
    """Tell whether words in Latin letters name a body that is called after somebody: "Jean Jaurès Foundation".

    >>> is_body_of("Jean Jaurès Foundation"), is_body_of("Donald Tusk, president of the European Council")
    (True, False)
    """
    words = latin_words(before_comma(name))
    return len(words) > 2 and words[-1] in common_words("head") and not is_given(in_arabic(words[-1]))


def rank_told(name: str) -> Sequence[str]:
    """Return a rank before a name that tells what somebody is, in Arabic: "General", "Senator"."""
    words = latin_words(name)
    return ["الجنرال"] if len(words) > 1 and words[0] in latin_ranks() else []


def owns(word: str) -> bool:
    """Tell whether a word in Latin letters is of who has what is told behind it: "Putin's"."""
    return _OWNS.search(word) is not None


def owns_what_follows(name: str) -> bool:
    """Tell whether a name in Latin letters is of what somebody has: "Vladimir Putin's spokesman" is not Putin.

    >>> owns_what_follows("Vladimir Putin's spokesman"), owns_what_follows("Israel's"), owns_what_follows("O'Neil")
    (True, False, False)
    """
    return any(map(owns, name.split()[:-1]))
