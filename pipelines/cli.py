"""The `rasid` command: one command a file in `commands/`, imported when it is called."""

import logging

import typer

from pipelines.commands.lazy import LazyGroup


class Commands(LazyGroup):
    """What `rasid` can do; a command's line here is the first of its own help."""

    lines = {  # noqa: RUF012 - a ClassVar, as LazyGroup says
        "demo": "Show the whole thing on this machine, in about a minute.",
        "run": "Read Arabic news and write articles, duplicates, events, trends, rejections and the ledger.",
        "produce": "Play articles into a topic, each line as it stands, keyed by article so that corrections stay in order.",
        "tail": "Follow a topic and show its records as they come; Ctrl-C ends it.",
        "audit": "Check that every message was answered once.",
        "rejections": "What could not be used, why, and how to send it again.",
        "annotate": "Find names, dates and events in articles: JSON Lines in, JSON Lines out, one for one and in order.",
        "normalize": 'Normalize texts: JSON Lines {"raw"} in, {"text", "folded"} out, one for one and in order.',
        "broker": "A real Apache Kafka on this machine, from packages alone.",
        "topics": "The topics that rasid reads and writes.",
        "schemas": "The schemas of all records: check them, or show them.",
    }


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
    logging.getLogger().addFilter(lambda record: "apitools" not in record.getMessage())


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
