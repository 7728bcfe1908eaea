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


def offices_of(person: str) -> frozenset[tuple[str, str | None]]:
    """Return the offices, with their countries, that the person of an id is known to hold or have held.

    >>> sorted(offices_of("Q22686"))
    [('رئيس', 'US')]
    """
    return _held().get(person, frozenset())


@cache
def _held() -> dict[str, frozenset[tuple[str, str | None]]]:
    """Collect the offices of each person."""
    table: dict[str, frozenset[tuple[str, str | None]]] = {}
    for (role, country), terms in _terms().items():
        for _, _, holder in terms:
            table[holder.entity_id] = table.get(holder.entity_id, frozenset()) | {(role, country or None)}
    return table


@cache
def _terms() -> dict[tuple[str, str], list[tuple[date, date | None, Entity]]]:
    """Load the terms of office (`holders.tsv`); the day that one ends is the next one's."""
    table: dict[tuple[str, str], list[tuple[date, date | None, Entity]]] = {}
    for row in rows("holders.tsv"):
        until = date.fromisoformat(row["until"]) if row["until"] else None
        term = date.fromisoformat(row["since"]), until, named()[fold_name(row["name"])].entity
        table.setdefault((row["role"], row["country"]), []).append(term)
    return table
