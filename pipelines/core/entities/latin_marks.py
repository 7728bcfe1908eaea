"""Spell out what marks on Latin letters say of their sound, as each language has it: "Çetinkaya", "Kovačević"."""

import re
from collections.abc import Iterable

_TURKISH = (("ç", "ch"), ("ş", "sh"), ("c(?!h)", "j"), ("ğ", "gh"), ("ı", "i"))
_SLAVIC = (
    ("dž", "j"), ("č|ć", "ch"), ("š", "sh"), ("ž", "zh"), ("(?<![a-z])j|j(?=[aeiou])", "y"), ("c(?!h)", "ts"),
    ("đ", "dj"),
)  # fmt: skip
_POLISH = (
    ("sz|ś", "sh"), ("cz|ć", "ch"), ("rz|ż|ź", "zh"), ("w", "v"), ("c(?!h)", "ts"), ("j", "y"), ("ą", "on"),
    ("ę", "en"),
)  # fmt: skip
_GERMAN = (("(?<![a-z])j", "y"), ("w", "v"), ("ö", "oe"))
_ROMANIAN = (("ș|ş", "sh"), ("ț|ţ", "ts"))
_OTHERS = (("ñ", "ny"), ("ç", "s"), ("ã", "an"))
_WAYS = (
    (re.compile("[ışğ]"), _TURKISH),
    (re.compile("[łńśźżąę]"), _POLISH),
    (re.compile("[čćšžđ]"), _SLAVIC),
    (re.compile("[ăâșț]"), _ROMANIAN),
    (re.compile("[äöüß]"), _GERMAN),
    (re.compile("[ñçã]"), _OTHERS),
)
_SOMALI = (
    ("x", "h"),
    ("(?<![a-z])c(?=[aeiou])", ""),
    ("aa", "a"),
    ("ii", "i"),
    ("uu", "u"),
    ("ee", "ei"),
    ("oo", "o"),
)
_SIGNS = (
    "(?<![a-z])x(?!i[aeou])[aeiou]",
    "[aeou]x(?:[aeiou]|(?![a-z]))",
    "aa|ii|uu",
    "(?<![a-z])c[aiu][bdiln]",
)
_OF_SOMALIS = tuple(map(re.compile, _SIGNS))
_OF_TURKS = re.compile("ç(?=e|a|i|ö|o|u|ü)(?<![a-z]ç)")


def spell_out(name: str) -> str:
    """Return a name in Latin letters with its marked ones, and those that their language says otherwise, as they sound.

    >>> spell_out("Kemal Çetinkaya"), spell_out("Luka Jović"), spell_out("Lech Wałęsa"), spell_out("Jürgen Wolff")
    ('kemal chetinkaya', 'luka yovich', 'lech vałensa', 'yürgen volff')
    >>> spell_out("François Hollande"), spell_out("John Smith"), spell_out("Xasan Cali Maxamuud")
    ('fransois hollande', 'john smith', 'hasan ali mahamud')
    """
    plain = name.lower()
    if sum(sign.search(plain) is not None for sign in _OF_SOMALIS) > 1:
        return _written(plain, _SOMALI)
    ways = _TURKISH if _OF_TURKS.search(plain) else next((way for signs, way in _WAYS if signs.search(plain)), ())
    return _written(plain, ways)


def _written(name: str, ways: Iterable[tuple[str, str]]) -> str:
    for letters, sound in ways:
        name = re.sub(letters, sound, name)
    return name
