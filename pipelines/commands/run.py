"""Run the pipeline."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from connectors.kafka.check import check
from connectors.kafka.security import read_security
from connectors.message import LARGEST
from pipelines.batches.loop import BatchRun, Stopped, state_home
from pipelines.commands import logs
from pipelines.commands.compact import at_the_end
from pipelines.commands.endpoint import parse_address, served
from pipelines.commands.flags import KafkaConfig, KafkaPassword, Registry, beam_flags
from pipelines.commands.model import Model
from pipelines.commands.on_flink import check_machine, check_runner, flink_address, follow
from pipelines.commands.reach import reach
from pipelines.commands.stopping import stopping
from pipelines.commands.summary import summary, tell_end
from pipelines.commands.watch import Watcher, about, watched
from pipelines.core.units import DAY, HOUR, MIB
from pipelines.line_by_line import count_processors
from pipelines.options import (
    Runner,
    Settings,
    default_state,
    parse_sinks,
    parse_source,
    parse_start,
)
from pipelines.transforms.readers import READERS

CONTEXT = {"allow_extra_args": True}
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
Bytes = Annotated[int, typer.Option(min=1, max=LARGEST // 2, help="A longer message is refused.")]
Flink = Annotated[
    str | None,
    typer.Option(
        "--flink",
        metavar="HOST:PORT",
        callback=check_runner,
        help="The cluster; by default the one of `rasid flink start`.",
    ),
]
Savepoint = Annotated[
    str | None,
    typer.Option(callback=check_runner, help="On Flink: go on from where `rasid flink savepoint` stopped a job."),
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, help="Processes that read articles; by default one a processor.")
]
Metrics = Annotated[
    str | None,
    typer.Option(
        "--metrics",
        metavar="[HOST:]PORT",
        callback=check_machine,
        help="Answer /metrics and /healthz there; without HOST, to this machine alone.",
    ),
]
Form = Annotated[
    Literal["avro", "parquet"],
    typer.Option("--format", help="parquet: tables beside the Avro files, as `rasid compact` writes them, at the end."),
]
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
    runner: Annotated[Runner, typer.Option(is_eager=True, help="direct: this machine. flink: a cluster.")] = "direct",
    drain: Drain = False,
    start: Start = "resume",
    horizon_days: Days = 3,
    window_minutes: Minutes = 60,
    allowed_lateness_hours: Hours = 24,
    shards: Shards = 4,
    max_message_bytes: Bytes = MIB,
    registry: Registry = None,
    entity_model: Model = "fast",
    jobs: Jobs = None,
    form: Form = "avro",
    state: State = None,
    metrics: Metrics = None,
    flink: Flink = None,
    savepoint: Savepoint = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Read articles, write records: to Kafka's topics, to files, or both. What stands behind -- goes to Beam.

    Without --drain it goes on until it is stopped. `resume`, the default, writes only what the ledger has no line for.
    """
    security = read_security(kafka_config, password)
    to_kafka, to_files = parse_sinks(to, security)
    beam_arguments = beam_flags(context.args)
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
        flink=flink_address(flink, beam_arguments) if runner == "flink" else None,
        savepoint=savepoint,
        beam_arguments=beam_arguments,
        state=state or default_state(),
    )
    finish = at_the_end(form, to_files)
    execute(settings, jobs or count_processors(), parse_address(metrics) if metrics else None)
    finish()


def execute(settings: Settings, jobs: int = 1, metrics: tuple[str, int] | None = None) -> None:
    """Run with these settings, showing how far it has come, and print what became of the messages.

    Articles are read in `jobs` processes; `metrics` is where others may ask how the run is.
    """
    if settings.runner == "flink" or not settings.endless:
        for connection in settings.connections:
            check(connection)
    if settings.runner == "flink":
        follow(settings)
        return
    watcher = Watcher(state_home(settings) / "status.json", about(settings))
    batches = BatchRun(settings, watcher)
    READERS.start(jobs, settings.entity_model)
    try:
        with served(watcher, metrics), stopping(batches.stop), watched(watcher):
            for connection in settings.connections if settings.endless else ():
                reach(connection, batches, watcher)
            progress = batches.go()
    except Stopped as stopped:
        logs.tell(str(stopped))
        Console().print(summary(watcher.progress))
        raise typer.Exit(STOPPED) from stopped
    finally:
        READERS.stop()
    tell_end(progress, endless=settings.endless)
