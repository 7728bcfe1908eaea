"""Tell whether the clause around a date speaks of the past or of what is to come."""

import re
from collections.abc import Iterator
from functools import cache

from pipelines.core.dates.lexicon import read_table

PAST, UNKNOWN, FUTURE = -1, 0, 1
_TENSES = {"past": PAST, "present": UNKNOWN, "future": FUTURE, "not_future": None}
_WILL = re.compile(r"[وف]?س[يتن]\w{3,}\Z")
_WAS = frozenset(("كان", "كانت", "وكان", "وكانت"))
_AHEAD = 4


def _forms(word: str, tense: str) -> Iterator[str]:
    stems = [word]
    if tense == "past":
        stem = word[:-1] if word[-1] in "اي" else word
        stems += [word + "ها", f"{stem}ت", f"{stem}وا", f"{stem}ته", f"{stem}تها", f"{stem}تهم"]
    for stem in stems:
        yield from (stem, "و" + stem, "ف" + stem)


@cache
def _tenses() -> dict[str, int | None]:
    rows = sorted(read_table("tense.tsv"), key=lambda row: row[1] == "past", reverse=True)
    return {form: _TENSES[row[1]] for row in rows for form in _forms(row[0], row[1])}


def _tense_of(word: str) -> int | None:
    tenses = _tenses()
    if word in tenses:
        return tenses[word]
    return FUTURE if _WILL.match(word) else None


def find_tense(text: list[str], first: int, last: int) -> int:
    """Return -1 for the past, 1 for the future, 0 where no verb near `text[first:last]` says.

    "منذ" is past; else the nearest verb before the date counts; where there is none, a future one just after it.

    >>> find_tense("اكد الوزير انه سيزور الخرطوم السبت".split(), 5, 6)
    1
    >>> find_tense("اكد الوزير السبت انه سيزور الخرطوم".split(), 2, 3)
    -1
    """
    if text[first - 1].endswith("منذ"):
        return PAST
    for at in range(first - 1, -1, -1):
        tense = _tense_of(text[at])
        if tense is not None and not (tense == UNKNOWN and text[at - 1] == "ان"):
            was = tense == FUTURE and not _WAS.isdisjoint(text[max(0, at - 2) : at])
            return UNKNOWN if was else tense
    return FUTURE if any(_tense_of(word) == FUTURE for word in text[last : last + _AHEAD]) else UNKNOWN
