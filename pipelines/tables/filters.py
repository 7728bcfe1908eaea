"""Which rows of the tables are wanted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.tables.places import needle


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; of several values of one filter, any will do. Days are inclusive.

    `retracted` asks for what was taken back too; `current` for what really happened alone.
    """

    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    min_confidence: float | None = None
    current: bool = False
    retracted: bool = False

    def conditions(self) -> Iterator[tuple[str, str, str]]:
        """Yield (flag, column, SQL condition) for each filter asked for; it is for main tables with that column."""
        for flag, column, values in (("--type", "type", self.types), ("--country", "country", self.countries)):
            if values:
                yield flag, column, f"{column} IN ({', '.join(quote(value.strip().upper()) for value in values)})"
        for flag, column, values in (("--actor", "_actors", self.actors), ("--place", "_place", self.places)):
            if values:
                yield flag, column, any_of(f"contains({column}, {quote(needle(value))})" for value in values)
        if self.since:
            yield "--since", "day", f"day >= DATE '{self.since}'"
        if self.until:
            yield "--until", "day", f"day <= DATE '{self.until}'"
        if self.min_confidence is not None:
            yield "--min-confidence", "confidence", f"confidence >= {self.min_confidence!r}"
        if self.current:
            yield "--current", "happened", "happened"
        if not self.retracted:
            yield "", "retracted", "NOT retracted"


def any_of(conditions: Iterator[str]) -> str:
    """Join conditions of which one will do."""
    return f"({' OR '.join(conditions)})"


def quote(text: str) -> str:
    """Write a text as SQL does.

    >>> quote("مصر'")
    "'مصر'''"
    """
    return "'" + text.replace("'", "''") + "'"
