"""The local Kafka, for development, the demo and tests."""

from pathlib import Path
from typing import Annotated

import typer

from connectors.kafka.local.broker import LocalBroker
from pipelines.commands.downloads import shown_download
from pipelines.commands.flags import BROKER_FOLDER

app = typer.Typer(no_args_is_help=True, help="A real Apache Kafka on this machine, from packages alone.")

Folder = Annotated[Path, typer.Option("--folder", help="Where its data, log and address are kept.")]


@app.command()
def start(
    folder: Folder = BROKER_FOLDER,
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1; 0 takes the last one, or a free one.")] = 0,
) -> None:
    """Start Kafka, or find it running, and print its address. The first time fetches 45 MB of jars."""
    typer.echo(start_broker(LocalBroker(folder, port)))


@app.command()
def stop(folder: Folder = BROKER_FOLDER) -> None:
    """Stop Kafka. Its data stays; delete the folder to begin anew."""
    stopped = LocalBroker(folder).stop()
    typer.echo("stopped" if stopped else "nothing was running")


@app.command()
def status(folder: Folder = BROKER_FOLDER) -> None:
    """Say whether Kafka runs, and where. Exit code 1 when it does not."""
    found = LocalBroker(folder).status()
    if found is None:
        typer.echo("not running; `rasid broker start` starts it")
        raise typer.Exit(1)
    typer.echo(f"Kafka {found.version} at {found.bootstrap}, process {found.pid}, data in {found.data}")


def start_broker(broker: LocalBroker) -> str:
    """Start a broker, showing how far the download is where there is one; return its address."""
    with shown_download("Kafka") as show:
        return broker.start(show)
