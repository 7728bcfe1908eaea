"""Write what a run's folder holds as Parquet, in few files, beside its records."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.stored import gathered, open_store, tell_unread
from pipelines.options import WrongOption
from pipelines.tables.filters import Filters

FOLDER = "parquet"


def compact(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of a run with --to files:DIR.", show_default=False)
    ],
    everything: Annotated[bool, typer.Option("--all", help="Retracted events too, marked as such.")] = False,
) -> None:
    """Write the newest version of every record as Parquet: DIR/parquet/TABLE/month=YYYY-MM/*.parquet.

    What was written so before is replaced, table by table; the records stay as they are, and a run may be writing.
    """
    for name, rows in write_tables(directory, everything).items():
        typer.echo(f"{directory / FOLDER / name}: {rows:,} rows")


def write_tables(directory: Path, everything: bool = False) -> dict[str, int]:
    """Write the tables of a folder; return how many rows each has. Raises WrongOption where no run has written."""
    from pipelines.tables.catalog import TABLES  # PyArrow and DuckDB, which are not everybody's
    from pipelines.tables.partitions import write_partitioned

    store = open_store(f"files:{str(directory).removeprefix('files:')}", None, None, None)
    assert isinstance(store.place, Path)
    with gathered(store, tuple(TABLES), Filters(retracted=everything)) as database:
        written = write_partitioned(database, store.place / FOLDER)
        tell_unread(database)
    return written


def at_the_end(form: str, folder: str | None) -> Callable[[], object]:
    """Return what writes a folder's tables, if they are asked for; raises WrongOption where there is no folder."""
    if form == "avro":
        return dict
    if folder is None:
        raise WrongOption("--format parquet: say where its files go, --to files:DIR.")
    return partial(write_tables, Path(folder))
