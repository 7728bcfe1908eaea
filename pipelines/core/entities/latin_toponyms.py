"""Read Arab places in Latin letters that begin with an Arabic word for a place: "Tell Rifaat", "Ras al-Ayn"."""

import re
from collections.abc import Sequence
from functools import cache

from pipelines.core.entities.latin import in_arabic
from pipelines.core.entities.latin_heard import unlikeliness
from pipelines.core.entities.latin_nearest import by_rule
from pipelines.core.entities.name_words import bare, is_given
from pipelines.core.entities.sounds import coarse_key
from pipelines.core.entities.tables import places, rows

_FARTHEST, _FAR = 1.45, 0.2
"""How unlikely a letter may be on average (`unlikeliness`), and by how much another place must be more so."""
_ARTICLES, _MOTHER = ("al", "el"), "ام"
_SUN = re.compile(r"^[ae]([dnrstz])(?=\1)")
"""The article within a word: "Oued Eddahab"."""


def arab_toponym(words: Sequence[str]) -> str | None:
    """Return the known place that words in plain Latin letters spell behind an Arabic word for a place, or None.

    >>> [arab_toponym(name.split()) for name in ("tell rifaat", "ras el ayn", "ras tafari")]
    ['تل رفعت', 'راس العين', None]
    """
    first, rest = (
        _words().get(words[0]) if words else None,
        [_SUN.sub("", word) for word in words[1:] if word not in _ARTICLES],
    )
    if first is None or not rest:
        return None
    heard = {coarse_key("".join(map(write, rest))) for write in (in_arabic, by_rule)}
    likely: dict[str, tuple[float, str]] = {}
    for name, own in (pair for key in heard for pair in _by_sound().get((first, key), ())):
        told = unlikeliness(rest, own), name
        if told[0] <= _FARTHEST:
            place = places()[name][0].entity.entity_id
            likely[place] = min(likely.get(place, told), told)
    best = sorted(likely.values())[:2]
    return best[0][1] if best and (len(best) == 1 or best[1][0] - best[0][0] >= _FAR) else None


@cache
def _words() -> dict[str, str]:
    return {latin: row["arabic"] for row in rows("latin_toponyms.tsv") for latin in row["latin"].split("|")}


@cache
def _by_sound() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Collect the places that begin with such a word, written apart or not, by it and by the sound of the rest."""
    table: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name in places():
        for word in set(_words().values()):
            rest = [bare(part) for part in name.removeprefix(word).split()] if name.startswith(word) else []
            if len("".join(rest)) > 1 and not (word == _MOTHER and is_given(rest[0])):  # "Umm Ahmad" is somebody
                table.setdefault((word, coarse_key("".join(rest))), []).append((name, " ".join(rest)))
    return table
