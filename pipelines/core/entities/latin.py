"""Write a name in Latin letters in Arabic ones, by a table of names, then by rules."""

import gzip
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from pipelines.core.cache_sizes import NAMES
from pipelines.core.entities.latin_nearest import fame_bonus, nearest_name
from pipelines.core.entities.latin_spelling import spelling_cost
from pipelines.core.entities.lexicon import name_parts, press_names
from pipelines.core.entities.name_words import first_names, given_names, is_family, is_foreign_word, is_given
from pipelines.core.entities.names import RESOURCES

_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "đ": "d", "œ": "oe", "ʿ": "", "ʾ": ""})
_APOSTROPHES = re.compile("['’‘`´ʻʼ.]")
_POSSESSIVE = re.compile(r"['’]s\b")
_LOOSE = re.compile("[^a-z0-9]+")
_ARTICLES = re.compile(
    r"\b(?:al|el|ar|as|ash|ad|an|at|az|ed|es|er)-(?=[a-z]{3})|\ba(?P<sun>sh|dh|th|[dnrstz])[ -](?=(?P=sun)[a-z]{3})"
)
_SERVANT = re.compile(
    "abd(?:(?:[aeiou]|ou)?l(?=[^l])|[aeu](?=[rsndzt][aeiol])|[aeu](?=(.)\\1)|[aeu]?l(?=lah$)|i(?=[rsndztkwfbgq][a-z]{3}))"
)
_CHINESE_X = re.compile("^x(?=[iu])")
_DUTCH_IJ = re.compile("ij(?=[b-df-hj-np-tv-z]|$)")
_HARD_C, _FATHER = re.compile("c(?=[aourlt])"), re.compile("ab(?:o|u|ou)(?=[a-z]{3})")
_TWICE = re.compile(r"l?[a-z]a(.)\1a")
_OF_FATIMA = re.compile("fatima?(?:-?ez)?z[ao]h?ra$")
_TWO = re.compile("(m[uo]hamm?[ae]d|ahm[ae]d|ali|hoss?ein|hussein|amir|mahdi|mehdi)([a-z]{4,})$")
_OF_GOD = re.compile("[aou]?llah$")
_OF_GUIDANCE = re.compile("[ae]lh(?:u|ou|oo)da$")
_ZADEH = re.compile(r"(?<=\w{3})(zade|nejad|nezhad)h?\b")
_OF_FAITH = re.compile("(?:[aeu]?dd?|[ae]l-?d)[ie]e?ne?$")
_RESPELT = (
    ("dj", "j"), ("ou", "u"), ("u", "ou"), ("ya", "ia"), ("iy", "y"), ("y", "i"), ("i", "y"), ("ee", "i"), ("oo", "u"),
    ("aa", "a"), ("ch", "sh"), ("sh", "ch"), ("q", "k"), ("k", "q"), ("dh", "d"), ("gu", "g"), ("e", "a"), ("o", "u"),
)  # fmt: skip
_FOREIGN_ENDS = {
    "shvili": "شفيلي", "chvili": "شفيلي", "schwili": "شفيلي", "adze": "ادزه", "vitch": "فيتش", "vich": "فيتش",
    "vic": "فيتش", "wicz": "فيتش", "witsch": "فيتش", "enko": "ينكو", "escu": "يسكو", "poulos": "بولوس",
    "oglu": "اوغلو", "tinou": "تينو", "schenko": "شينكو",
    "opoulou": "وبولو", "wald": "فالد", "witz": "فيتس",
}  # fmt: skip
"""How families of other peoples end, in the letters that the press writes them in."""
_FATIMA, _ZAHRA = ("فاطمه", "فاطم"), ("زهره", "زهرا", "زهراء", "زهري")
_FARTHEST, _JOINED, _SHORTEST_SON = 2.2, 6, 4
_ARAB = frozenset(("al", "el", "bin", "ben", "ibn", "abu", "abou", "abdel", "abdul", "abd", "bint", "ould"))


