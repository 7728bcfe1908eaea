"""What a run wrote, as tables."""

import atexit
import warnings
from contextlib import ExitStack
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pipelines.tables.catalog import TABLES
from pipelines.tables.database import Database
from pipelines.tables.filters import Filters
from pipelines.tables.stored import is_folder, read_folder, read_topics

if TYPE_CHECKING:
    import duckdb

_OPEN = ExitStack()
atexit.register(_OPEN.close)


class Tables:
    """The newest version of every record that a run wrote: `events`, `participants`, `articles` and so on.

    Each is a DuckDB relation: `.df()` is pandas, `.pl()` Polars, `.to_arrow_table()` Arrow, `.filter(...)`,
    `.aggregate(...)` and `.show()` are DuckDB's own. `.sql(...)` asks across tables. Staged on the disk in a folder for
    temporary files, until `close()`, the end of a `with`, or of the program.
    """

    def __init__(self, database: Database, stack: ExitStack) -> None:
        self._database, self._stack = database, stack

    def __getattr__(self, name: str) -> "duckdb.DuckDBPyRelation":
        if name not in self._database.names:
            near = get_close_matches(name, self._database.names, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(self._database.names)}."
            raise AttributeError(f"There is no table {name!r}{hint}")
        return self.sql(f"SELECT * FROM {name} ORDER BY {TABLES[name].order}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._database.names]

    def __repr__(self) -> str:
        counts = (f"{self._database.count(TABLES[name]):,} {name}" for name in self._database.names)
        return f"<rasid.Tables: {', '.join(counts)}>"

    def sql(self, question: str) -> "duckdb.DuckDBPyRelation":
        """Return the answer to a question in SQL over the tables and macros, as a DuckDB relation."""
        return self._database.sql.sql(question)

    def close(self) -> None:
        """Let go of what is on the disk; relations of it are of no use any more."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open(place: str | Path, *names: str, everything: bool = False, kafka_config: str | Path | None = None) -> Tables:
    """Open what a run wrote: its folder, or "kafka://HOST:PORT". `names` are the tables wanted, all if none is named.

    Reads the newest version of each record; retracted events with `everything` alone. `kafka_config` is a TOML file
    with TLS and login, as `--kafka-config` takes it. Raises FileNotFoundError where no run has written, ConnectionError
    where Kafka cannot be used, ValueError for a table that there is not, or a file that cannot be used.
    """
    if unknown := sorted(set(names) - set(TABLES)):
        raise ValueError(f"There is no table {', '.join(unknown)}; there are {', '.join(TABLES)}.")
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="rasid-"))
        database = stack.enter_context(Database(Path(folder), names or tuple(TABLES)))
        database.load(_stored(str(place), database.records, kafka_config), Filters(retracted=everything))
        if database.unread:
            warnings.warn(f"{database.unread} records could not be read: {database.problems[0]}", stacklevel=2)
        kept = _OPEN.enter_context(stack.pop_all())
    return Tables(database, kept)


def _stored(place: str, records: tuple[str, ...], config: str | Path | None) -> Any:
    if place.startswith("kafka://"):
        from connectors.kafka.check import check
        from connectors.kafka.connection import KafkaUnreachable, parse_kafka_url
        from connectors.kafka.security import read_security

        security = read_security(Path(config) if config else None)
        connection = security.connect(parse_kafka_url(place)[0])
        try:
            check(connection)
        except KafkaUnreachable as error:
            raise ConnectionError(str(error)) from error
        return read_topics(connection, records, None)
    folder = Path(place.removeprefix("files:"))
    if not is_folder(folder):
        raise FileNotFoundError(f"{folder}: no run has written there; give the DIR of a run with --to files:DIR.")
    return read_folder(folder, records)
