"""Describe words and known names to the tagger."""

from collections.abc import Sequence

from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.gazetteer import Hit, article, kind_of, scan
from pipelines.core.entities.lexicon import UNKNOWN, name_parts, triggers, words


def _company(mark: str, word: str) -> list[str]:
    known = words().get(word, UNKNOWN)
    return [f"{mark}k{known.coarse}", f"{mark}f{known.fine}"] if known.coarse >= 0 else [f"{mark}k?"]


def _shape(word: str) -> str:
    if word[0].isdigit():
        return f"d{min(len(word), 5)}"
    if not word[0].isalpha():
        return word
    return "l" if word[0].isascii() else f"a{min(len(word), 8)}"


def _bucket(word: str) -> str:
    return str(min(name_parts().get(word, 0), 4_000).bit_length() // 2)


def describe(word: str) -> list[str]:
    """Describe a folded word: its form, its parts, its neighbours in news, and what the tables know of it.

    >>> [feature for feature in describe("بالقاهره") if feature[:2] in ("s=", "g=", "c=")]
    ['g=capital', 's=القاهره', 'c=ب']
    """
    skip = proclitics(word)
    stem = article(word, skip)
    bare = stem[2:] if stem.startswith("ال") and len(stem) > 4 else stem
    trigger = triggers().get(stem) or triggers().get(bare) or "-"
    known = (f"g={kind_of(stem) or '-'}", f"t={trigger}", f"n={_bucket(stem)}", f"nb={_bucket(bare)}")
    form = (f"w={word}", f"s={stem}", f"b={bare}", f"c={word[:skip]}", f"h={_shape(word)}", f"al={bare != stem}")
    company = (*_company("", stem), *_company("b", bare), *_company("w", word))
    return [*known, *form, *company, *_affixes(bare)]


def _affixes(word: str) -> list[str]:
    return [part for size in (1, 2, 3, 4) for part in (f"<{size}{word[:size]}", f">{size}{word[-size:]}")]


def find_known(sentence: Sequence[str]) -> list[Hit]:
    """Find the known names in a sentence's folded words."""
    return scan(sentence, [proclitics(word) for word in sentence])


def known_names(size: int, hits: Sequence[Hit]) -> list[str]:
    """Mark each of `size` words that stands in a known name: B or I, what it names, and + if in several words."""
    marks = ["-"] * size
    for hit in hits:
        several = "+" if hit.last - hit.first > 1 else ""
        for index in range(hit.first, hit.last):
            marks[index] = f"{'B' if index == hit.first else 'I'}{hit.kind}{several}"
    return marks
