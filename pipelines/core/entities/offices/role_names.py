"""Give an office its usual name, masculine and singular, without its country."""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.core.entities.offices.words import canonical_roles, nouns, things
from pipelines.core.text.fold import fold_text

_AFFAIRS = "شوون"


class Piece(NamedTuple):
    """A word behind the head: a noun, an adjective, a trait of the head itself or a name; `lead` stands before it."""

    kind: str
    text: str
    lead: str = ""


def name_role(lemma: str, pieces: Sequence[Piece]) -> tuple[str, str]:
    """Return the usual name of a role, and the only country it can be of.

    >>> name_role("نائب", [Piece("noun", "رئيس"), Piece("noun", "حكومة")])
    ('نائب رئيس الوزراء', '')
    """
    words = [lemma]
    pieces = pieces[:-1] if pieces and pieces[-1].kind == "link" else pieces
    for at, piece in enumerate(pieces):
        owns = any(one.kind in ("noun", "name") and not one.lead for one in pieces[at + 1 : at + 2])
        article = "ال" if piece.kind == "adjective" or (piece.kind == "noun" and not owns) else ""
        words.append(f"لل{piece.text}" if piece.lead == "لل" else f"{piece.lead}{article}{piece.text}")
    for first in range(len(words)):
        usual, only = canonical_roles().get(fold_text(" ".join(words[first:])), ("", ""))
        if usual:
            before = " ".join(words[:first])
            return f"{before} {'' if ' ' in usual else 'ال'}{usual}" if before else usual, only
    return " ".join(words), ""


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
        known = bare in nouns() and (prefix != "و" or bare == _AFFAIRS or (indefinite and bare in things()))
        if word.startswith(prefix) and (known or (definite and not lead)):
            return lead, bare, definite
    return "", word, False


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
