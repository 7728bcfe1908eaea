"""Give an office its usual name, masculine and singular, without its country."""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.core.entities.offices.words import canonical_roles, nouns, things
from pipelines.core.text.fold import fold_text

_AFFAIRS = ("شوون", "تكنولوجيا", "تقنيه", "حقوق", "كبار", "موارد")
"""What a minister may be over as well without an article: "وزير الاتصالات وتكنولوجيا المعلومات"."""
NONE = ("", "", False)
_SHORTEST = 5
_PARTIES = frozenset(("حزب", "حركة", "تيار", "جبهة", "ائتلاف", "تحالف", "كتلة"))
"""Who leads one is its president: "زعيم حزب العمال"."""


class Piece(NamedTuple):
    """A word behind the head: a noun, an adjective, a trait of the head itself or a name; `lead` stands before it."""

    kind: str
    text: str
    lead: str = ""


def name_role(lemma: str, pieces: Sequence[Piece], *, several: bool = False) -> tuple[str, str]:
    """Return the usual name of a role, and the only country it can be of.

    Where several hold it, each is over something else ("وزيري الداخلية والعدل").

    >>> name_role("نائب", [Piece("noun", "رئيس"), Piece("noun", "حكومة")])
    ('نائب رئيس الوزراء', '')
    >>> name_role("وزير", [Piece("noun", "هجرة"), Piece("noun", "مهجرين", "و")])
    ('وزير الهجرة', '')
    """
    lemma = "رئيس" if lemma == "زعيم" and pieces and pieces[0].text in _PARTIES else lemma
    pieces = pieces[:-1] if pieces and pieces[-1].kind == "link" else pieces
    joined = next((at for at, piece in enumerate(pieces) if piece.lead == "و" and not several), len(pieces))
    # A country has no two ministers of whom one is over what the other is over first.
    for told in (pieces, pieces[:joined]):
        if usual := _usual(_written(lemma, told)) or _usual_of_place(lemma, told):
            return usual
    return " ".join(_written(lemma, pieces[:joined])), ""


def _usual_of_place(lemma: str, pieces: Sequence[Piece]) -> tuple[str, str] | None:
    """Return the usual name of a role of a place: "عمدة لندن" is "رئيس بلدية لندن"."""
    named = next((at for at, piece in enumerate(pieces) if piece.kind == "name"), len(pieces))
    usual = _usual(_written(lemma, pieces[:named])) if named < len(pieces) else None
    if usual is None:
        return None
    *words, last = usual[0].split()
    return " ".join((*words, last.removeprefix("ال"), *(piece.text for piece in pieces[named:]))), usual[1]


def _written(lemma: str, pieces: Sequence[Piece]) -> list[str]:
    words = [lemma]
    for at, piece in enumerate(pieces):
        owns = any(one.kind in ("noun", "name") and not one.lead for one in pieces[at + 1 : at + 2])
        article = "ال" if piece.kind == "adjective" or (piece.kind == "noun" and not owns) else ""
        words.append(f"لل{piece.text}" if piece.lead == "لل" else f"{piece.lead}{article}{piece.text}")
    return words


def _usual(words: Sequence[str]) -> tuple[str, str] | None:
    for first in range(len(words)):
        usual, only = canonical_roles().get(fold_text(" ".join(words[first:])), ("", ""))
        if usual:
            before = " ".join(words[:first])
            return f"{before} {'' if ' ' in usual else 'ال'}{usual}" if before else usual, only
    return None


def split_noun(word: str, told: bool, indefinite: bool = False) -> tuple[str, str, bool]:
    """Return the letters before a noun that matter, the noun without its article, and whether it had one.

    Behind an indefinite noun "و" joins another ("وزير طاقة ومعادن إسبانيا").

    >>> split_noun("للقضاء", True), split_noun("لرييس", False), split_noun("والاثار", True)
    (('لل', 'قضاء', True), ('ل', 'رييس', False), ('و', 'اثار', True))
    """
    if word in nouns():
        return "", word, False
    if word.startswith("لل"):
        return "لل" if told else "ل", word[1:] if word[1:] in nouns() else word[2:], True
    for lead, prefix, definite in (("", "ال", True), ("و", "وال", True), ("و", "و", False), ("ل", "ل", False)):
        bare = word[len(prefix) :]
        known = bare in nouns() and (prefix != "و" or bare in _AFFAIRS or (indefinite and bare in things()))
        if word.startswith(prefix) and (known or (definite and not lead)):
            return lead, bare, definite
    return "", word, False


def joined_portfolio(word: str, agreed: bool) -> tuple[str, str, bool]:
    """Split what a minister is over as well, behind "و"; a word that is no known thing only where it is `agreed`.

    >>> joined_portfolio("والطرق", True), joined_portfolio("والطرق", False) == joined_portfolio("والسفير", True) == NONE
    (('و', 'طرق', True), True)
    """
    lead, bare, definite = split_noun(word, True)
    if lead == "و" and bare in things():
        return lead, bare, definite
    unknown = word.startswith("وال") and len(word) > _SHORTEST and word[3:] not in nouns()
    return ("و", word[3:], True) if agreed and unknown else NONE


def bare_noun(word: str) -> str:
    """Return a folded noun or adjective without what sticks to it.

    >>> bare_noun("للجيش")
    'جيش'
    """
    return split_noun(word, True)[1]


def write_noun(bare: str) -> str:
    """Write a folded noun that no table has: what ends in ه behind an article was ة.

    >>> write_noun("رقابه")
    'رقابة'
    """
    return bare[:-1] + "ة" if bare.endswith("ه") else bare
