"""Check the schemas of all records, or show them."""

import json
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.syntax import Syntax

from pipelines.commands.layout import make_console, print_rows
from pipelines.commands.nearest import completing, hint
from pipelines.options import WrongOption
from schemas.catalog import latest_version, load_schema, records, schema_text, versions
from schemas.checks import check_schemas
from schemas.topics import topic_of

app = typer.Typer(no_args_is_help=True, help="The schemas of all records: check them, or show them.")


@app.command()
def check() -> None:
    """Check that the schemas, their examples and the topics are sound. Exit code 1 names what is not."""
    problems = check_schemas()
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{len(records())} records in {sum(len(versions(record)) for record in records())} versions are sound.")


@app.command()
def show(
    record: Annotated[
        str | None,
        typer.Argument(help="A record, such as `event`; all are listed without.", autocompletion=completing(records)),
    ] = None,
    version: Annotated[int | None, typer.Option(metavar="N", help="A version; the latest without.")] = None,
) -> None:
    """List the records, or print the Avro schema of one."""
    if record is None:
        print_rows(make_console(), ("record", "versions", "fields", "topic", "what it is"), _overview())
        return
    console = Console(soft_wrap=True)
    try:
        text = schema_text(record, version)
    except LookupError as error:
        raise WrongOption(f"{error.args[0]}{hint(record, records()) if record not in records() else ''}") from error
    if console.is_terminal:
        console.print(Syntax(text, "json", background_color="default", word_wrap=True))
    else:
        typer.echo(text, nl=not text.endswith("\n"))


def _overview() -> Iterator[tuple[str, ...]]:
    for record in records():
        schema = load_schema(record)
        doc = json.loads(schema_text(record)).get("doc", "").partition(". ")[0].rstrip(".")
        numbers = f"1 to {latest_version(record)}" if latest_version(record) > 1 else "1"
        yield record, numbers, str(len(schema["fields"])), topic_of(record).name, doc
