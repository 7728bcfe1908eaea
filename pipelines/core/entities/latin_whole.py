"""Say in Arabic what a whole name in Latin letters is the title of: a place, a body, an office, a group of people."""

import re
from collections.abc import Iterator, Sequence

from pipelines.core.entities.courtesies import without_latin_courtesies, without_latin_honour
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.latin import plain_latin
from pipelines.core.entities.latin_bodies import arabic_body
from pipelines.core.entities.latin_features import arabic_feature, arabic_leader
from pipelines.core.entities.latin_groups import arabic_group, listed_group
from pipelines.core.entities.latin_lexicon import common_words
from pipelines.core.entities.latin_marks import spell_out
from pipelines.core.entities.latin_phrases import arabic_phrase
from pipelines.core.entities.latin_titles import arabic_title
from pipelines.core.entities.latin_toponyms import arab_toponym
from pipelines.core.entities.names import name_key

_ELIDED = re.compile(r"\b[dD]['’](?=\w)")
_CODE = re.compile("[A-Z]{3}")
_ARTICLES = frozenset(("the", "le", "la", "les", "los", "las", "die", "der", "das"))


def latin_words(name: str) -> list[str]:
    """Return the words of a name in plain Latin letters, without an article before them.

    >>> latin_words("L'armée d'Israël"), latin_words("The Hague")
    (['larmee', 'de', 'israel'], ['hague'])
    """
    plain = plain_latin(_ELIDED.sub("de ", name)).split()
    return plain[1:] if len(plain) > 1 and plain[0] in _ARTICLES else plain


def heard_words(name: str) -> list[str]:
    """Return the words of a name with its marked letters as they sound.

    >>> heard_words("Kemal Çetinkaya"), heard_words("Necmettin Erbakan")
    (['kemal', 'chetinkaya'], ['necmettin', 'erbakan'])
    """
    return latin_words(spell_out(name))


def arabic_whole(name: str) -> str | None:
    """Return the Arabic name that a name in Latin letters as a whole leads to, or None.

    >>> [arabic_whole(name) for name in ("El-Obeid", "the Hague", "Basra province", "Syrian refugees", "John Smith")]
    ['الأبيض السودانية', 'لاهاي', 'محافظة البصره', 'لاجئون من سوريا', None]
    """
    return next(filter(None, _readings(name)), None) if not _is_code_of_town(name) else None


def _is_code_of_town(name: str) -> bool:
    """Tell the three letters of an airport's code from a name: the sources give "BNA" to Nashville."""
    title = arabic_title(plain_latin(name)) if _CODE.fullmatch(name.strip()) else None
    bearers = names().get(name_key(title), {}) if title else {}
    return set(bearers) == {"LOC"} and all(known.kind == "city" for known in bearers["LOC"])


def _company(words: Sequence[str]) -> str | None:
    """Return the known body that words name with what sort of company it is: "Samsung Electronics"."""
    title = arabic_title(" ".join(words[:-1])) if len(words) > 1 and words[-1] in common_words("company") else None
    return title if title and "ORG" in names().get(name_key(title), {}) else None


def _readings(name: str) -> Iterator[str | None]:
    """Yield what each way to read a name gives, the surest first, then without an honour before it."""
    yield from _as_it_stands(name)
    words = latin_words(name)
    if (less := without_latin_honour(words)) != words:
        yield from _as_it_stands(" ".join(less))


def _as_it_stands(name: str) -> Iterator[str | None]:
    yield arabic_title(plain_latin(name))
    yield arabic_title(plain_latin(name.replace("-", " ")))  # "El-Obeid"
    words = latin_words(name)
    told = without_latin_courtesies(words)
    yield arabic_title(" ".join(words))
    yield arabic_title(" ".join(told)) if len(told) > 1 else None
    yield _company(words)
    yield listed_group(words)
    yield arabic_phrase(words)
    yield arabic_phrase(plain_latin(name).split())
    yield arabic_body(words)
    yield arabic_leader(words)
    yield arabic_group(words)
    yield arab_toponym(words)
    yield arabic_feature(words)
