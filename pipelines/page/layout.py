"""How the page's database is laid out: its settings, its tables, and the name of the layout."""

import duckdb
import pyarrow as pa

from pipelines.page.disputed import DISPUTED
from pipelines.page.kept import KEPT

LAYOUT = "3"
"""Grows when the tables change: a file of another layout is made anew from the records."""
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,  # nothing is fetched from anywhere
    "autoload_known_extensions": False,
}
HEADS = pa.schema(
    [
        ("record", pa.string()),
        ("id", pa.string()),
        ("version", pa.int64()),
        ("seq", pa.int64()),
        ("value", pa.binary()),
    ]
)
POSITIONS = pa.schema(
    [("place", pa.string()), ("identity", pa.string()), ("partition", pa.int64()), ("reached", pa.int64())]
)


def layout_of(sql: duckdb.DuckDBPyConnection) -> str:
    """Return the name of a database's layout; "" where it has none yet."""
    named = sql.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'layout'").fetchall()
    return str(sql.execute("SELECT name FROM layout").fetchall()[0][0]) if named[0][0] else ""


def make_tables(sql: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of this layout, in one commit."""
    sql.begin()
    own = (("records", HEADS), ("positions", POSITIONS), ("disputed", DISPUTED))
    for name, schema in (*own, *((one.name, one.schema) for one in KEPT)):
        sql.register("arriving", schema.empty_table())
        sql.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")
        sql.unregister("arriving")
    sql.execute(f"CREATE TABLE layout AS SELECT '{LAYOUT}' AS name")
    sql.commit()
