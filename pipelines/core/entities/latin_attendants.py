"""Read in Latin letters who advises or speaks for the holder of an office: "adviser to the president"."""

from collections.abc import Mapping, Sequence

_ATTENDANTS = {
    **dict.fromkeys(("adviser", "advisor", "conseiller", "conseillere", "asesor", "asesora", "berater"), "مستشار"),
    **dict.fromkeys(("spokesman", "spokesperson", "spokeswoman", "porte parole", "portavoz"), "المتحدث باسم"),
}
_LINKS = frozenset(("to", "of", "for", "the", "de", "du", "de la", "la", "le", "l", "del", "des", "s"))
_NOUNS = {"presidential": "president", "presidentiel": "president", "royal": "king", "princely": "prince"}
_LEADERS = frozenset(("رئيس", "ملك", "أمير", "سلطان", "مستشار", "مفتي"))
"""Offices that are said with the article behind another."""
_MOST = 2


def attendant_of(words: Sequence[str], offices: Mapping[str, str]) -> str | None:
    """Return in Arabic whose attendant plain Latin words say that somebody is, of some offices, or None.

    >>> offices = {"president": "رئيس", "prime minister": "رئيس الوزراء"}
    >>> attendant_of("adviser to the president".split(), offices), attendant_of(["prime", "minister"], offices)
    ('مستشار الرئيس', None)
    """
    told = [_NOUNS.get(word, word) for word in words if word not in _LINKS]
    for size in range(1, min(_MOST, len(told) - 1) + 1):
        for attendant, rest in ((told[:size], told[size:]), (told[-size:], told[:-size])):
            whose = offices.get(" ".join(rest))
            role = _ATTENDANTS.get(" ".join(attendant))
            if role and whose and _holds(whose):
                return f"{role} ال{whose}" if whose in _LEADERS else f"{role} {whose}"
    return None


def _holds(office: str) -> bool:
    """Tell the office of one who leads from a body and from another attendant's."""
    return office in _LEADERS or office.startswith(("رئيس ", "وزير ", "ولي ", "نائب ", "قائد "))
