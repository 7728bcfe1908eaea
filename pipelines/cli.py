"""The `rasid` command: one command a file in `commands/`, imported when it is called."""

from typing import Annotated

import typer

from pipelines.commands import logs
from pipelines.commands.lazy import LazyGroup
from pipelines.core.version import PIPELINE_VERSION


class Commands(LazyGroup):
    """What `rasid` can do."""

    names = (
        *("demo", "run", "serve", "status", "fetch", "produce", "tail", "audit", "rejections"),
        *("export", "query", "show", "compact"),
        *("annotate", "duplicates", "identify", "normalize"),
        *("broker", "flink", "topics", "schemas"),
    )


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    """Say which rasid this is, and end."""
    if asked:
        typer.echo(f"rasid {PIPELINE_VERSION}")
        raise typer.Exit


@app.callback()
def rasid(
    log: Annotated[
        logs.LogFormat,
        typer.Option(envvar="RASID_LOG", show_envvar=True, help="How to write messages on standard error."),
    ] = "text",
    _: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Say which rasid this is, and end.")
    ] = False,
) -> None:
    """Read Arabic news as a stream: articles in, events out, with the source's own words behind every record."""
    logs.set_up(log)


def main() -> None:
    """Run the command line."""
    logs.set_up("text")  # the command is imported before its flags are read, and Beam speaks as it is imported
    app()


if __name__ == "__main__":
    main()
