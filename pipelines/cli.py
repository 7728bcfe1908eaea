"""The `rasid` command: one command a file in `commands/`, imported when it is called."""

import logging

import typer

from pipelines.commands.lazy import LazyGroup


class Commands(LazyGroup):
    """What `rasid` can do."""

    names = (
        *("demo", "run", "produce", "tail", "audit", "rejections"),
        *("annotate", "duplicates", "identify", "normalize"),
        *("broker", "topics", "schemas"),
    )


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def rasid() -> None:
    """Read Arabic news as a stream: articles in, events out, with the source's own words behind every record."""


def main() -> None:
    """Run the command line."""
    logging.getLogger().addFilter(lambda record: "apitools" not in record.getMessage())  # said as Beam is imported
    app()


if __name__ == "__main__":
    main()
