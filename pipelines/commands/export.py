"""Write what a run found as tables: Parquet, CSV, Excel, JSON Lines, GeoJSON or DuckDB."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.flags import KafkaConfig, KafkaPassword, Registry
from pipelines.commands.nearest import completing, hint
from pipelines.commands.stored import From, gathered, open_store, tell_unread
from pipelines.options import WrongOption
from pipelines.tables.catalog import MAIN, TABLES
from pipelines.tables.database import Database
from pipelines.tables.filters import Filters
from pipelines.tables.table import Table
from pipelines.tables.writers import SHEET_ROWS, WRITERS, write_xlsx

ENDINGS = (*WRITERS, ".xlsx", ".duckdb")
Some = list[str] | None
DAY, DATE = ["%Y-%m-%d"], "YYYY-MM-DD"


def export(
    to: Annotated[Path, typer.Option(metavar="FILE", help=f"The file; how is told by its end: {', '.join(ENDINGS)}.")],
    source: From = None,
    tables: Annotated[
        Some,
        typer.Option(
            "--table",
            metavar="TABLE",
            autocompletion=completing(lambda: [*TABLES, "all"]),
            help=f"Of {', '.join(TABLES)}, or all; may be repeated. By default events; all in .xlsx and .duckdb.",
        ),
    ] = None,
    types: Annotated[Some, typer.Option("--type", metavar="TYPE", help="Events of this type, such as PROTEST.")] = None,
    actors: Annotated[
        Some, typer.Option("--actor", metavar="NAME|ID", help="Events done by this: an id, or words of its name.")
    ] = None,
    places: Annotated[
        Some, typer.Option("--place", metavar="NAME|ID", help="Events at this place, or in this division.")
    ] = None,
    countries: Annotated[
        Some, typer.Option("--country", metavar="CC", help="Events in this country; articles of its outlets.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=DAY, metavar=DATE, help="From this day on: the event's own, else of publication."),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=DAY, metavar=DATE, help="Up to this day, and with it.")
    ] = None,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="Events at least so sure.")] = None,
    current: Annotated[
        bool, typer.Option("--current", help="What happened: not negated, future, hypothetical, historical.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Retracted events too, marked as such.")] = False,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
    registry: Registry = None,
) -> None:
    """Write the newest version of every record as flat tables, and end.

    One table goes into FILE; of several, in a format that holds one, each goes into its own, FILE-events.csv and so on.
    Filters of events hold for participants and evidence too, and those of articles for mentions and dates.
    In CSV a text stands as it was written, even where it begins with =: for spreadsheets take .xlsx.
    """
    words = Filters(tuple(types or ()), tuple(actors or ()), tuple(places or ()), tuple(countries or ()))
    days = replace(words, since=since and since.date(), until=until and until.date())
    filters = replace(days, min_confidence=min_confidence, current=current, retracted=everything)
    names = _chosen(to, tables)
    _check_filters(names if tables else names[:1], filters)
    store = open_store(source, kafka_config, password, registry)
    with gathered(store, names, filters) as database:
        for path, rows in _write(database, to).items():
            typer.echo(f"{path}: {rows}")
        tell_unread(database)


def _chosen(to: Path, tables: Some) -> tuple[str, ...]:
    """Return the tables asked for; raises WrongOption where one cannot be written so."""
    if to.suffix not in ENDINGS:
        raise WrongOption(f"--to {to}: a file that ends in {', '.join(ENDINGS)}.")
    if not to.absolute().parent.is_dir():
        raise WrongOption(f"--to {to}: there is no folder {to.absolute().parent}.")
    asked = tables or (["all"] if to.suffix in (".xlsx", ".duckdb") else ["events"])
    if unknown := sorted({*asked} - {*TABLES, "all"}):
        near = hint(unknown[0], TABLES)
        raise WrongOption(f"--table {', '.join(unknown)}: there are {', '.join(TABLES)}, and all.{near}")
    names = tuple(name for name in TABLES if name in asked or "all" in asked)
    if to.suffix == ".geojson" and (bare := [name for name in names if not TABLES[name].has("latitude")]):
        raise WrongOption(f"--to {to}: {', '.join(bare)} has no coordinates; events, participants and mentions have.")
    return names


def _check_filters(names: tuple[str, ...], filters: Filters) -> None:
    """Refuse a filter that a table asked for cannot have: nothing would be left out, against what was asked."""
    for name in names:
        for flag, column, _ in filters.conditions():
            if flag and not MAIN[TABLES[name].record].has(column):
                raise WrongOption(f"{flag} does not go with --table {name}.")


def _write(database: Database, to: Path) -> dict[Path, str]:
    """Write the files, each in its place at once when it is whole; return what is in each."""
    tables = [TABLES[name] for name in database.names]
    counts = {table.name: f"{database.count(table):,} {table.name}" for table in tables}
    if to.suffix not in WRITERS:
        _place(to, lambda path: _write_together(database, path, to))
        return {to: ", ".join(counts.values())}
    written = {}
    for table in tables:
        path = to if len(tables) == 1 else to.with_name(f"{to.stem}-{table.name}{to.suffix}")
        _place(path, partial(_write_alone, database, table))
        written[path] = counts[table.name]
    return written


def _write_alone(database: Database, table: Table, path: Path) -> None:
    """Write a file that holds one table."""
    WRITERS[path.suffix](path, database.batches(table))


def _write_together(database: Database, path: Path, to: Path) -> None:
    """Write a file that holds several tables; raises WrongOption where a sheet cannot hold one."""
    tables = [TABLES[name] for name in database.names]
    if to.suffix == ".duckdb":
        database.save(path)
        return
    if full := [table.name for table in tables if database.count(table) > SHEET_ROWS]:
        raise WrongOption(
            f"--to {to}: a sheet holds {SHEET_ROWS:,} rows, and {', '.join(full)} has more: ask for less."
        )
    if cut := write_xlsx(path, ((table.name, database.batches(table)) for table in tables)):
        sys.stderr.write(f"rasid: {cut} texts were longer than a cell of Excel holds and end in […].\n")


def _place(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file beside its place, and put it there once it is whole; what was there before is replaced."""
    part = path.with_name(f".writing-{path.name}")
    part.unlink(missing_ok=True)
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
