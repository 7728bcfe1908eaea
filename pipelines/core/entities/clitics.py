"""Tell the one-letter proclitics و ف ب ل ك from the first letters of a name."""

from functools import lru_cache

from pipelines.core.entities.gazetteer import PROCLITICS, kind_of
from pipelines.core.entities.lexicon import UNKNOWN, name_parts, triggers, words

PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك", "فك")
_SEEN_OFTEN = 3


def _weight(word: str) -> float:
    """Say how well known a word is as a word of its own: its count, far more when it is a name."""
    count = words().get(word, UNKNOWN).uses
    kind = kind_of(word)
    if (kind or word in triggers()) and kind not in ("city", "admin1"):
        return 5_000.0 + count
    return count + min(20.0 * name_parts().get(word, 0), 4_000.0) + (500.0 if kind else 0.0)


@lru_cache(maxsize=1 << 17)
def proclitics(word: str) -> int:
    """Return how many leading letters of a folded word are proclitics, judged by what is left without them.

    The article after ل keeps its ل ("للعراق": one letter goes).

    >>> [proclitics(word) for word in ("وبالقاهره", "للعراق", "بوتين", "وبوتين", "فيصل", "لبنان")]
    [2, 1, 0, 1, 0, 0]
    """
    if word[0] not in PROCLITICS or len(word) < 4:
        return 0
    best, most = 0, max(_weight(word), _SEEN_OFTEN)
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            size, rest = len(prefix), word[len(prefix) :]
            found = _weight(rest if not (prefix[-1] == "ل" and rest[0] == "ل") else "ا" + rest)
            if found > most * (1.0 if size == 1 else 2.0):
                best, most = size, found
    return best
