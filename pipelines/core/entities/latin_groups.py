"""Read groups of people in Latin letters: "Palestinian prisoners", "pêcheurs tunisiens", "migrants from Africa"."""

from collections.abc import Iterator, Sequence
from functools import cache

from pipelines.core.entities.gazetteer import kind_of, names
from pipelines.core.entities.latin_lexicon import common_words
from pipelines.core.entities.latin_phrases import nation_of
from pipelines.core.entities.latin_titles import arabic_title
from pipelines.core.entities.names import name_key
from pipelines.core.entities.nations import countries
from pipelines.core.entities.tables import rows

_LINKS = frozenset(("from", "of", "de", "du", "des", "d", "the", "les", "los", "las", "aus", "members"))
_LONGEST = 4


def arabic_group(words: Sequence[str]) -> str | None:
    """Return in Arabic what words in plain Latin letters say of a group of people and of whom it is, or None.

    >>> [arabic_group(name.split()) for name in ("palestinian prisoners", "soldats turcs", "john fisher")]
    ['أسرى من فلسطين', 'جنود من تركيا', None]
    >>> arabic_group("masked gunmen".split()), arabic_group("hamas fighters".split())
    ('مسلحون ملثمون', 'مقاتلون من حماس')
    """
    told = [word for word in words if word not in _LINKS] or list(words)
    for size in range(min(_LONGEST, len(told)), 0, -1):
        for group, rest in ((told[-size:], told[:-size]), (told[:size], told[size:])):
            arabic = _listed("group").get(" ".join(group)) or _listed("group").get(" ".join(_whole(words, group)))
            traits = list(_traits(rest)) if arabic else []
            if arabic and None not in traits:
                return " ".join((arabic, *filter(None, traits)))
    return None


def listed_group(words: Sequence[str]) -> str | None:
    """Return in Arabic the group of people that words in plain Latin letters are the usual name of, or None.

    >>> listed_group("university students".split()), listed_group("tunisian students".split())
    ('طلاب جامعيون', None)
    """
    return _listed("group").get(" ".join(words)) if len(words) > 1 else None


def _whole(words: Sequence[str], told: Sequence[str]) -> Sequence[str]:
    """Return the words from the first to the last of a group's, with the links between."""
    first, last = words.index(told[0]), len(words) - 1 - list(reversed(words)).index(told[-1])
    return words[first : last + 1]


def _traits(words: Sequence[str]) -> Iterator[str | None]:
    """Yield what is said of a group in Arabic, None where it is not known."""
    at = 0
    while at < len(words):
        size = next((size for size in range(len(words) - at, 0, -1) if _trait(words[at : at + size])), 0)
        yield _trait(words[at : at + size]) if size else None
        at += size or 1


def _trait(words: Sequence[str]) -> str | None:
    plain = " ".join(words)
    if trait := _listed("trait").get(plain):
        return trait
    country = nation_of(plain) or nation_of(plain.removesuffix("s"))
    if country:
        return f"من {countries()[country].name}"
    singular = (plain, plain.removesuffix("s"), f"{plain.removesuffix('ux')}l")  # "internationaux"
    if told := next(filter(None, map(common_words("adj").get, singular)), None):
        return f"{told[0]}ون"  # "military advisers"
    if (noun := common_words("noun").get(plain)) and plain not in _listed("group"):
        return noun[0]  # "oil workers"
    title = arabic_title(plain)
    body = title and (kind_of(name_key(title)) == "country" or "ORG" in names().get(name_key(title), {}))
    return f"من {title}" if body else None


@cache
def _listed(kind: str) -> dict[str, str]:
    """Load the words for groups, or for what is said of them (`latin_groups.tsv`)."""
    table = [row for row in rows("latin_groups.tsv") if row["kind"] == kind]
    listed = {latin: row["arabic"] for row in table for latin in row["latin"].split("|")}
    return {latin.replace(" d ", " de ").replace(" l ", " l"): arabic for latin, arabic in listed.items()} | listed
