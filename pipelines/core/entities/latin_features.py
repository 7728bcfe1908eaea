"""Read places in Latin letters that say of what kind they are: "Basra province", "camp de Jénine", "North Sinai"."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import dropwhile

from pipelines.core.entities.latin import in_arabic
from pipelines.core.entities.latin_lexicon import common_words
from pipelines.core.entities.latin_nearest import by_rule
from pipelines.core.entities.latin_titles import arabic_title
from pipelines.core.entities.places.by_ear import find_place_by_ear
from pipelines.core.entities.tables import Known, rows

_OF = frozenset(("of", "de", "du", "des", "d", "the", "la", "le", "l", "al", "el", "at"))
_LONGEST = 3
_OF_PEOPLE = frozenset(
    ["جامعة", "مستشفى", "مسجد", "نادي", "شارع", "ملعب", "متحف", "نهر", "سجن", "قصر", "سوق", "جسر", "قبيلة"]
)
"""What is named after people and things too: "Rio Ferdinand" is no river."""
_TELLING = frozenset(
    ("مخيم", "محافظة", "حي", "مطار", "قاعدة", "جامعة", "مستشفى", "مسجد", "نادي", "شارع", "سجن", "ملعب")
)
"""What is called so is a place or body, whether it is known or not."""


def arabic_feature(words: Sequence[str]) -> str | None:
    """Return in Arabic what words in plain Latin letters say of a place and its kind, or None.

    >>> [arabic_feature(name.split()) for name in ("basra province", "camp de jenine", "north sinai", "john sea")]
    ['محافظة البصره', 'مخيم جنين', 'شمال سيناء', None]
    """
    for feature, own in _splits(words):
        if name := arabic_title(" ".join(own)):
            return name if name.startswith(feature) else f"{feature} {name}"
        if feature not in _OF_PEOPLE and (place := hear_place(own)):
            return f"{feature} {place.entity.name}"
        if feature in _TELLING and not _OF.intersection(own[1:]):
            return f"{feature} {in_arabic(' '.join(('al', *own)))}"  # an Arab's name
    return None


def arabic_leader(words: Sequence[str]) -> str | None:
    """Return in Arabic who words in plain Latin letters say to lead a hospital, a university and the like, or None.

    >>> arabic_leader("director of shifa hospital".split()), arabic_leader("john smith".split())
    ('مدير مستشفى شيفا', None)
    """
    for size in range(min(_LONGEST, len(words) - 2), 0, -1):
        for office, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            led = list(dropwhile(_OF.__contains__, rest))
            role = common_words("office").get(" ".join(office), ()) if len(led) > 1 else ()
            body = arabic_feature(led) if role else None
            if body and body.partition(" ")[0] in _OF_PEOPLE:
                return f"{role[0]} {body}"
    return None


def hear_place(words: Sequence[str]) -> Known | None:
    """Return the place of the Arab world that plain Latin letters sound like."""
    heard = (in_arabic(" ".join(words)), " ".join(map(by_rule, words)))
    return next(filter(None, map(find_place_by_ear, heard)), None)


def _splits(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the kind that stands before a place's own name, or behind it, in Arabic, and that name."""
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        before, behind = _features().get(" ".join(words[:size])), _features().get(" ".join(words[-size:]))
        own = list(words[size:])
        while own and own[0] in _OF:
            own = own[1:]
        if before and own:
            yield before, own
        if behind:
            yield behind, words[:-size]


@cache
def _features() -> dict[str, str]:
    return {latin: row["arabic"] for row in rows("latin_features.tsv") for latin in row["latin"].split("|")}
