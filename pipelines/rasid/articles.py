"""An article, read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from rasid import display, formats
from rasid.spans import Aside, Date, Event, Name, Office, Span


@dataclass(frozen=True, slots=True)
class Article:
    """An article, read. Everything found is in the order of the text, the title first.

    `article_id` is the one that the stream gives it; `agency` is the news agency of its dateline; `set_aside` was not
    read. In a notebook it shows itself, marked, from right to left.
    """

    title: str
    body: str
    source: str | None
    published_at: datetime | None
    id: str | None
    article_id: str
    language: str
    agency: str | None
    names: tuple[Name, ...]
    offices: tuple[Office, ...]
    dates: tuple[Date, ...]
    events: tuple[Event, ...]
    set_aside: tuple[Aside, ...]
    _fields: Mapping[str, Any] = field(repr=False, compare=False)

    @classmethod
    def of(cls, fields: Mapping[str, Any], **given: Any) -> Self:
        """Make one of what `rasid annotate` writes and what was given to it."""
        return cls(
            **given,
            **{name: fields[name] for name in ("id", "article_id", "language")},
            agency=fields["origin"],
            names=tuple(Name(**one) for one in fields["mentions"]),
            offices=tuple(Office(**one) for one in fields["offices"]),
            dates=tuple(Date(**one) for one in fields["dates"]),
            events=tuple(map(Event.of, fields["events"])),
            set_aside=tuple(Aside(**one) for one in fields["set_aside"]),
            _fields=fields,
        )

    @property
    def quotes(self) -> tuple[Span, ...]:
        """Return the sentences that tell its events, each once, in the order of the text."""
        return tuple(dict.fromkeys(event.quote for event in self.events))

    def to_dict(self) -> dict[str, Any]:
        """Return what `rasid annotate` writes for it, as plain data."""
        return dict(self._fields)

    def to_displacy(self) -> dict[str, Any]:
        """Return what `spacy.displacy.render(..., style="ent", manual=True)` takes: title and body as one text."""
        return formats.displacy(self.title, self.body, self.names)

    def to_spacy(self) -> tuple[str, dict[str, Any]]:
        """Return (text, {"entities": [(start, end, type)]}), which `spacy.training.Example.from_dict` takes."""
        return formats.spacy(self.title, self.body, self.names)

    def to_conll(self) -> str:
        """Return a word and its tag a line (BIO, tab between), an empty line behind each sentence.

        Joined words stay one: in "وبغداد" the whole word has the tag of the name in it.
        """
        return formats.conll(self.title, self.body, self.names)

    def _repr_html_(self) -> str:
        return display.html_of(self.title, self.body, self.names, self.events)
