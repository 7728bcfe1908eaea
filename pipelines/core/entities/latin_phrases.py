"""Read offices and bodies of a country in Latin letters: "Jordanian foreign minister", "Central Bank of Egypt"."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pipelines.core.entities.gazetteer import kind_of, names
from pipelines.core.entities.latin_attendants import attendant_of
from pipelines.core.entities.latin_features import arabic_feature
from pipelines.core.entities.latin_titles import arabic_title
from pipelines.core.entities.names import name_key
from pipelines.core.entities.nations import countries
from pipelines.core.entities.tables import Known, rows

_ENGLISH = ("of", "the", "for", "to", "in", "a", "s")
_OTHER = (
    "de", "du", "des", "la", "le", "l", "d", "en", "au", "aux", "dans", "del", "el", "von", "vom", "der", "di", "van",
)  # fmt: skip
_LINKS = frozenset(_ENGLISH + _OTHER)
_LONGEST = 4
_SENT, _MISSIONS = (
    frozenset(("to", "in", "for", "a", "au", "en", "aux", "pour", "aupres")),
    {"سفير": "لدى", "مبعوث": "إلى", "مندوب": "لدى", "السفارة": "", "القنصلية": "", "القائم بالأعمال": "لدى"},
)
_OF_COUNTRIES = frozenset(("ملك", "ملكة", "أمير", "سلطان", "إمبراطور"))
"""What people are called too: "Florence King" is no king of Florence."""
_FORMER = frozenset(("former", "ex", "ancien", "ancienne", "previous"))
_OVER_BODIES = {
    **dict.fromkeys(("head", "chief", "chair", "chairman", "chairwoman", "chef"), "رئيس"),
    **dict.fromkeys(("speaker", "boss", "patron", "political chief", "chef politique"), "رئيس"),
    **dict.fromkeys(("coach", "head coach", "manager", "entraineur"), "مدرب"),
    **dict.fromkeys(("commander", "commandant"), "قائد"),
    **dict.fromkeys(("leader", "dirigeant"), "زعيم"),
}
"""Who is called so is it of a body: a "chef libanais" cooks."""
_GOVERNORS = {
    **dict.fromkeys(("SD", "DZ", "TN", "MA", "MR", "TR"), "والي"),
    **dict.fromkeys(("US", "AE", "NG", "MX", "RU", "IN"), "حاكم"),
    "SA": "أمير",
}
_DEPUTIES = {"deputy": "نائب", "vice": "نائب", "assistant": "مساعد"}


def arabic_phrase(words: Sequence[str]) -> str | None:
    """Return in Arabic what words in plain Latin letters say of an office or body and its country or body, or None.

    >>> arabic_phrase("jordanian foreign minister".split()), arabic_phrase("prime minister of lebanon".split())
    ('وزير الخارجية في الأردن', 'رئيس الوزراء في لبنان')
    >>> arabic_phrase("un secretary general".split()), arabic_phrase("gregory henderson".split())
    ('الأمين العام للأمم المتحدة', None)
    >>> arabic_phrase("ministre senegalais de la defense".split())
    'وزير الدفاع في السنغال'
    """
    if len(words) > 1 and words[0] in _FORMER:
        held, link, country = (arabic_phrase(words[1:]) or "").partition(" في ")
        return f"{held} السابق{link}{country}" if held else None
    if words and (sent := _sent(words)):
        return sent
    if words and (body := _body_of_nation(words)):
        return body
    for role, owner in _splits(words):
        arabic = arabic_role(role)
        whose = _owner(owner, arabic) if arabic else None
        if whose and " ".join(role) in _OVER_BODIES and not _is_body(whose):
            continue
        if arabic and whose:
            if whose.startswith("للجيش ") and arabic.endswith(" الجيش"):  # "chief of staff of the Turkish army"
                return f"{arabic} {whose.removeprefix('للجيش ')}"
            return f"{_of_division(arabic, whose)} {whose}"
    return None


def _of_division(role: str, whose: str) -> str:
    """Call a governor as his country does: "governor of Khartoum" is "والي الخرطوم"."""
    place = _bearers(whose).get("LOC", ()) if role == "محافظ" else ()
    return _GOVERNORS.get(place[0].entity.country or "", role) if place else role


def _body_of_nation(words: Sequence[str]) -> str | None:
    """Read a body that is said to be its country's: "Israeli Mossad"."""
    title = arabic_title(" ".join(words[1:])) if words[0] in _demonyms() else None
    bodies = _bearers(title).get("ORG", ()) if title else ()
    return title if any(one.entity.country == _demonyms()[words[0]] for one in bodies) else None


