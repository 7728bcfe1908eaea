"""Ask SQL of what a run found; DuckDB answers."""

import sys
from itertools import islice
from typing import Annotated, Any

import typer

from pipelines.commands.flags import KafkaConfig, KafkaPassword, Registry
from pipelines.commands.layout import make_console, print_rows
from pipelines.commands.render import isolate
from pipelines.commands.stored import From, gathered, open_store, tell_unread
from pipelines.options import WrongOption
from pipelines.tables.database import rows_of, tables_named
from pipelines.tables.filters import Filters
from pipelines.tables.writers import csv_cell, csv_lines, json_lines

MOST_ROWS = 200


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="The question, such as `SELECT type, count(*) ...`.")],
    source: From = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with each row as a line of JSON.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Retracted events too, marked as such.")] = False,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
    registry: Registry = None,
) -> None:
    """Ask a question of the tables of `rasid export`: events, participants, evidence, articles and so on.

    Three answers are ready: `FROM who_did_what()`, who did what to whom by week; `FROM first_reports()`, which outlets
    are first; `FROM copies_by_agency()`, how much is copied of what each agency sends.
    To ask again and again, `rasid export --to FILE.duckdb` once.
    """
    if as_csv and as_json:
        raise WrongOption("--csv and --json exclude each other.")
    store = open_store(source, kafka_config, password, registry)
    with gathered(store, tables_named(sql), Filters(retracted=everything)) as database:
        answer = database.ask(sql)
        if as_csv:
            csv_lines(sys.stdout, answer, end="\n")  # what a shell reads has no CR
        elif as_json:
            sys.stdout.writelines(line.decode() for line in json_lines(answer))
        else:
            _print(answer)
        tell_unread(database)


def _print(answer: Any) -> None:
    """Print rows as a table, as many as a person reads."""
    rows = rows_of(answer)
    shown = [[isolate(str(csv_cell(value))) for value in row.values()] for row in islice(rows, MOST_ROWS)]
    print_rows(make_console(), answer.schema.names, shown)
    if left := sum(1 for _ in rows):
        typer.echo(f"... and {left:,} more rows: --csv or --json gives all, LIMIT fewer.")
