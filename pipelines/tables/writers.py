"""Write tables to files that other programs read."""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet
import xlsxwriter

from pipelines.tables.database import rows_of
from pipelines.tables.table import Row
from schemas.plain_json import to_json

SHEET_ROWS, CELL_LETTERS = 1_048_575, 32_767
"""What a sheet of Excel holds: rows below its header, UTF-16 units in a cell."""
_CUT = " […]"


def write_parquet(path: Path, reader: Any) -> None:
    """Write Parquet, compressed with zstd."""
    with pa.parquet.ParquetWriter(path, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def write_csv(path: Path, reader: Any) -> None:
    """Write CSV (RFC 4180, UTF-8 without a mark); see `csv_lines` for how values look."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv_lines(file, reader)


def csv_lines(file: IO[str], reader: Any, end: str = "\r\n") -> None:
    """Write the header and rows as CSV: lists joined with |, times in UTC with Z, true and false, null as nothing.

    Texts stand as they were written, also where they begin with =, +, - or @: a quote is evidence, and a spreadsheet
    that takes one for a formula is better given .xlsx. Lines end as RFC 4180 says, or as `end` does.
    """
    writer = csv.writer(file, lineterminator=end)
    writer.writerow(reader.schema.names)
    for row in rows_of(reader):
        writer.writerow([csv_cell(value) for value in row.values()])


def csv_cell(value: object) -> object:
    """Return a value as CSV shows it.

    >>> csv_cell(["القاهرة", "بيروت"]), csv_cell(True), csv_cell(None)
    ('القاهرة|بيروت', 'true', '')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, list):
        return "|".join(str(csv_cell(one)) for one in value)
    return "" if value is None else plain(value)


def plain(value: Any) -> Any:
    """Return a whole decimal, which is how DuckDB sums, as a whole number, another as a float; all else as it is."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def write_jsonl(path: Path, reader: Any) -> None:
    """Write JSON Lines: times in ISO 8601, lists as lists."""
    with path.open("wb") as file:
        file.writelines(json_lines(reader))


def json_lines(reader: Any) -> Iterator[bytes]:
    """Yield each row as a line of JSON."""
    for row in rows_of(reader):
        yield to_json({name: plain(value) for name, value in row.items()}) + b"\n"


def write_geojson(path: Path, reader: Any) -> None:
    """Write a GeoJSON FeatureCollection (RFC 7946); a row without coordinates is a feature without geometry."""
    with path.open("wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for number, row in enumerate(rows_of(reader)):
            file.write((b",\n" if number else b"\n") + to_json(feature(row)))
        file.write(b"\n]}\n")


def feature(row: Row) -> Row:
    """Return a row as a GeoJSON feature.

    >>> feature({"name": "بغداد", "latitude": 33.3, "longitude": 44.4})["geometry"]
    {'type': 'Point', 'coordinates': [44.4, 33.3]}
    """
    point = [row["longitude"], row["latitude"]]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    rest = {name: value for name, value in row.items() if name not in ("longitude", "latitude")}
    return {"type": "Feature", "geometry": geometry, "properties": rest}


WRITERS: dict[str, Callable[[Path, Any], None]] = {
    ".parquet": write_parquet,
    ".csv": write_csv,
    ".jsonl": write_jsonl,
    ".geojson": write_geojson,
}
"""How a file with one table is written, by its ending."""


def write_xlsx(path: Path, readers: Iterable[tuple[str, Any]]) -> int:
    """Write an Excel workbook, a sheet a table; return how many cells were too long and were cut, ending in […].

    Every text is written as a text, never as a formula, a number or a link. A table must fit into a sheet.
    """
    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    cut = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _SHOWN.items()}
        bold = book.add_format({"bold": True})
        for name, reader in readers:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, reader.schema.names, bold)
            for number, row in enumerate(rows_of(reader), 1):
                cut += sum(_write_cell(sheet, number, at, value, formats) for at, value in enumerate(row.values()))
    return cut


_SHOWN = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd"}


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: dict[type[date], Any]) -> bool:
    """Write a cell and return whether it was cut; a time before 1900, which Excel has not, is a text."""
    if value is None:
        return False
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date) and value.year >= 1900:
        naive = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        sheet.write_datetime(row, column, naive, formats[type(value)])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        text = str(csv_cell(value))
        fitting = shortened(text)
        sheet.write_string(row, column, fitting)
        return fitting != text
    return False


def shortened(text: str) -> str:
    """Cut a text to what a cell holds, counted as Excel counts.

    >>> len(shortened("خبر" * 20_000)) == CELL_LETTERS
    True
    """
    if len(text) <= CELL_LETTERS // 2 or len(text.encode("utf-16-le")) <= 2 * CELL_LETTERS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (CELL_LETTERS - len(_CUT))]
    return kept.decode("utf-16-le", "ignore") + _CUT
