"""What the commands share that read what a run wrote: where it is, which tables, how far they are."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from connectors.kafka.check import check
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.security import read_security
from pipelines.commands.flags import local_bootstrap
from pipelines.options import WrongOption, parse_kafka
from pipelines.tables.filters import Filters
from pipelines.tables.stored import Stored, is_folder, read_folder, read_topics
from schemas.registry import SchemaRegistry

if TYPE_CHECKING:
    from pipelines.tables.database import Database

From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="files:DIR|kafka://HOST:PORT",
        help="What a run wrote: a folder, or the topics of a Kafka; by default those of the local broker.",
    ),
]


@dataclass(frozen=True, slots=True)
class Store:
    """What a run wrote: a folder, or the topics of a Kafka."""

    place: Path | KafkaConnection
    registry: str | None = None

    def read(self, records: Iterable[str]) -> Iterator[Stored]:
        """Yield the records of some kinds, showing on a terminal how many there were."""
        if isinstance(self.place, Path):
            return _counted(read_folder(self.place, records))
        return _counted(read_topics(self.place, records, SchemaRegistry(self.registry) if self.registry else None))


def open_store(source: str | None, config: Path | None, password: str | None, registry: str | None) -> Store:
    """Find what `--from` names; raises WrongOption where no run has written there, KafkaUnreachable."""
    if source and source.startswith("files:"):
        folder = Path(source.removeprefix("files:"))
        if not is_folder(folder):
            raise WrongOption(f"--from {source}: no run has written there; give the DIR of a run with --to files:DIR.")
        return Store(folder)
    try:
        bootstrap, topic = parse_kafka(source or f"kafka://{local_bootstrap()}")
    except WrongOption as error:
        raise WrongOption(f"--from {error}" if source else str(error)) from error
    if topic:
        raise WrongOption(f"--from {source}: records are on several topics; write kafka://HOST:PORT.")
    connection = read_security(config, password).connect(bootstrap)
    check(connection)
    return Store(connection, registry)


def source_of(source: str | None, bootstrap: str | None) -> str | None:
    """Return what is to be read: what --from says, else the Kafka of --bootstrap; raises WrongOption where both do."""
    if source and bootstrap:
        raise WrongOption("--from and --bootstrap exclude each other.")
    return source or (f"kafka://{bootstrap}" if bootstrap else None)


@contextmanager
def gathered(store: Store, names: tuple[str, ...], filters: Filters) -> Iterator["Database"]:
    """Return a database with some tables of a store, kept on the disk for as long as it is used."""
    from pipelines.tables.database import Database  # DuckDB, which is not everybody's

    with TemporaryDirectory(prefix="rasid-") as folder, Database(Path(folder), names) as database:
        database.load(store.read(database.records), filters)
        yield database


def tell_unread(database: "Database") -> None:
    """Say which records could not be read; exit code 1 where there are such."""
    for problem in database.problems:
        sys.stderr.write(f"rasid: {problem}\n")
    if database.unread:
        sys.stderr.write(f"rasid: {database.unread} records could not be read and are left out.\n")
        raise typer.Exit(1)


def _counted(stored: Iterable[Stored]) -> Iterator[Stored]:
    console = Console(stderr=True)
    shown = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,.0f} read"), TimeElapsedColumn())
    with Progress(*shown, console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks = {}
        for one in stored:
            if one.record not in tasks:
                tasks[one.record] = progress.add_task(f"{one.record}s", total=None)
            yield one
            progress.advance(tasks[one.record])
