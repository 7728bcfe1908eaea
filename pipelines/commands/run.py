"""Run the pipeline."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from connectors.kafka.check import check
from pipelines.commands.flags import KafkaConfig, KafkaPassword, read_security
from pipelines.commands.model import Model
from pipelines.options import DAY, HOUR, Runner, Settings, parse_sinks, parse_source, parse_start
from pipelines.run import Plan, plan
from pipelines.run import run as run_plan
from pipelines.transforms.tally import OUTCOMES, RECORDS, TALLY

CONTEXT = {"ignore_unknown_options": True, "allow_extra_args": True}

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
    int, typer.Option(min=1, help="How many ways deduplication is divided; results do not depend on it.")
]
Bytes = Annotated[int, typer.Option(min=1, help="A longer message is refused.")]
Registry = Annotated[str | None, typer.Option(help="URL of a schema registry: use Confluent's wire format.")]


def run(
    context: typer.Context,
    source: Source,
    to: Sinks,
    runner: Annotated[Runner, typer.Option(help="direct, prism or flink.")] = "direct",
    drain: Drain = False,
    start: Start = "resume",
    horizon_days: Days = 3,
    window_minutes: Minutes = 60,
    allowed_lateness_hours: Hours = 24,
    shards: Shards = 4,
    max_message_bytes: Bytes = 1024 * 1024,
    registry: Registry = None,
    entity_model: Model = "fast",
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Read articles, write records: to Kafka's topics, to files, or both. Other flags are passed on to Beam.

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
        beam_arguments=tuple(context.args),
    )
    execute(settings)


def execute(settings: Settings) -> None:
    """Run with these settings, showing how far it has come, and print what became of the messages."""
    for connection in settings.connections:
        check(connection)
    planned = plan(settings)
    if planned.is_empty:
        typer.echo("Nothing new: every message up to the ends seen now has its line in the ledger.")
        return
    TALLY.clear()
    with _watched(planned):
        run_plan(planned)
    Console().print(_summary())


@contextmanager
def _watched(planned: Plan) -> Iterator[None]:
    """Show the tally on the terminal, twice a second, while the pipeline runs."""
    ended = threading.Event()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting")

        def show() -> None:
            while not ended.wait(0.5):
                bar.update(task, description=_so_far(planned))

        watcher = threading.Thread(target=show, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()


def _so_far(planned: Plan) -> str:
    done = sum(TALLY[name] for name in OUTCOMES)
    total = sum(stretch.stop - stretch.start for stretch in planned.stretches) if planned.settings.drain else 0
    of_all = f" of {total:,}" if total else ""
    return f"{TALLY['read']:,}{of_all} read, {done:,} recorded, {TALLY['event']:,} events"


def _summary() -> Table:
    table = Table(title="What became of the messages", show_header=False)
    for name in (*OUTCOMES, *RECORDS):
        label = name if name in OUTCOMES else f"{name} records"
        table.add_row(label, f"{TALLY[name]:,}")
    return table
