"""Keep the newest version of every record in a DuckDB file, so that the page starts where it was."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from pipelines.page.disputed import note_disputes
from pipelines.page.kept import KEPT, WHOLE
from pipelines.page.layout import HEADS, LAYOUT, POSITIONS, SETTINGS, layout_of, make_tables
from pipelines.page.versions import Name, name_of, newest
from pipelines.tables.stored import Stored
from pipelines.tables.table import Row, Table
from schemas.codec import decode, encode


class StoreUnusable(Exception):
    """The page's own database cannot be opened; the message says what to do."""


class Place(NamedTuple):
    """What has been read so far: a partition of a topic, which `identity` tells from one made anew, or a file."""

    place: str
    identity: str
    partition: int


Positions = Mapping[Place, int]
"""The next offset of each partition; of each file how many bytes were read."""


@dataclass
class Store:
    """The page's database in one file. One thread adds to it; any thread may ask."""

    path: Path
    seq: int = 0
    _lock: Lock = field(default_factory=Lock)
    _found: dict[str, tuple[int, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"{self.path.parent} cannot be made: {error.strerror or error}."
            raise StoreUnusable(f"{what} --state names another place.") from error
        self._sql = self._open()
        if layout_of(self._sql) != LAYOUT:
            self._sql.close()
            self.path.unlink(missing_ok=True)
            self._sql = self._open()
            make_tables(self._sql)
        [(self.seq,)] = self._sql.execute("SELECT coalesce(max(seq), 0) FROM records").fetchall()

    def close(self) -> None:
        """Let the file go."""
        self._sql.close()

    def ask(self, sql: str, *values: object) -> list[Row]:
        """Return the rows that answer a question, by column."""
        with self._sql.cursor() as cursor:
            found = cursor.execute(sql, values)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def remembered(self, name: str, find: Callable[["Store"], Any]) -> Any:
        """Return what is found, and again the same until something changes: what every screen asks."""
        seq, found = self._found.get(name, (-1, None))
        if seq != self.seq:
            seq = self.seq  # what is found may be newer than that, and is then found once more
            found = find(self)
            self._found[name] = (seq, found)
        return found

    def whole(self, record: str, ids: Iterable[str]) -> list[dict[str, Any]]:
        """Return whole records by their ids, in that order; those that there are."""
        wanted = list(ids)
        sql = "SELECT id, value FROM records WHERE record = ? AND id IN (SELECT unnest(?)) AND value IS NOT NULL"
        found = {row["id"]: row["value"] for row in self.ask(sql, record, wanted)} if wanted else {}
        return [decode(found[one]).fields for one in dict.fromkeys(wanted) if one in found]

    def positions(self) -> dict[Place, int]:
        """Return what has been read so far."""
        rows = self.ask("SELECT place, identity, partition, reached FROM positions")
        return {Place(row["place"], row["identity"], row["partition"]): row["reached"] for row in rows}

    def forget(self) -> None:
        """Empty everything: what was read is no longer there, and another took its place."""
        with self._committing():
            for name in ("records", "positions", "disputed", *(table.name for table in KEPT)):
                self._sql.execute(f"DELETE FROM {name}")
        self._found.clear()

    def add(self, arrived: Iterable[Stored], positions: Positions) -> int:
        """Add records and how far the reading is, in one commit; return how many were news to it."""
        with self._committing():
            added = self._add(newest(arrived), self.seq + 1)
            self._keep(positions)
        self.seq += bool(added)
        return added

    def take_out(self, record: str, ids: list[str]) -> None:
        """Take records of one kind out."""
        with self._committing():
            self._take_out(record, ids)
        self._found.clear()

    @contextmanager
    def _committing(self) -> Iterator[None]:
        """Do something whole or not at all, one at a time."""
        with self._lock:
            self._sql.begin()
            try:
                yield
            except BaseException:
                self._sql.rollback()
                raise
            self._sql.commit()

    def _add(self, arrived: list[Stored], seq: int) -> int:
        if not arrived:
            return 0
        known = self._known(arrived)
        news = [one for one in arrived if one.fields is None or one.version >= known.get(name_of(one), -1)]
        replaced: dict[str, list[str]] = defaultdict(list)
        for one in news:
            if name_of(one) in known:
                replaced[one.record].append(name_of(one).id)
        for record, ids in replaced.items():
            self._take_out(record, ids)
        kept = [one for one in news if one.fields is not None]
        self._insert("records", HEADS, [_head(one, seq) for one in kept])
        for table in KEPT:
            rows = [row for one in kept if one.record == table.record for row in table.rows(one.fields or {})]
            self._insert(table.name, table.schema, rows)
        note_disputes(self._sql, news)
        return len(news)

    def _known(self, arrived: list[Stored]) -> dict[Name, int]:
        """Return the versions that are here already of what arrived."""
        self._sql.register("arriving", pa.table({"id": [name_of(one).id for one in arrived]}))
        rows = self._sql.execute("SELECT record, id, version FROM records SEMI JOIN arriving USING (id)").fetchall()
        self._sql.unregister("arriving")
        return {Name(record, name): version for record, name, version in rows}

    def _take_out(self, record: str, ids: list[str]) -> None:
        self._sql.register("leaving", pa.table({"id": ids}))
        self._sql.execute("DELETE FROM records WHERE record = ? AND id IN (SELECT id FROM leaving)", [record])
        for table in KEPT:
            if table.record == record:
                self._sql.execute(f"DELETE FROM {table.name} WHERE {key_of(table)} IN (SELECT id FROM leaving)")
        if record == "story":
            self._sql.execute("DELETE FROM disputed WHERE story_id IN (SELECT id FROM leaving)")
        self._sql.unregister("leaving")

    def _keep(self, positions: Positions) -> None:
        rows = [{**place._asdict(), "reached": at} for place, at in positions.items()]
        if rows:
            places = sorted({place.place for place in positions})
            self._sql.execute("DELETE FROM positions WHERE place IN (SELECT unnest(?))", [places])
            self._insert("positions", POSITIONS, rows)

    def _insert(self, name: str, schema: Any, rows: list[Row]) -> None:
        if rows:
            self._sql.register("arriving", pa.Table.from_pylist(rows, schema))
            self._sql.execute(f"INSERT INTO {name} SELECT * FROM arriving")
            self._sql.unregister("arriving")

    def _open(self) -> duckdb.DuckDBPyConnection:
        try:
            sql = duckdb.connect(str(self.path), config=SETTINGS)
        except duckdb.Error as error:
            raise StoreUnusable(
                f"{self.path} cannot be opened: {str(error).splitlines()[0]} "
                "Where another `rasid serve` has it, end that one; where it is damaged, delete it: it is made anew."
            ) from error
        sql.execute("SET TimeZone = 'UTC'")
        return sql


def key_of(table: Table) -> str:
    """Return the column that says which record a row is of."""
    return f"{table.record}_id"


def _head(one: Stored, seq: int) -> Row:
    value = encode(one.record, one.fields or {}) if one.record in WHOLE else None
    return {"record": one.record, "id": name_of(one).id, "version": one.version, "seq": seq, "value": value}
