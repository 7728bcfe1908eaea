"""Run the pipeline."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from connectors.kafka.check import check
from pipelines.batches.kafka_output import MERGED
from pipelines.batches.loop import BatchRun, Progress, Stopped, state_home
from pipelines.commands import logs
from pipelines.commands.flags import KafkaConfig, KafkaPassword, Registry, beam_flags, read_security
from pipelines.commands.model import Model
from pipelines.commands.watch import Watcher, watched
from pipelines.options import (
    DAY,
    HOUR,
    KafkaSource,
    Runner,
    Settings,
    default_state,
    parse_sinks,
    parse_source,
    parse_start,
)
from pipelines.run import run_on_flink

CONTEXT = {"allow_extra_args": True}
ROWS = (("article", "articles"), ("revision", "revisions"), ("duplicate", "duplicates"), ("rejection", "rejections"))
STOPPED = 3
"""The exit code of a run that was stopped while it waited for a broker."""

Source = Annotated[
    str, typer.Option("--from", help="kafka://host:port/topic, or files:GLOB (JSON Lines, CSV, Avro; gzip).")
]
Sinks = Annotated[list[str], typer.Option("--to", help="kafka://host:port or files:DIR; give it twice for both.")]
Drain = Annotated[bool, typer.Option("--drain", help="Read to the ends seen at the start, then finish.")]
Start = Annotated[str, typer.Option(help="resume (from the ledger), earliest, latest, or a time with its offset.")]
Days = Annotated[float, typer.Option(help="How far apart two copies may be published, in days.")]
Minutes = Annotated[int, typer.Option(min=10, help="The length of a trend's window; a multiple of 10.")]
Hours = Annotated[float, typer.Option(help="How late an article may be and still be counted in trends.")]
Shards = Annotated[
    int, typer.Option(min=1, help="How many ways merging is divided on a cluster; records do not depend on it.")
]
Bytes = Annotated[int, typer.Option(min=1, help="A longer message is refused.")]
State = Annotated[
    Path | None,
    typer.Option(
        envvar="RASID_STATE", help="Where this machine keeps what runs remember. [default: ~/.local/state/rasid]"
    ),
]


def run(
    context: typer.Context,
    source: Source,
    to: Sinks,
    runner: Annotated[Runner, typer.Option(help="direct: this machine. flink: a cluster.")] = "direct",
    drain: Drain = False,
    start: Start = "resume",
    horizon_days: Days = 3,
    window_minutes: Minutes = 60,
    allowed_lateness_hours: Hours = 24,
    shards: Shards = 4,
    max_message_bytes: Bytes = 1024 * 1024,
    registry: Registry = None,
    entity_model: Model = "fast",
    state: State = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Read articles, write records: to Kafka's topics, to files, or both. What stands behind -- goes to Beam.

    Without --drain it goes on until it is stopped. `resume`, the default, writes only what the ledger has no line for.
    """
    security = read_security(kafka_config, password)
    to_kafka, to_files = parse_sinks(to, security)
    settings = Settings(
        source=parse_source(source, security),
        to_kafka=to_kafka,
        to_files=to_files,
        runner=runner,
        drain=drain,
        start=parse_start(start),
        horizon=int(horizon_days * DAY),
        window=window_minutes * HOUR // 60,
        lateness=int(allowed_lateness_hours * HOUR),
        shards=shards,
        max_message_bytes=max_message_bytes,
        registry=registry,
        entity_model=entity_model,
        beam_arguments=beam_flags(context.args),
        state=state or default_state(),
    )
    execute(settings)


def execute(settings: Settings) -> None:
    """Run with these settings, showing how far it has come, and print what became of the messages."""
    for connection in settings.connections:
        check(connection)
    if settings.runner == "flink":
        run_on_flink(settings)
        return
    watcher = Watcher(state_home(settings) / "status.json", about(settings))
    batches = BatchRun(settings, watcher)
    try:
        with stopping(batches.stop), watched(watcher):
            progress = batches.go()
    except Stopped as stopped:
        logs.tell(str(stopped))
        Console().print(summary(watcher.progress))
        raise typer.Exit(STOPPED) from stopped
    if progress.read == 0 and settings.drain and not progress.expired:
        typer.echo("Nothing new: every message up to the ends seen now has its line in the ledger.")
        return
    Console().print(summary(progress))


@contextmanager
def stopping(stop: threading.Event) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end a run when the batch at hand is written; Ctrl-C once more ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, _: Any) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def about(settings: Settings) -> dict[str, Any]:
    """Return what `rasid status` says of a run that never changes."""
    source = settings.source
    topic, bootstrap = None, None
    if isinstance(source, KafkaSource):
        topic, bootstrap = source.topic, source.connection.bootstrap
    return {
        "from": f"kafka://{bootstrap}/{topic}" if topic else "files",
        "topic": topic,
        "bootstrap": bootstrap,
        "to": [
            *([f"kafka://{settings.to_kafka.bootstrap}"] if settings.to_kafka else []),
            *([f"files:{settings.to_files}"] if settings.to_files else []),
        ],
        "endless": settings.endless,
    }


def summary(progress: Progress) -> Table:
    """Return what became of the messages, as it was written."""
    table = Table(title="What became of the messages", show_header=False)
    for name, label in (*ROWS, *((record, f"{record} records") for record in MERGED)):
        table.add_row(label, f"{progress.written[name]:,}")
    if progress.expired:
        table.add_row("expired before they were read", f"{progress.expired:,}", style="bold red")
    return table
