"""Find the passage of an article that a record stands on."""

from collections.abc import Mapping
from typing import NamedTuple

from pipelines.tables.table import Fields

AROUND = 200
"""So many code points of the paragraph are kept before and after the quote."""


class Passage(NamedTuple):
    """A stretch of an article's text, and where quote and trigger lie in it, in code points."""

    text: str
    quote: tuple[int, int]
    trigger: tuple[int, int]


def cited_in(event: Fields) -> list[str]:
    """Return the articles whose text an event's evidence points into."""
    return [one["copy_of"] or one["article_id"] for one in event["evidence"]]


def passage(evidence: Fields, articles: Mapping[tuple[str, int], Fields]) -> Passage | None:
    """Return the passage that evidence points into; None where no kept revision has its words where it says.

    >>> quote = {"field": "body", "start": 4, "end": 14, "text": "زار الوزير"}
    >>> evidence = {"article_id": "a", "copy_of": None, "quote": quote, "trigger": quote | {"end": 7, "text": "زار"}}
    >>> passage(evidence, {("a", 0): {"body": "أمس زار الوزير تونس", "title": ""}})
    Passage(text='أمس زار الوزير تونس', quote=(4, 14), trigger=(4, 7))
    """
    quote, trigger = evidence["quote"], evidence["trigger"]
    name = evidence["copy_of"] or evidence["article_id"]
    start, end = quote["start"], quote["end"]
    kept = sorted((revision, fields) for (one, revision), fields in articles.items() if one == name)
    texts = [fields[quote["field"]] for _, fields in kept]
    text = next((text for text in reversed(texts) if text[start:end] == quote["text"]), None)
    if text is None:
        return None
    first = max(text.rfind("\n", 0, start) + 1, text.find(" ", max(start - AROUND, 0)) + 1 if start > AROUND else 0)
    first = min(first, start)
    newline = text.find("\n", end)
    last = min(len(text) if newline < 0 else newline, end + AROUND)
    last = last if last == len(text) or text[last].isspace() else max(text.rfind(" ", end, last), end)
    marked = (trigger["start"] - first, trigger["end"] - first) if trigger["field"] == quote["field"] else (0, 0)
    return Passage(text[first:last], (start - first, end - first), marked)