def _sent(words: Sequence[str]) -> str | None:
    """Read who is sent to a country: "US ambassador to Lebanon", "UN special envoy for Syria"."""
    if len(words) > 2 and words[-1] == "envoy" and words.count("envoy") == 1:  # "UN Yemen envoy"
        ends = [*words[:1], "envoy", "to", *words[1:-1]], [*words[:2], "envoy", "to", *words[2:-1]]
        return next(filter(None, map(_sent, ends)), None)
    at = next((at for at in range(len(words) - 2, 1, -1) if words[at] in _SENT), 0)
    head = arabic_phrase(words[:at]) if at else None
    link = next((link for role, link in _MISSIONS.items() if head and head.startswith(role)), None)
    host = _owner(_trim(words[at + 1 :]), "ال" if link == "" else "") if link is not None else None
    return " ".join(f"{head} {link} {host}".split()) if host else None


def arabic_role(words: Sequence[str]) -> str | None:
    """Return the office or body in Arabic, a deputy's too: "deputy foreign minister"."""
    arabic = latin_roles().get(" ".join(words)) or _OVER_BODIES.get(" ".join(words))
    if (
        arabic is None
        and len(words) > 1
        and words[0] in _DEPUTIES
        and (whose := latin_roles().get(" ".join(words[1:])))
    ):
        return f"{_DEPUTIES[words[0]]} {whose}"
    return arabic or attendant_of(words, latin_roles())


def _splits(words: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield what may be the role, and whose it is: before it, behind or within ("ministre libanais de")."""
    for size in range(1, min(_LONGEST, len(words) - 1) + 1):
        yield _trim(words[size:]), words[:size]
        yield words[:-size] if words[-size - 1] not in _LINKS else _trim(words[:-size]), words[-size:]
    for at in range(1, len(words) - 1):
        if words[at] in _demonyms() or _is_country(words[at]):  # "speaker of Lebanon's parliament"
            yield [*words[:at], *words[at + 1 :]], words[at : at + 1]


def _is_country(word: str) -> bool:
    title = arabic_title(word)
    return title is not None and kind_of(name_key(title)) == "country"


def _is_body(name: str) -> bool:
    return "ORG" in _bearers(name)


def _bearers(name: str) -> Mapping[str, tuple[Known, ...]]:
    """Return who and what bears a name, by type."""
    return names().get(name_key(name), {})


def _trim(words: Sequence[str]) -> Sequence[str]:
    left = list(words)
    while left and left[0] in _LINKS:
        left = left[1:]
    while left and left[-1] in _LINKS:
        left = left[:-1]
    return left


def _owner(words: Sequence[str], role: str) -> str | None:
    """Return whose a role is, as it stands behind it: "في الأردن", "أبوظبي", "للأمم المتحدة"."""
    if all(word in _LINKS for word in words):  # "The President" is nobody's
        return None
    plain = " ".join(words)
    alone = not any(word.startswith("ال") for word in role.split(" "))  # "ملك", "ولي عهد"
    title = arabic_title(plain) or (arabic_title(plain[1:]) if plain.startswith("l") else None)  # "de l'ONU"
    if role.endswith(" باسم"):  # "White House spokesman"
        return title if title and _is_body(title) else None
    if plain in _demonyms():
        return ("" if alone else "في ") + countries()[_demonyms()[plain]].name
    title = title or arabic_feature(words)  # "North Darfur"
    found = _bearers(title) if title else {}
    place = next(iter(found.get("LOC", ())), None)
    if place and (place.kind == "country" or role not in _OF_COUNTRIES):
        return ("" if alone else "في ") + place.entity.name
    if title and "ORG" in found:
        return title if alone else f"لل{title[2:]}" if title.startswith("ال") else f"ل{title}"
    return None


@cache
def latin_roles() -> dict[str, str]:
    """Load the offices and bodies in Latin letters (`latin_offices.tsv`)."""
    return {latin: row["arabic"] for row in rows("latin_offices.tsv") for latin in row["latin"].split("|")}


def nation_of(plain: str) -> str | None:
    """Return the code of the country that an adjective in plain Latin letters speaks of.

    >>> nation_of("tunisienne"), nation_of("henderson")
    ('TN', None)
    """
    return _demonyms().get(plain)


@cache
def _demonyms() -> dict[str, str]:
    """Load the English and some French adjectives of nation, with the country's code."""
    table = {row["latin"]: row["country"] for row in rows("odbl/demonyms.tsv")}
    return {latin: country for latin, country in table.items() if country in countries()} | {
        latin: row["country"] for row in rows("latin_nations.tsv") for latin in row["latin"].split()
    }
