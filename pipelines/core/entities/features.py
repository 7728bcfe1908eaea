"""Describe words and known names to the tagger."""

from collections.abc import Sequence

from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.gazetteer import Hit, article, kind_of, scan
from pipelines.core.entities.lexicon import UNKNOWN, name_parts, triggers, words

OFFSETS = (-2, -1, 0, 1, 2)


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


def describe(word: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Describe a folded word three times: as itself, as a neighbour, as a neighbour's neighbour.

    >>> [feature for feature in describe("بالقاهره")[2] if feature[0] != "k"]
    ['s=القاهره', 'g=capital', 't=-']
    """
    skip = proclitics(word)
    stem = article(word, skip)
    bare = stem[2:] if stem.startswith("ال") and len(stem) > 4 else stem
    trigger = triggers().get(stem) or triggers().get(bare) or "-"
    coarse, *fine = _company("", stem)
    far = (f"s={stem}", coarse, f"g={kind_of(stem) or '-'}", f"t={trigger}")
    form = (f"w={word}", f"e={word[-2:]}", f"n={_bucket(stem)}", f"h={_shape(word)}", f"al={bare != stem}")
    near = (*far, *fine, *form)
    parts = (f"c={word[:skip]}", f"b={bare}", f"nb={_bucket(bare)}")
    return (*near, *_affixes(bare), *parts, *_company("b", bare), *_company("w", word)), near, far


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


def sentence_features(sentence: Sequence[str]) -> list[list[str]]:
    """Describe every word of a sentence with its neighbours two words either way, each feature led by its offset."""
    marks = ["edge", *known_names(len(sentence), find_known(sentence)), "edge"]
    described = [describe(word) for word in sentence]
    rows = []
    for index in range(len(sentence)):
        row = [f"0x={marks[index + 1]}", f"-x={marks[index]}", f"+x={marks[index + 2]}"]
        for offset in OFFSETS:
            place = index + offset
            if 0 <= place < len(sentence):
                row += [f"{offset}{feature}" for feature in described[place][abs(offset)]]
        rows.append(row)
    return rows
