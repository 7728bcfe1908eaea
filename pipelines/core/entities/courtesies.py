"""Take ranks and courtesies off the front of a person's name: they are no part of it."""

from collections.abc import Iterator, Sequence
from functools import cache

from pipelines.core.entities.lexicon import triggers
from pipelines.core.entities.names import RESOURCES
from pipelines.core.entities.nations import nisbas
from pipelines.core.entities.offices.words import asides

_LONGEST = 4
_FATHERS = frozenset(("بن", "بنت", "ولد"))
"""What stands behind a name: "الشيخة بنت يعقوب" is called so."""
_TITLES = frozenset(("office", "title"))


def without_courtesies(parts: Sequence[str]) -> list[str]:
    """Return the folded words of a name without what stands before it.

    >>> " ".join(without_courtesies("الجنرال دو كور دارمي عبد الفتاح الوراق".split()))
    'عبد الفتاح الوراق'
    >>> without_courtesies(["الشيخ", "احمد"]), without_courtesies(["الدكتور"])
    (['احمد'], ['الدكتور'])
    """
    return list(without_each(parts))[-1]


def without_each(parts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the words of a name as they stand, then without each of the courtesies before it.

    >>> [" ".join(left) for left in without_each("فضيله شيخ الازهر".split())]
    ['فضيله شيخ الازهر', 'شيخ الازهر', 'الازهر']
    """
    left = list(parts)
    yield left
    while size := _leading(left):
        left = left[size:]
        yield left


def without_rank(parts: Sequence[str]) -> list[str]:
    """Take off what may stand before a name and be a name itself ("نقيب"), where two words stay."""
    left = without_courtesies(parts)
    while len(left) > 2 and triggers().get(left[0]) in _TITLES:
        left = without_courtesies(left[1:])
    return left


def without_latin_courtesies(words: Sequence[str]) -> list[str]:
    """Return the words of a name in Latin letters without what stands before it.

    >>> without_latin_courtesies(["king", "abdullah"])
    ['abdullah']
    """
    left = list(words)
    while len(left) > 1 and left[0] in _listed("latin") | (_listed("latin_short") if len(left) > 2 else frozenset()):
        left = left[1:]
    return left


def _leading(parts: Sequence[str]) -> int:
    """Return how many of the first words are a rank or courtesy with a name behind; a nation may follow it."""
    for size in range(min(_LONGEST, len(parts) - 1), 1, -1):
        if " ".join(parts[:size]) in _listed("phrase"):
            return size
    if (
        len(parts) > 2
        and parts[0] in _listed("word")
        and (parts[1] in asides() or (parts[1].startswith("ال") and parts[1] in nisbas()))
    ):
        return 2
    return 1 if len(parts) > 1 and parts[0] in _listed("word") and parts[1] not in _FATHERS else 0


@cache
def _listed(kind: str) -> frozenset[str]:
    lines = (RESOURCES / "courtesies.tsv").read_text("utf-8").splitlines()
    found = dict(line.split("\t") for line in lines[1:])
    return frozenset(found[kind].split("|" if kind == "phrase" else " "))
