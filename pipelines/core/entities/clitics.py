"""Tell the one-letter proclitics و ف ب ل ك from the first letters of a name."""

from collections import Counter
from functools import cache, lru_cache

from pipelines.core.cache_sizes import WORDS
from pipelines.core.entities.gazetteer import PROCLITICS, article, kind_of
from pipelines.core.entities.lexicon import UNKNOWN, name_parts, press_names, triggers, words
from pipelines.core.entities.name_words import AFTER_A_NAME, family_names, given_names, is_family, is_given, same_names
from pipelines.core.entities.offices.words import nouns
from pipelines.core.entities.slips import called, is_heard, mend, name_fame

PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك", "فك")
_SEEN_OFTEN = 3
SELDOM = "كف"  # stick to names far less than the others
_FEW, _FAR_MORE, _HEARD = 5, 3, 20
_PROMINENT = frozenset(("country", "capital", "region", "metonym", "PER", "ORG", "nisba"))
_BEFORE_A_NAME = ("عبدال", "ابو")
_STUCK, _LIKELIER, _LONG = ("و", "ب", "ل"), 4, 5
"""What sticks to names that nobody knows, where so many times more names begin as the rest does."""


def _weight(word: str) -> float:
    """Say how well known a word is as a word of its own: its count, far more when it is a name."""
    count = words().get(word, UNKNOWN).uses
    kind = kind_of(word)
    if (kind or word in triggers()) and kind not in ("city", "admin1"):
        return 5_000.0 + count
    return count + min(20.0 * name_parts().get(word, 0), 4_000.0) + (500.0 if kind else 0.0)


def _is_name(word: str) -> bool:
    """Return whether a word is a name as it stands, and what is left of it is none that is far better known."""
    if kind_of(word) in _PROMINENT or is_given(word) or word in same_names():
        return True
    fame, uses, less = name_fame(word), words().get(word, UNKNOWN).uses, words().get(word[1:], UNKNOWN).uses
    return bool(fame) and (
        word[0] in SELDOM or uses > less * _FAR_MORE or (fame >= _FEW and name_fame(word[1:]) <= fame * _FAR_MORE)
    )


def _is_slip_of_name(word: str, rest: str) -> bool:
    """Return whether a word is a slip of somebody's name, and what is left of it is nobody's and no word of news."""
    unheard = words().get(rest, UNKNOWN).uses < _HEARD and name_fame(rest) < _FEW and kind_of(rest) not in _PROMINENT
    given = is_given(mend(word)) and name_fame(rest) < _FEW and kind_of(rest) is None  # "كاضم"
    return given or (unheard and (is_heard(word) or mend(word) != word))


@lru_cache(maxsize=WORDS)
def proclitics(word: str) -> int:
    """Return how many leading letters of a folded word are proclitics, judged by what is left without them.

    The article after ل keeps its ل ("للعراق": one letter goes).

    >>> [proclitics(word) for word in ("وبالقاهره", "للعراق", "بوتين", "وبوتين", "فيصل", "لبنان", "فادي", "لسيسي")]
    [2, 1, 0, 1, 0, 0, 0, 1]
    """
    if word[0] not in PROCLITICS or len(word) < 4:
        return 0
    ending = next((ending for ending in AFTER_A_NAME if word.endswith(ending) and len(word) > len(ending) + 2), None)
    if ending or word[1:].startswith(_BEFORE_A_NAME):  # "ونورالدين", "لعبدالله"
        return int(name_fame(word[: -len(ending or "")] or word) <= name_fame(word[1 : -len(ending or "")] or word[1:]))
    if _is_name(word):
        return 0
    best, most = 0, max(_weight(word), _SEEN_OFTEN)
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            size, rest = len(prefix), word[len(prefix) :]
            found = _weight(article(word, size))
            is_whole = _is_slip_of_name(word, rest) or (size > 1 and is_heard(word))  # "فكتور"
            if found > most * (1.0 if size == 1 else 2.0) and not is_whole:
                best, most = size, found
    return best


def sticking(word: str) -> int:
    """Return how many letters stick to the word that a name begins with: none to what bodies are called.

    >>> sticking("بلديه"), sticking("ببلديه"), sticking("بلجنه")
    (0, 1, 1)
    """
    return 0 if word in nouns() else proclitics(word)


def unknown_stem(word: str) -> str:
    """Take the proclitics off a folded word that begins a name in no table, also where only its letters tell.

    >>> [unknown_stem(word) for word in ("لتسفاي", "للمينورسو", "لورفلي", "وغروندر")]
    ['تسفاي', 'المينورسو', 'ورفلي', 'غروندر']
    """
    skip = sticking(word)
    if skip or len(word) < _LONG or called(word):
        return article(word, skip)
    if word.startswith("لل"):
        return word[1:] if called(word[1:]) else article(word, 1)
    if word.startswith(_STUCK) and (is_given(word[1:]) or is_family(word[1:])):
        return word[1:]
    begun = _beginnings()
    stuck = word.startswith(_STUCK) and mend(word) == word
    return word[1:] if stuck and begun[word[:2]] * _LIKELIER < begun[word[1:3]] else word


@cache
def _beginnings() -> Counter[str]:
    """Count the first two letters of the names that are known."""
    return Counter(name[:2] for name in {*press_names(), *name_parts(), *given_names(), *family_names()})
