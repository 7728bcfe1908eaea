"""Find the well-known place that a word in no table is a slip of."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.lexicon import triggers, words
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.places.setting import league
from pipelines.core.entities.slips import called
from pipelines.core.entities.tables import Known, places

_CITY, _SHORTEST = 100_000, 5
_TOWNS = ("city", "admin1", "region")
_VOWELS = "اوي"
_OURS = str.maketrans("ذطصث", "دتست")
_AGREED = _OURS | str.maketrans("جقك", "غغغ")


@lru_cache(maxsize=NAMES)
def find_place_by_slip(name: str) -> Known | None:
    """Return the only large or Arab town that a name has a vowel more or less than, a letter twice, or two swapped.

    Nor do countries agree in g, d, s and t ("واقادوقو"). A word that news or people use is no slip.

    >>> find_place_by_slip("جينيف").entity.name, find_place_by_slip("القاهرة"), find_place_by_slip("سالمة")
    ('جنيف', None, None)
    >>> find_place_by_slip("واقادوقو").entity.name
    'واغادوغو'
    """
    parts = fold_name(name).split()
    if known := _of_its_kind(parts):
        return known
    word = "".join(parts)
    if len(word) < _SHORTEST or word in words() or any(map(called, parts)):
        return None
    found = _near(word, _large()) or _near(word, _small())
    if not found and len(word) > _SHORTEST:
        alike = _by_letters().get(_letters(word, _AGREED), ())
        found = {known.entity.entity_id: known for known in alike if _is_written_so(word, known)}
    return found.popitem()[1] if len(found) == 1 and word not in _large() else None


def _of_its_kind(parts: Sequence[str]) -> Known | None:
    """Return the only known place of a kind that is named before it of which the second word is a slip."""
    if len(parts) != 2 or triggers().get(parts[0]) != "place" or " ".join(parts) in places():
        return None
    near = (places().get(f"{parts[0]} {other}") for other in _one_away(parts[1]) if len(parts[1]) >= _SHORTEST)
    found = {bearers[0].entity.entity_id: bearers[0] for bearers in near if bearers}
    return found.popitem()[1] if len(found) == 1 else None


def _near(word: str, towns: dict[str, Known]) -> dict[str, Known]:
    """Return the towns whose names a word is a slip of, by id."""
    return {towns[other].entity.entity_id: towns[other] for other in _one_away(word) if other in towns}


def _is_written_so(word: str, known: Known) -> bool:
    """Tell whether a place may be written so: Arabs agree in the g of their own towns."""
    own = _letters("".join(fold_name(known.entity.name).split()), _OURS)
    return known.entity.country not in league() or own == _letters(word, _OURS)


def _letters(word: str, agreed: dict[int, int]) -> str:
    """Write a word in the letters that countries agree in, without an alef before a foreign name's first consonant."""
    plain = word.replace("تش", "ش").translate(agreed)
    return plain[1:] if plain[0] == "ا" and plain[1] not in "لاي" else plain


@cache
def _by_letters() -> dict[str, list[Known]]:
    table: dict[str, list[Known]] = {}
    for word, known in _large().items():
        table.setdefault(_letters(word, _AGREED), []).append(known)
    return table


def _one_away(word: str) -> Iterator[str]:
    """Write a word otherwise in one place; its first letter stays, and what it ends in but for ه and ا."""
    yield word[2:] if word.startswith("ال") else "ال" + word
    yield word[:-1] + {"ه": "ا", "ا": "ه"}.get(word[-1], word[-1])
    yield from (word[1:],) if word.startswith("است") else ("ا" + word,) if word.startswith("ست") else ()
    for at in range(1, len(word) - 1):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        if letter in _VOWELS or letter == before[-1]:
            yield before + after
        if at < len(word) - 2:
            yield before + after[:1] + letter + after[1:]
        yield from (before + vowel + letter + after for vowel in _VOWELS)


@cache
def _large() -> dict[str, Known]:
    """Collect the capitals and large towns by their names written as one word."""
    found: dict[str, Known] = {}
    for name, bearers in places().items():
        if _is_large(bearers):
            found[name.replace(" ", "")] = bearers[0]
    return found


@cache
def _small() -> dict[str, Known]:
    """Collect the other towns and divisions of the Arab world by their names written as one word."""
    found: dict[str, Known] = {}
    for name, bearers in places().items():
        word, known = name.replace(" ", ""), bearers[0]
        if len(word) >= _SHORTEST and known.entity.country in league() and known.kind in _TOWNS:
            found[word] = known
    return {word: known for word, known in found.items() if word not in _large()}


def _is_large(bearers: Sequence[Known]) -> bool:
    return bearers[0].kind in ("country", "capital") or bearers[0].population >= _CITY
