"""Measure export and questions over the records of many articles: ratios to a bare reading of the same files.

    python -m tests.bench.bench_tables [--articles 100000]

The records are those of the sample, repeated under other ids and later days until there are as many articles.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from pipelines.tables.catalog import TABLES
from pipelines.tables.database import Database
from pipelines.tables.filters import Filters
from pipelines.tables.stored import read_folder
from pipelines.tables.writers import WRITERS, write_xlsx
from schemas.containers import read_beginning, write_container
from tests.golden.job import read, run_sample

RECORDS = ("article", "event", "duplicate", "trend")
IDS = {"article_id", "event_id", "original_id", "duplicate_id", "trend_id", "cluster_id", "copy_of"}
LISTS = {"article_ids", "event_ids"}
QUESTIONS = ("FROM who_did_what()", "FROM first_reports()", "FROM copies_by_agency()")


def main() -> None:
    """Measure, and print what was measured."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    flags.add_argument("--articles", type=int, default=100_000)
    asked = flags.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store, sample = Path(folder) / "many", Path(folder) / "sample"
        run_sample(sample)
        counts = multiply(sample, store, asked.articles)
        size = sum(path.stat().st_size for path in store.rglob("*.avro"))
        print(f"{', '.join(f'{count:,} {name}s' for name, count in counts.items())}; {size / 2**20:,.0f} MB of Avro")
        measure(store, Path(folder))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def measure(store: Path, folder: Path) -> None:
    """Read the files bare, then gather the tables, write each form, and ask."""
    bare = timed(lambda: read_bare(store))
    print(f"bare reading of all records: {bare:,.1f} s, the 1.0 of what follows")
    staged = folder / "staged"
    staged.mkdir()
    with Database(staged, tuple(TABLES)) as database:
        tell("gather all tables", timed(lambda: database.load(read_folder(store, database.records), Filters())), bare)
        for suffix in (".parquet", ".csv", ".jsonl", ".xlsx"):
            path = folder / f"events{suffix}"
            seconds = timed(partial(write, database, path))
            tell(f"events to {suffix}, {path.stat().st_size / 2**20:,.0f} MB", seconds, bare)
        for sql in QUESTIONS:
            tell(sql, timed(partial(answer, database, sql)), bare)


def write(database: Database, path: Path) -> None:
    """Write the events."""
    reader = database.batches(TABLES["events"])
    if path.suffix == ".xlsx":
        write_xlsx(path, [("events", reader)])
    else:
        WRITERS[path.suffix](path, reader)


def answer(database: Database, sql: str) -> None:
    """Ask, and read the whole answer."""
    database.ask(sql).read_all()


def read_bare(store: Path) -> int:
    """Read every record and do nothing with it."""
    paths = ((record, path) for record in RECORDS for path in files(store, record))
    return sum(1 for record, path in paths for _ in read_beginning(path, record))


def tell(what: str, seconds: float, bare: float) -> None:
    """Print a time and its ratio."""
    print(f"{what}: {seconds:,.1f} s, {seconds / bare:.2f}")
    sys.stdout.flush()


def timed(work: Callable[[], Any]) -> float:
    """Return how long something takes, in seconds of this process's processor."""
    started = time.process_time()
    work()
    return time.process_time() - started


def files(store: Path, record: str) -> list[Path]:
    """Return the files of a record."""
    return sorted(store.glob(f"{record}/date=*/hour=*/*.avro"))


def multiply(sample: Path, store: Path, articles: int) -> dict[str, int]:
    """Write the sample's records again and again, a copy an hour; return how many there are."""
    rows = {record: read(sample, record) for record in RECORDS}
    known = len({row["article_id"] for row in rows["article"]})
    copies = -(-articles // known)
    for copy in range(copies):
        for record, some in rows.items():
            day, hour = divmod(copy, 24)
            path = (
                store
                / record
                / f"date=2026-{1 + day // 28:02}-{1 + day % 28:02}"
                / f"hour={hour:02}"
                / f"{record}.avro"
            )
            path.parent.mkdir(parents=True)
            write_container(path, record, (again(row, copy) for row in some))
    return {record: len(some) * copies for record, some in rows.items()}


def again(fields: Any, copy: int) -> Any:
    """Return a record under other ids and later."""
    if isinstance(fields, list):
        return [again(one, copy) for one in fields]
    if not isinstance(fields, dict):
        return fields
    return {name: _changed(name, value, copy) for name, value in fields.items()}


def _changed(name: str, value: Any, copy: int) -> Any:
    if name in IDS and value:
        return f"{value[:12]}{copy:08x}"
    if name in LISTS:
        return [f"{one[:12]}{copy:08x}" for one in value]
    if name.endswith("published_at") and value is not None:
        return value + timedelta(hours=copy)
    return again(value, copy)


if __name__ == "__main__":
    main()
