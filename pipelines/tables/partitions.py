"""Write tables as Parquet for tools that read much at once: a folder a table, in it one a month, as Hive has them."""

import shutil
from pathlib import Path

from pipelines.tables.catalog import TABLES
from pipelines.tables.database import Database
from pipelines.tables.filters import quote

MONTH_OF = {
    "events": "first_published_at",
    "evidence": "published_at",
    "articles": "published_at",
    "duplicates": "published_at",
    "stories": "first_published_at",
    "story_articles": "published_at",
    "trends": "window_start",
}
"""The moment whose month a row is filed under; a table that has none is one file."""


def write_partitioned(database: Database, target: Path) -> dict[str, int]:
    """Write every table into a folder of its name, in place of what was there; return how many rows each has.

    A table is put in its place when it is whole: a crash leaves what was there before.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name in database.names:
        part = target / f".writing-{name}"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        _write(database, name, part)
        _put(part, target / name)
    return {name: database.count(TABLES[name]) for name in database.names}


def _write(database: Database, name: str, part: Path) -> None:
    order, moment = TABLES[name].order, MONTH_OF.get(name)
    options = "FORMAT parquet, COMPRESSION zstd"
    if moment is None:
        sql = f"COPY (SELECT * FROM {name} ORDER BY {order}) TO {quote(str(part / 'data.parquet'))} ({options})"
    else:
        rows = f"SELECT *, strftime({moment}, '%Y-%m') AS month FROM {name} ORDER BY {order}"
        sql = f"COPY ({rows}) TO {quote(str(part))} ({options}, PARTITION_BY (month), OVERWRITE_OR_IGNORE)"
    database.sql.execute(sql)


def _put(part: Path, place: Path) -> None:
    """Put a folder in the place of another."""
    old = place.with_name(f".old-{place.name}")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    part.rename(place)
    shutil.rmtree(old, ignore_errors=True)