def plain_latin(name: str) -> str:
    """Fold a name in Latin letters: no accents, apostrophes or articles, small letters, single spaces.

    >>> plain_latin("Abdel Fattah Al-Sisi"), plain_latin("Mevlüt Çavuşoğlu"), plain_latin("As Suwayda")
    ('abdel fattah sisi', 'mevlut cavusoglu', 'suwayda')
    """
    bare = unicodedata.normalize("NFKD", name.lower().translate(_SPECIAL))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    bare = _ARTICLES.sub("", _APOSTROPHES.sub("", _POSSESSIVE.sub(" ", bare)).replace("‑", "-"))
    return " ".join(_LOOSE.sub(" ", bare).split())


def in_arabic(name: str) -> str:
    """Write a name in Latin letters in folded Arabic ones.

    >>> in_arabic("Abdelkader Ben Saleh"), in_arabic("Noureddine al-Khatib"), in_arabic("Gregory Henderson")
    ('عبدالقادر بن صالح', 'نورالدين خطيب', 'غريغوري هندرسون')
    """
    words: list[str] = []
    tokens = _ZADEH.sub(r" \1", plain_latin(name)).split()
    arab = any(token in _ARAB or _is_arabs(_word(token, False)) for token in tokens)
    for token in tokens:
        word = _served(token) if words[-1:] == ["عبد"] and token not in _particles() else _word(token, arab)
        word = "الهدي" if words[-1:] == ["نور"] and word == "هدي" else word
        if words and words[-1] in _FATIMA and word.removeprefix("ال") in _ZAHRA:
            words[-1], word = "فاطمه", "الزهراء"
        word = f"ال{word}" if words[-1:] == ["عبد"] and not word.startswith(("ال", "رب")) else word
        words += [word] * bool(word)
    return " ".join(words)


def is_listed(token: str) -> bool:
    """Tell whether a token in plain Latin letters is on the list of what people are called by."""
    return token in _table()


def _is_arabs(word: str) -> bool:
    return is_given(word) and not is_foreign_word(word)


@lru_cache(maxsize=NAMES)
def _word(token: str, arab: bool) -> str:
    if token in _particles() or _table().get(token, "").endswith("الدين"):  # "Mohieddin"
        return _particles().get(token, _table().get(token, ""))
    if _OF_FATIMA.match(token):
        return "فاطمه الزهراء"
    if (two := _TWO.match(token)) and is_given(other := _table().get(two[2], "")):
        return f"{_known(two[1], True)} {other}"  # "Ahmadreza"
    if servant := _SERVANT.match(token):
        rest = token[servant.end() :]
        return "عبدالله" if rest in ("lah", "llah", "ah", "la", "lla") else f"عبدال{_served(rest)}"
    for ending, word in ((_OF_GOD, "الله"), (_OF_FAITH, "الدين"), (_OF_GUIDANCE, "الهدي")):
        found = ending.search(token)
        if found and found.start() > 1 and (word == "الله" or found.start() > 2 or token.startswith("nur")):
            stem = token[: found.start()]
            return (_before_god(stem) if word == "الله" else _known(stem, True)) + word
    return _known(token, arab)


def _known(token: str, arab: bool) -> str:
    """Return the name that a token is the usual spelling of, else the one that it most likely spells."""
    found = next((_table()[spelt] for spelt in _respelt(token) if spelt in _table()), None)
    if found is not None:
        return found
    token = _DUTCH_IJ.sub("ei", _CHINESE_X.sub("sh", _HARD_C.sub("k", token)))
    ending = next((end for end in _FOREIGN_ENDS if token.endswith(end) and len(token) > len(end) + 2), None)
    if ending:
        return nearest_name(token.removesuffix(ending), False) + _FOREIGN_ENDS[ending]
    if token[:2] in ("al", "el") and len(token) >= _JOINED:
        name = _known(token[2:], True)
        if is_family(name) or name in given_names():
            return name  # "Alharbi", "Elnour"
        if arab and len(token) > _JOINED and token[2] not in "aeiouyl":
            return name  # "Almonthiri"
    if (
        arab
        and (servant := _FATHER.match(token))
        and (father := f"ابو{_known(token[servant.end() :], True)}") in press_names()
    ):
        return father  # "Abouzid"
    return _son(token, arab) or nearest_name(token.replace("dj", "j"), arab)


