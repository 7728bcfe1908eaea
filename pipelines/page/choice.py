"""What the reader chose to see, as it stands in an address, and the SQL that finds it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

from pipelines.core.text.fold import fold_text
from pipelines.tables.filters import quote
from pipelines.tables.places import needle

REALITIES = {
    "happened": "e.happened",
    "planned": "e.future AND NOT e.negated",
    "denied": "e.negated",
    "demanded": "e.hypothetical AND NOT e.negated",
    "background": "e.historical",
}
"""What the text says of an event: that it happened, is to come, did not happen, is asked for, or is history."""
ORDERS = {
    "": "s.last_published_at DESC",
    "outlets": "s.outlet_count DESC, s.article_count DESC, s.last_published_at DESC",
    "speed": "s.speed DESC, s.last_published_at DESC",
}
"""How stories are ordered: the newest first, those of most outlets, or those that grow fastest."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter, a part of it empty where it does not matter. What is said of events must hold of one event."""

    q: str = ""
    outlet: str = ""
    country: str = ""
    type: str = ""
    actor: str = ""
    place: str = ""
    reality: str = ""
    least: str = ""
    outlets: str = ""
    disputed: str = ""
    sort: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Read a choice from an address; what no filter of ours understands is nothing."""
        told = {name: query.get(name, "").strip()[:LONGEST] for name in _NAMES}
        told["reality"] = told["reality"] if told["reality"] in REALITIES else ""
        told["least"] = told["least"] if _number(told["least"]) else ""
        told["disputed"] = "1" if told["disputed"] == "1" else ""
        told["sort"] = told["sort"] if told["sort"] in ORDERS else ""
        told["outlets"] = told["outlets"] if told["outlets"].isascii() and told["outlets"].isdecimal() else ""
        return cls(**told)

    @property
    def parts(self) -> dict[str, str]:
        """Return what is chosen, by name."""
        return {name: value for name in _NAMES if (value := getattr(self, name))}

    def address(self, path: str = "/", **more: object) -> str:
        """Return the address of this choice, with something more in it."""
        query = urlencode({**self.parts, **{name: value for name, value in more.items() if value not in ("", None)}})
        return f"{path}?{query}" if query else path

    def but(self, **changed: str) -> Self:
        """Return the choice with parts of it changed."""
        return replace(self, **changed)

    def of_events(self) -> str:
        """Return the SQL condition on events `e`; "" where nothing is said of them."""
        return " AND ".join(self._of_events())

    def of_stories(self) -> str:
        """Return the SQL condition on stories `s`."""
        return " AND ".join(["s.merged_into IS NULL", *self._told("s"), *self._by_story()])

    def of_articles(self) -> str:
        """Return the SQL condition on articles `a`."""
        conditions = [*self._told("a")]
        if self.outlet:
            conditions.append(f"a.source = {quote(self.outlet)}")
        if events := self.of_events():
            inside = f"SELECT article_id FROM event_articles JOIN events e USING (event_id) WHERE {events}"
            conditions.append(f"a.article_id IN ({inside})")
        return " AND ".join(conditions) or "true"

    def _told(self, name: str) -> Iterator[str]:
        yield from (f"contains({name}._words, {quote(word)})" for word in fold_text(self.q).split())

    def _by_story(self) -> Iterator[str]:
        if self.outlet:
            yield f"list_contains(s.outlets, {quote(self.outlet)})"
        if self.outlets:
            yield f"s.outlet_count >= {int(self.outlets)}"
        if self.disputed:
            yield "s.story_id IN (SELECT story_id FROM disputed)"
        if events := self.of_events():
            inside = f"SELECT story_id FROM story_events JOIN events e USING (event_id) WHERE {events}"
            yield f"s.story_id IN ({inside})"

    def _of_events(self) -> Iterator[str]:
        if self.type:
            yield f"e.type IN ({', '.join(quote(one) for one in self.type.upper().split(','))})"
        if self.country:
            yield f"e.country = {quote(self.country.upper())}"
        if self.actor:
            yield f"contains(e._actors, {quote(needle(self.actor))})"
        if self.place:
            yield f"contains(e._place, {quote(needle(self.place))})"
        if self.reality:
            yield f"({REALITIES[self.reality]})"
        if self.least:
            yield f"e.confidence >= {float(self.least)!r}"
        if self.type or self.country or self.actor or self.place or self.reality or self.least:
            yield "NOT e.retracted"


_NAMES = tuple(one.name for one in fields(Choice))


def _number(text: str) -> bool:
    try:
        return 0 < float(text) <= 1
    except ValueError:
        return False
