"""Give what was found in an article in the forms that other tools for language read."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from rasid.spans import Name

from pipelines.core.text.document import Document, read_document


def spacy(title: str, body: str, names: Sequence[Name]) -> tuple[str, dict[str, Any]]:
    """Return one text and where the names stand in it; of names that overlap the first and longest."""
    text, shift = _whole(title, body)
    found = [(name.start + shift[name.field], name.end + shift[name.field], name.type) for name in _apart(names)]
    return text, {"entities": found}


def displacy(title: str, body: str, names: Sequence[Name]) -> dict[str, Any]:
    """Return the same for spaCy's viewer."""
    text, found = spacy(title, body, names)
    ents = [{"start": start, "end": end, "label": label} for start, end, label in found["entities"]]
    return {"text": text, "ents": ents, "title": None}


def conll(title: str, body: str, names: Sequence[Name]) -> str:
    """Return a line for each token and an empty one behind each sentence."""
    apart = _apart(names)
    blocks = [
        block
        for field, text in (("title", title), ("body", body))
        for block in _sentences(read_document(field, text), [name for name in apart if name.field == field])
    ]
    return "".join(f"{block}\n\n" for block in blocks)


def _whole(title: str, body: str) -> tuple[str, dict[str, int]]:
    """Return title and body as one text, and where each of them begins in it."""
    if not title:
        return body, {"title": 0, "body": 0}
    return f"{title}\n{body}", {"title": 0, "body": len(title) + 1}


def _apart(names: Sequence[Name]) -> list[Name]:
    """Return the names, in order and none within another."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda one: (one.field != "title", one.start, -one.end)):
        if not kept or name.field != kept[-1].field or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _sentences(document: Document, names: list[Name]) -> Iterator[str]:
    starts = [token.start for token in document.tokens]
    tags = ["O"] * len(starts)
    for name in names:
        at = bisect_left(starts, name.start)
        first = at - 1 if at and document.tokens[at - 1].end > name.start else at
        for place in range(first, bisect_left(starts, name.end)):
            tags[place] = f"{'B' if place == first else 'I'}-{name.type}"
    for sentence in document.sentences:
        places = range(sentence.first, sentence.last)
        words = (document.text[document.tokens[at].start : document.tokens[at].end] for at in places)
        yield "\n".join(f"{word}\t{tags[at]}" for word, at in zip(words, places, strict=True))