def _son(token: str, arab: bool) -> str | None:
    """Return a family of the Maghreb that is called somebody's son or father: "Benhaddad", "Boutefaha"."""
    link, rest = token[:3], token[3:]
    if len(rest) < _SHORTEST_SON or rest[0] in "aeiouy":
        return None
    if link in ("ben", "bin"):
        name = next((_table()[spelt] for spelt in _respelt(rest) if spelt in _table()), "")
        return f"بن{name}" if is_family(name) or _is_arabs(name) else None
    return f"بو{_known(rest, True)}" if link == "bou" and arab else None


def _respelt(token: str) -> Iterator[str]:
    """Yield a token as it stands, then in the ways that other countries spell it."""
    yield token
    for theirs, ours in _RESPELT:
        if theirs in token:
            yield token.replace(theirs, ours)


def _served(token: str) -> str:
    """Return whose servant a name says that somebody is, behind "abd"."""
    spelt = (token, f"l{token}") if token[0] in "aeiou" else (token,)  # "abdelatif"
    best = _FARTHEST * len(token), token
    for worth, word in _masters():
        for one in spelt:
            worse = (one != token) + (_TWICE.match(one) is not None and word[1:2] == "ا")  # "Razzaq" is not "رازق"
            best = min(best, (spelling_cost(one, word, best[0] + worth - worse) - worth + worse, word))
    return best[1] if best[0] < _FARTHEST * len(token) else _known(token, True)


@lru_cache(maxsize=1 << 10)
def _before_god(token: str) -> str:
    """Return what a name says that God gives, helps or is, before "allah": "ata", "nasr"."""
    likeliest = min(_god_given(), key=lambda word: (spelling_cost(token, word), word))
    return likeliest if spelling_cost(token, likeliest) < _FARTHEST * len(token) else _known(token, True)


@cache
def _god_given() -> list[str]:
    """Collect the words before "الله" in compound names."""
    given = (name for name in (*press_names(), *name_parts(), *first_names()) if name.endswith("الله"))
    names = {name.removesuffix("الله") for name in given if len(name) > len("الله") + 1}
    return sorted(name for name in names if not name.startswith("عبد"))


@cache
def _masters() -> list[tuple[float, str]]:
    names = {name for name in (*press_names(), *name_parts(), *first_names()) if name.startswith("عبدال")}
    known = ((fame_bonus(name, False), name.removeprefix("عبدال")) for name in names if len(name) > len("عبدال") + 1)
    return sorted(known, reverse=True)


@cache
def _particles() -> dict[str, str]:
    """Load the small words of names: links, articles, numbers (`latin_particles.tsv`)."""
    lines = (RESOURCES / "latin_particles.tsv").read_text("utf-8").splitlines()
    return {latin: arabic for arabic, spelt in (line.split("\t") for line in lines[1:]) for latin in spelt.split()}


@cache
def _table() -> dict[str, str]:
    """Load the usual Arabic spelling of names in Latin letters, those written by hand (`latin_words.tsv`) first."""
    lines = gzip.decompress((RESOURCES / "latin_names.tsv.gz").read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines[1:])
    own = (line.split("\t") for line in (RESOURCES / "latin_words.tsv").read_text("utf-8").splitlines()[1:])
    return {row[0]: row[1] for row in rows} | {latin: arabic for arabic, spelt in own for latin in spelt.split()}
