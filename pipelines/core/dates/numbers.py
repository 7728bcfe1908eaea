"""Read numbers, in digits or in words."""

from functools import cache

from pyarabic.number_const import NUMBER_WORDS

from pipelines.core.dates.lexicon import read_table, variants
from pipelines.core.text.fold import fold_text

_THOUSAND = 1000
_HUNDRED = 100
_LONGEST = 9


@cache
def number_words() -> dict[str, int]:
    """Return the value of every folded number word: pyarabic's cardinals, our ordinals."""
    values = {fold_text(word): value for word, value in NUMBER_WORDS.items() if 0 < value <= 2 * _THOUSAND}
    values |= {row[0]: int(row[2]) for row in read_table("words.tsv") if row[1] in ("ordinal", "cardinal")}
    return values


@cache
def number_starts() -> dict[str, int]:
    """Return the number words again, each with the proclitics that a number's first word may carry."""
    bare = number_words()
    starts = {form: bare[word] for word in bare for form, _ in variants(word) if form not in bare}
    return starts | bare


def _follows(total: int, value: int, joined: bool) -> bool:
    """Tell whether a number may go on: "خمسة عشر", "خمسة وعشرون", "تسع مئة", "ألف وتسعمئة"."""
    ones = total % _HUNDRED
    if not joined:
        return (value == 10 and 0 < ones < 10) or (value in (_HUNDRED, _THOUSAND) and 2 < ones < 10)
    if value >= _HUNDRED:
        return total >= _THOUSAND > value and total % _THOUSAND == 0
    if value >= 20:
        return ones < 10
    return ones == 0 and total >= _HUNDRED


def _add(total: int, value: int, joined: bool) -> int:
    if not joined and value >= _HUNDRED:
        ones = total % _HUNDRED
        return total - ones + ones * value
    return total + value


def read_number(words: list[str], at: int) -> tuple[int, int] | None:
    """Read the number that begins at `words[at]`: its value and the index after it.

    >>> read_number("الخامس والعشرين من".split() + [""], 0)
    (25, 2)
    >>> read_number("ألفين وخمسه عشر".replace("أ", "ا").split() + [""], 0)
    (2015, 3)
    """
    word = words[at]
    if word.isdecimal():
        return (int(word), at + 1) if len(word) <= 4 else None
    total = number_starts().get(word)
    if total is None:
        return None
    values, end = number_words(), at + 1
    while end - at < _LONGEST:
        word = words[end]
        joined = word[:1] == "و" and word not in values
        value = values.get(word[1:] if joined else word)
        if value is None or not _follows(total, value, joined):
            break
        total, end = _add(total, value, joined), end + 1
    return total, end
