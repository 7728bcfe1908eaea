"""Say what a table is: its columns, and how one record becomes its rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa

Fields = Mapping[str, Any]
Row = dict[str, Any]

TYPES: dict[str, Any] = {
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "whole": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "day": pa.date32(),
    "moment": pa.timestamp("ms", "UTC"),
}


class Column(NamedTuple):
    """A column: its name, its type (one of TYPES) and what it holds."""

    name: str
    type: str
    doc: str


@dataclass(frozen=True, slots=True)
class Table:
    """A flat table and the record it is made of; `rows` gives a record's rows.

    `order` names the columns that its rows are sorted by. Columns whose name begins with "_" are for filters alone.
    """

    name: str
    record: str
    order: str
    columns: tuple[Column, ...]
    rows: Callable[[Fields], Iterator[Row]]

    @property
    def shown(self) -> tuple[Column, ...]:
        """Return the columns that people see."""
        return tuple(column for column in self.columns if not column.name.startswith("_"))

    def has(self, name: str) -> bool:
        """Return whether there is a column of that name."""
        return any(column.name == name for column in self.columns)

    @property
    def schema(self) -> Any:
        """Return its Arrow schema, every column with its meaning."""
        return pa.schema([pa.field(name, TYPES[kind], metadata={"doc": doc}) for name, kind, doc in self.columns])


def columns(text: str) -> tuple[Column, ...]:
    """Read columns, one a line: name, type, and what it holds.

    >>> columns("outlet  text  The outlet's name, such as الأهرام.")
    (Column(name='outlet', type='text', doc="The outlet's name, such as الأهرام."),)
    """
    return tuple(Column(*line.split(maxsplit=2)) for line in text.strip().splitlines())


def origin_text(origin: Fields) -> str:
    """Write where a message came from, as Kafka people do: topic/partition@offset."""
    return f"{origin['topic']}/{origin['partition']}@{origin['offset']}"
