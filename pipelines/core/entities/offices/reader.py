"""Read the words of one office: what it is over, of which country or body, and whether it is held no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.nations import countries
from pipelines.core.entities.offices.bodies import is_spelt_out
from pipelines.core.entities.offices.chiefs import chief_of, without_kind
from pipelines.core.entities.offices.phrase import Named, Phrase
from pipelines.core.entities.offices.role_names import NONE, Piece, joined_portfolio, name_role, split_noun, write_noun
from pipelines.core.entities.offices.words import (
    Head,
    adjectives,
    asides,
    lemmas,
    nations,
    nouns,
    small_words,
    state_nouns,
)
from pipelines.core.text.document import Token

_LONGEST, _PORTFOLIO = 12, 6
_SEVERAL = ("ون", "ين", "ان", "ات")
SHORTEST = 5


@dataclass(slots=True)
class Reading:
    """An office being read. `open`: its last noun waits for an owner; `closed`: its owner is named."""

    tokens: Sequence[Token]
    named: Mapping[int, Named]
    head: Head
    open: bool
    closed: bool = False
    pieces: list[Piece] = field(default_factory=list)
    country: str | None = None
    organisation: Entity | None = None
    body: Entity | None = None
    after: str = ""

    def step(self, at: int) -> int:
        """Take in what stands at a token; return how many tokens that took, 0 where the office ends before it."""
        named = self.named.get(at)
        if named and named.mention.type == "PER":
            return 0
        word = self.tokens[at].folded
        return self._nation(at, word) or (self._name(named, at) if named else 0) or self._word(at, word)

    def _nation(self, at: int, word: str) -> int:
        if self.open or not word.startswith("ال"):
            return 0
        two = f"{word} {self.tokens[at + 1].folded}" if at + 1 < len(self.tokens) else ""
        size = 2 if two in nations() else 1
        nation = nations().get(two if size == 2 else word)
        if self.closed:  # "رئيس الكنيست الإسرائيلي" says no more than without it
            return size if nation and self.organisation and nation.country == self.organisation.country else 0
        if nation is None or not self._agrees(word):
            return 0
        if nation.type == "ORG":
            self.organisation = self.body = nation
        self.country, self.closed = nation.country, True
        return size

    def _agrees(self, word: str) -> bool:
        """Tell an adjective from a country that stands behind ("زار الرئيس السعودية")."""
        if word.endswith(_SEVERAL) and not self.head.many:
            return any(piece.text.endswith(_SEVERAL[:2]) for piece in self.pieces[-1:])  # "نقيب الصحفيين المصريين"
        feminine = word.endswith("يه")
        if not any(piece.kind == "noun" for piece in self.pieces):
            return self.head.many or feminine == self.head.feminine
        minister = self.head.lemma == "وزير" and not self.head.feminine
        return not (minister and feminine and "LOC" in names().get(word, {}))

    def _name(self, named: Named, at: int) -> int:
        entity, place = named.mention.entity, named.mention.entity.country
        fits = named.prefix == "ل" or (self.open and not named.prefix and named.mention.type != "MISC")
        if self.closed or not fits:
            return 0
        if entity.type == "LOC" and place and entity.entity_id == countries()[place].entity_id:
            if named.prefix and "إلى" in self.head.options:
                self.pieces.append(Piece("to", entity.name, "إلى "))
            else:
                self.country = place
                self.pieces = [piece for piece in self.pieces if piece.text not in ("جمهورية", "دولة")]
        elif entity.type == "ORG":
            if is_spelt_out(self.tokens, at, named):
                self.body = entity
                return 0
            self.country, self.organisation, self.body = place, entity, entity
            self.pieces = without_kind(self.pieces)
        elif entity.type == "LOC" and named.mention.type != "MISC":
            self.pieces.append(Piece("name", entity.name))
            self.country = place
        else:
            return 0
        self.open, self.closed = False, True
        return named.last - at

    def _word(self, at: int, word: str) -> int:
        if word in asides() and not self.open:
            self.after = self.after or asides()[word]
            return 1
        if word in ("باسم", "بلسان") and "باسم" in self.head.options:
            self.pieces.append(Piece("link", "باسم"))
            self.open = True
            return 1
        if self.closed or word in ("الي", "لدي", "في"):
            return self._mission(at, word)
        return self._adjective(word) or self._noun(at, word)

    def _mission(self, at: int, word: str) -> int:
        """Read to whom an envoy is sent: "لدى العراق", "للعراق"; a capital stands for its country."""
        link = next((option for option in self.head.options if option in ("إلى", "لدى")), "")
        joined, behind = self.named.get(at), self.named.get(at + 1)
        if not (joined and joined.prefix in ("ل", "ب")):
            joined = behind if behind and not behind.prefix and word in ("الي", "لدي", "في") else None
        if not link or joined is None or self.head.many or joined.mention.entity.type not in ("LOC", "ORG"):
            return 0
        entity = joined.mention.entity
        if entity.type == "ORG" and self.head.lemma == "سفير":
            self.head = self.head._replace(lemma="مندوب")
        host = countries()[entity.country] if entity.type == "LOC" and entity.country else entity
        self.pieces.append(Piece("to", host.name, f"{link} "))
        self.closed = True
        return joined.last - at

    def _adjective(self, word: str) -> int:
        trait = not any(piece.kind in ("noun", "link") for piece in self.pieces)
        if trait and self.open and (self.head.definite or self.pieces):
            return 0
        bare = word[2:] if word.startswith("ال") else word
        known = adjectives().get(bare)
        if trait and known and (bare == word) == self.open:
            self.pieces.append(Piece("trait", known.removesuffix("ة")))
            return 1
        if trait or self.open or bare == word:
            return 0
        if known is None and not (word.endswith(("ي", "يه")) and len(word) >= SHORTEST):
            return 0
        if known is None and (word in small_words("stop") or word in nations()):
            return 0
        self.pieces.append(Piece("adjective", known or write_noun(bare)))
        return 1

    def _noun(self, at: int, word: str) -> int:
        if word.startswith("بال") and word in nouns():
            self.pieces.append(Piece("trait", nouns()[word]))
            return 1
        lead, bare, definite = split_noun(word, any(piece.kind == "noun" for piece in self.pieces), self.open)
        known = nouns().get(bare)
        if word[0] == "و" and not self.open:
            behind = (token.folded for token in self.tokens[at + 1 : at + _PORTFOLIO])
            definite_ones = takewhile(lambda one: one.startswith(("ال", "وال")), behind)
            agreed = any(one in nations() and self._agrees(one) for one in definite_ones)
            lead, bare, definite = joined_portfolio(word, agreed) if self.head.lemma == "وزير" and self.pieces else NONE
            if not bare:
                return 0
        elif (not lead and not self.open) or (known is None and (not definite or len(word) < SHORTEST or lead)):
            return 0
        self.pieces.append(Piece("noun", known or write_noun(bare), "" if lead == "ل" else lead))
        self.open = not definite
        return 1

    def phrase(self, first: int, last: int) -> Phrase | None:
        """Close the phrase; None where it does not say enough to be an office."""
        told = [piece.text for piece in self.pieces if piece.kind != "to"]
        bare = not told and self.organisation is None
        alone = "deputy" in self.head.options and not bare and not any(word in lemmas() for word in told)
        if alone or (self.open and not self.closed):
            return None
        role, only = name_role(self.head.lemma, self.pieces, several=self.head.many)
        role = role if self.head.many else chief_of(role, self.organisation)
        if self.after:
            role = f"{role} {'ال' if ' ' in role else ''}{self.after}"
        stately = any(word in state_nouns() for word in told) and all(word in nouns().values() for word in told)
        return Phrase(first, last, self.head, role, bare, only or self.country, self.organisation, self.body, stately)


def read_office(
    tokens: Sequence[Token], named: Mapping[int, Named], first: int, stop: int, head: Head
) -> Phrase | None:
    """Read the office that begins with a head at token `first`, in a sentence that ends before token `stop`.

    >>> from pipelines.core.entities.offices.words import heads
    >>> from pipelines.core.text.document import read_document
    >>> tokens = read_document("body", "قال وزير الشؤون الخارجية التونسي السابق أمس").tokens
    >>> phrase = read_office(tokens, {}, 1, 7, heads()["وزير"])
    >>> phrase.last, phrase.role, phrase.country
    (6, 'وزير الخارجية السابق', 'TN')
    """
    reading = Reading(tokens, named, head, not head.definite)
    at, end = first + 1, min(stop, first + _LONGEST)
    while at < end and (size := reading.step(at)):
        at += size
    return reading.phrase(first, at)
