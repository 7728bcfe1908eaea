"""Gather the newest version of every record in a DuckDB database, one view a table."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from pipelines.tables.catalog import MAIN, TABLES
from pipelines.tables.filters import Filters, quote
from pipelines.tables.macros import MACROS
from pipelines.tables.stored import Stored
from pipelines.tables.table import Row, Table

ROWS_AT_ONCE = 2000
MEMORY = "1GB"
"""DuckDB puts on the disk, in the folder, what does not fit."""
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": MEMORY,
    "autoinstall_known_extensions": False,  # nothing is fetched from anywhere
    "autoload_known_extensions": False,
}


_NO_TABLE = re.compile(r"Table (?:Function )?with name (\w+) does not exist")


class CannotAnswer(Exception):
    """A question that DuckDB cannot answer; the message says why."""


@dataclass
class Database:
    """The tables of some names, staged on the disk in a folder of their own; `problems` are records left unread."""

    folder: Path
    names: tuple[str, ...]
    problems: list[str] = field(default_factory=list)
    unread: int = 0
    _waiting: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    _heads: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sql = duckdb.connect(str(self.folder / "staged.duckdb"), config=_SETTINGS)
        self.sql.execute("SET TimeZone = 'UTC'")
        mains = {MAIN[TABLES[name].record].name for name in self.names}
        self._staged = [table for table in TABLES.values() if table.name in {*self.names, *mains}]
        for table in self._staged:
            empty = table.schema.append(pa.field("_seq", pa.int64())).empty_table()
            self.sql.register("arriving", empty)
            self.sql.execute(f"CREATE TABLE _{table.name} AS SELECT * FROM arriving")
        self.sql.execute("CREATE TABLE _heads (record TEXT, key BLOB, life BIGINT, version BIGINT, seq BIGINT)")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.sql.close()

    @property
    def records(self) -> tuple[str, ...]:
        """Return the kinds of record that its tables are made of."""
        return tuple(dict.fromkeys(table.record for table in self._staged))

    def load(self, stored: Iterable[Stored], filters: Filters) -> None:
        """Read all records and make the views: of each key the newest version; after a tombstone, what came later."""
        lives: dict[tuple[str, bytes], int] = {}
        for seq, one in enumerate(stored):
            if one.problem:
                self.unread += 1
                self.problems += [one.problem] * (len(self.problems) < 10)
                continue
            place = (one.record, one.key)
            if one.fields is None:
                lives[place] = lives.get(place, 0) + 1
            self._heads.append(
                dict(zip(("record", "key", "life", "version", "seq"),
                         (*place, lives.get(place, 0), one.version if one.fields else -1, seq), strict=True))
            )  # fmt: skip
            self._add(one, seq)
        self._flush()
        self._make_views(filters)

    def batches(self, table: Table) -> Any:
        """Return the rows of a table as a reader of Arrow batches, in the table's order."""
        return self.ask(f"SELECT * FROM {table.name} ORDER BY {table.order}")

    def ask(self, sql: str) -> Any:
        """Return the answer to a question as a reader of Arrow batches; raises CannotAnswer with what is wrong."""
        try:
            answer = self.sql.sql(sql)
            return answer.to_arrow_reader(ROWS_AT_ONCE) if answer is not None else pa.table({}).to_reader()
        except duckdb.Error as error:
            raise CannotAnswer(_reason(error)) from error

    def count(self, table: Table) -> int:
        """Return how many rows a table has."""
        found = self.sql.execute(f"SELECT count(*) FROM {table.name}").fetchall()
        return int(found[0][0])

    def save(self, path: Path) -> None:
        """Write the tables, with what their columns mean, and the macros into a DuckDB file that is not there yet."""
        self.sql.execute(f"ATTACH {quote(str(path))} AS saved")
        for table in map(TABLES.__getitem__, self.names):
            self.sql.execute(f"CREATE TABLE saved.{table.name} AS SELECT * FROM {table.name} ORDER BY {table.order}")
            for column in table.shown:
                self.sql.execute(f"COMMENT ON COLUMN saved.{table.name}.{column.name} IS {quote(column.doc)}")
        self.sql.execute("USE saved")
        self._make_macros()
        self.sql.execute("USE staged")
        self.sql.execute("DETACH saved")

    def _add(self, one: Stored, seq: int) -> None:
        for table in self._staged if one.fields is not None else ():
            if table.record == one.record:
                self._waiting[table.name] += [row | {"_seq": seq} for row in table.rows(one.fields or {})]
        if len(self._heads) >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        for table in self._staged:
            schema = table.schema.append(pa.field("_seq", pa.int64()))
            self._insert(f"_{table.name}", pa.Table.from_pylist(self._waiting.pop(table.name, []), schema))
        heads = [
            ("record", pa.string()),
            ("key", pa.binary()),
            *((name, pa.int64()) for name in ("life", "version", "seq")),
        ]
        self._insert("_heads", pa.Table.from_pylist(self._heads, pa.schema(heads)))
        self._heads = []

    def _insert(self, name: str, rows: Any) -> None:
        if rows.num_rows:
            self.sql.register("arriving", rows)
            self.sql.execute(f"INSERT INTO {name} SELECT * FROM arriving")
            self.sql.unregister("arriving")

    def _make_views(self, filters: Filters) -> None:
        self.sql.execute(
            "CREATE TABLE _newest AS SELECT record, max_by(seq, (life, version, seq)) AS _seq FROM _heads "
            "GROUP BY record, key"
        )
        for record in self.records:
            main = MAIN[record]
            wanted = [sql for _, column, sql in filters.conditions() if main.has(column)]
            newest = f"_seq IN (SELECT _seq FROM _newest WHERE record = '{record}')"
            where = " AND ".join([newest, *wanted])
            self.sql.execute(f"CREATE TABLE _wanted_{record} AS SELECT _seq FROM _{main.name} WHERE {where}")
        for table in self._staged:
            shown = ", ".join(column.name for column in table.shown)
            wanted_seq = f"SELECT _seq FROM _wanted_{table.record}"
            self.sql.execute(
                f"CREATE VIEW {table.name} AS SELECT {shown} FROM _{table.name} WHERE _seq IN ({wanted_seq})"
            )
        self._make_macros()

    def _make_macros(self) -> None:
        for macro in MACROS:
            if set(macro.reads) <= set(self.names):
                self.sql.execute(f"CREATE MACRO {macro.name}() AS TABLE {macro.sql}")


def tables_named(sql: str) -> tuple[str, ...]:
    """Return the tables that a question may need: those it names, and those of the macros it names.

    >>> tables_named("SELECT * FROM who_did_what() WHERE actor = 'مصر'")
    ('events', 'participants')
    """
    words = set(re.findall(r"\w+", sql.lower()))
    needed = {name for macro in MACROS if macro.name in words for name in macro.reads}
    return tuple(name for name in TABLES if name in words | needed)


def rows_of(reader: Any) -> Iterator[Row]:
    """Yield the rows of a reader of Arrow batches."""
    for batch in reader:
        yield from batch.to_pylist()


def _reason(error: duckdb.Error) -> str:
    """Return why a question has no answer: of a table that is not there, which there are."""
    missing = _NO_TABLE.search(str(error))
    known = ", ".join([*TABLES, *(f"{macro.name}()" for macro in MACROS)])
    return f"There is no table {missing[1]}; there are {known}." if missing else str(error)
