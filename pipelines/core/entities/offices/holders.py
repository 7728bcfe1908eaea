"""Know who held an office at a date: a statement with dates, no part of what the office is."""

from datetime import date
from functools import cache

from pipelines.core.entities.mention import Entity
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.tables import named, rows


def holder_at(role: str, country: str | None, day: date) -> Entity | None:
    """Return who held a country's office on a day, None where it is not known.

    >>> [holder_at("رئيس", "US", date(year, 1, 20)).name for year in (2016, 2017)]
    ['باراك أوباما', 'دونالد ترامب']
    >>> holder_at("وزير الري", "EG", date(2016, 1, 1)) is None
    True
    """
    terms = _terms().get((role, country or ""), ())
    return next((holder for since, until, holder in terms if since <= day and (until is None or day < until)), None)


@cache
def _terms() -> dict[tuple[str, str], list[tuple[date, date | None, Entity]]]:
    """Load the terms of office (`holders.tsv`); the day that one ends is the next one's."""
    table: dict[tuple[str, str], list[tuple[date, date | None, Entity]]] = {}
    for row in rows("holders.tsv"):
        until = date.fromisoformat(row["until"]) if row["until"] else None
        term = date.fromisoformat(row["since"]), until, named()[fold_name(row["name"])].entity
        table.setdefault((row["role"], row["country"]), []).append(term)
    return table
