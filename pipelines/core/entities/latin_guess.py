"""Write a word in Latin letters that is nobody's known name as the Arabic word that it most likely spells."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from math import log

from pipelines.core.entities.latin_spelling import LONGEST, written_as
from pipelines.core.entities.lexicon import name_parts, press_names
from pipelines.core.entities.name_words import bare, family_names, given_names

_UNLIKELY, _WIDEST = 5.0, 12
_LETTERS, _SEEN, _WEIGHT = 10.0, 0.3, 6.0
State = tuple[float, str]


def guess_word(token: str, arab: bool) -> str | None:
    """Return the likeliest Arabic word: how its letters are written, and how letters follow each other in names.

    `arab` says whether in names of Arabs or in all. Of each length, 12 beginnings are searched further.

    >>> guess_word("guetati", True), guess_word("kovalenko", False)
    ('قطاطي', 'كوفالينكو')
    """
    costs = _costs(arab)
    beginnings: list[dict[str, State]] = [{} for _ in range(len(token) + 1)]
    beginnings[0]["^"] = 0.0, ""
    for start in range(len(token)):
        states = sorted(beginnings[start].items(), key=lambda pair: pair[1])[:_WIDEST]
        for end in range(start + 1, min(start + LONGEST, len(token)) + 1):
            ended, found = end == len(token), beginnings[end]
            for letter, step in _letters(token[start:end], start == 0, ended):
                for last, (cost, word) in states:
                    letters = last + letter
                    whole = cost + step + costs[letters] + (costs[letters[-2:] + "$"] if ended else 0.0)
                    state = found.get(letters[-2:])
                    if state is None or whole < state[0]:
                        found[letters[-2:]] = whole, word + letter
    return min(beginnings[-1].values())[1] if beginnings[-1] else None


def _letters(written: str, first: bool, last: bool) -> Iterable[tuple[str, float]]:
    """Give the Arabic letters that may be written so, with what each costs, at a word's begin, end or within."""
    return _inverse().get((written, first, last), ())


@cache
def _inverse() -> dict[tuple[str, bool, bool], list[tuple[str, float]]]:
    table: dict[tuple[str, bool, bool], list[tuple[str, float]]] = {}
    for marked, ways in written_as().items():
        key = marked.startswith("^"), marked.endswith("$")
        for written, cost in ways.items():
            if written and cost < _UNLIKELY:
                table.setdefault((written, *key), []).append((marked.strip("^$"), cost))
    return table


class _Costs(dict[str, float]):
    """How unlikely the last of two or three letters is behind those before it: -log of a smoothed share."""

    def __init__(self, counts: Counter[str]) -> None:
        self._counts = counts

    def __missing__(self, letters: str) -> float:
        counts = self._counts
        after_one, of_one = counts[letters[-2:]], counts[letters[-2] + "*"]
        share = (after_one + _SEEN) / (of_one + _LETTERS)
        if len(letters) > 2:
            share = (counts[letters] + _WEIGHT * share) / (counts[letters[:-1] + "*"] + _WEIGHT)
        self[letters] = -log(share)
        return self[letters]


@cache
def _costs(arab: bool) -> _Costs:
    return _Costs(_follow(arab))


def _follow(arab: bool) -> Counter[str]:
    """Count the pairs and triples of letters in names, and under "*" what stands before their last."""
    names = {*given_names(), *family_names()} if arab else {*press_names(), *map(bare, name_parts())}
    counts: Counter[str] = Counter()
    for name in names:
        word = f"^{name}$"
        for size in (2, 3):
            pieces = [word[at : at + size] for at in range(len(word) - size + 1)]
            counts.update(pieces)
            counts.update([piece[:-1] + "*" for piece in pieces])
    return counts
