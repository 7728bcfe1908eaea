"""Judge whether Latin letters spell the known name that they were heard as: most words that sound so mean nothing."""

import re
from collections.abc import Sequence

from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.latin import in_arabic, is_listed
from pipelines.core.entities.latin_spelling import spelling_cost
from pipelines.core.entities.name_words import bare, is_given
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.places.setting import league
from pipelines.core.entities.sounds import coarse_key
from pipelines.core.entities.tables import BY_HAND, Known

_TOWN = 30_000
_FEWEST, _SHORTEST = 4, 5
"""Consonants that a small place must have, and letters that a single word must."""
_AS_ARABS, _AS_LARGE, _AS_SMALL, _AS_BODY, _AS_PERSON = 1.6, 1.25, 0.8, 0.6, 1.2
"""How unlikely a letter may be on average (`spelling_cost`), behind an Arab article and for what sort of name."""
_FAMILY_FIRST = re.compile(r"^([A-ZÀ-Þ][A-ZÀ-Þ'’-]{3,}) ([A-ZÀ-Þ][a-zß-ÿ-]+)$")
"""As officials of the Maghreb and of France are listed: "MOKRANE Farouk"."""
_ARTICLES = frozenset(("al", "el", "ad", "an", "ar", "as", "ash", "at", "az"))


def unlikeliness(words: Sequence[str], arabic: str) -> float:
    """Return how unlikely words in plain Latin letters are as a spelling of an Arabic name, a letter.

    >>> unlikeliness(["shalatin"], "الشلاتين") < 1 < unlikeliness(["centre"], "القنطرة")
    True
    """
    token, name = "".join(words), fold_name(arabic)
    spelt = {"".join(map(bare, name.split())), name.replace(" ", "")}
    return min(spelling_cost(token, one) for one in spelt if one) / max(len(token), 1)


def is_place_spelt(words: Sequence[str], name: str, place: Known, arab: bool) -> bool:
    """Tell whether words spell the name of a place: a town of the Arab world, if small of sounds enough, or a country.

    `arab` says that they stand behind an Arabic article.
    """
    cost = unlikeliness(words, name)
    ours = place.entity.country in league()
    large = place.kind not in ("city", "admin1") or place.population == BY_HAND
    if arab and ours:
        return cost <= _AS_ARABS
    if large or (ours and place.population >= _TOWN):
        return cost <= _AS_LARGE and len("".join(words)) >= _SHORTEST
    return ours and cost <= _AS_SMALL and len(coarse_key(bare(fold_name(name)))) >= _FEWEST


def is_word_spelt(word: str, written: str, kind: str, arab: bool) -> bool:
    """Tell whether a word spells what is known by an Arabic one, a place, body or person by its type."""
    if kind == "LOC":
        bearers = names().get(written, {}).get("LOC") or names().get(f"ال{written}", {}).get("LOC", ())
        return bool(bearers) and not is_given(written) and is_place_spelt([word], written, bearers[0], arab)
    if kind == "PER" and is_listed(word):
        return True
    limit = {"PER": _AS_PERSON, "ORG": _AS_BODY if len(word) >= _SHORTEST else 0.0}.get(kind, 0.0)
    return unlikeliness([word], written) <= limit


def has_arab_article(name: str) -> bool:
    """Tell whether a name in Latin letters begins with an Arabic article.

    >>> has_arab_article("Al-Durayhimi"), has_arab_article("Almaty")
    (True, False)
    """
    return name.lower().replace("-", " ").partition(" ")[0] in _ARTICLES and len(name.replace("-", " ").split()) > 1


def given_first(name: str) -> str | None:
    """Return a name whose family is written first, in capitals, with its given name first; None for any other.

    >>> given_first("ZEROUALI Tarek"), given_first("NATO Summit"), given_first("Tarek ZEROUALI")
    ('Tarek ZEROUALI', None, None)
    """
    turned = _FAMILY_FIRST.match(name)
    return f"{turned[2]} {turned[1]}" if turned and is_given(in_arabic(turned[2])) else None
