"""Code the sentences of events.tsv, whose names and dates are marked in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.core.article import Article, Span
from pipelines.core.entities.mention import DateMention, Entity, Mention
from pipelines.core.events.coder import code_events
from pipelines.core.events.event import Event
from pipelines.core.text.document import read_document
from pipelines.core.text.fold import fold_text

PUBLISHED = datetime(2022, 7, 18, 12, tzinfo=UTC)
MARKED = re.compile(r"\[(PER|LOC|ORG|MISC) ([^]]+)\]|\{([\dW/X-]+) ([^}]+)\}")
CITIES = (
    "أنقرة|عمّان|قرطاج|سوتشي|القاهرة|جنيف|بعبدا|القدس|الخليل|حلب|إدلب|دمشق|جنين|نابلس|كابول|مقديشو|سرت|طهران|الخرطوم"
)


@dataclass(frozen=True)
class Read:
    """What one marked sentence should and does yield."""

    text: str
    expected: set[str]
    events: list[Event]

    @property
    def got(self) -> set[str]:
        return {describe(event) for event in self.events}


def describe(event: Event) -> str:
    flags = [name for name in ("negated", "future", "hypothetical", "historical") if getattr(event.flags, name)]
    sides = (" + ".join(one.span.text for one in side) or "-" for side in (event.actors, event.recipients))
    place = event.place.name if event.place else "-"
    return "/".join((event.type, event.mode or "-", *sides, place, "+".join(flags) or "-"))


def code(marked: str, field: str = "body") -> list[Event]:
    """Code a sentence whose names are marked "[LOC مصر]" and dates "{2022-07-17 أمس}"."""
    text, mentions, dates, at = "", [], [], 0
    for found in MARKED.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        kind, name, value, words = found.groups()
        span = Span(field, len(text), len(text) + len(name or words), name or words)
        text += name or words
        if kind:
            admin = "1" if kind == "LOC" and name in CITIES.split("|") else None
            mentions.append(Mention(span, Entity("n" + fold_text(name), kind, name, admin1=admin), 0.9))
        else:
            dates.append(DateMention(span, value, "day" if value.count("-") == 2 else "year", "stated"))
    text += marked[at:]
    article = Article("a", "c", "s", "", text, PUBLISHED, "UTC", "ar", body_end=len(text))
    return code_events(article, [read_document(field, text)], mentions, dates)


def read_table() -> Iterator[Read]:
    for line in (Path(__file__).parent / "events.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        marked, expected = line.split("\t")
        yield Read(marked, set() if expected == "-" else set(expected.split(" ; ")), code(marked))
