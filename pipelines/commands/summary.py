"""What became of a run's messages, as a table."""

import typer
from rich.console import Console
from rich.table import Table

from pipelines.batches.kafka_output import MERGED
from pipelines.batches.progress import Progress

ROWS = (("article", "articles"), ("revision", "revisions"), ("duplicate", "duplicates"), ("rejection", "rejections"))


def summary(progress: Progress) -> Table:
    """Return what became of the messages, as it was written."""
    table = Table(title="What became of the messages", show_header=False)
    for name, label in (*ROWS, *((record, f"{record} records") for record in MERGED)):
        table.add_row(label, f"{progress.written[name]:,}")
    if progress.expired:
        table.add_row("expired before they were read", f"{progress.expired:,}", style="bold red")
    return table


def tell_end(progress: Progress, *, endless: bool) -> None:
    """Print what became of the messages, or that there were none."""
    if progress.read or progress.written or progress.expired:
        Console().print(summary(progress))
    elif endless:
        typer.echo("Nothing new came while it ran.")
    else:
        typer.echo("Nothing new: every message up to the ends seen now has its line in the ledger.")
