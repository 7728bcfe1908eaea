"""Show the runs of this machine on one screen: how far each has come, and what keeps it."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import psutil
import typer
from kafka.errors import KafkaError
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from connectors.kafka.admin import id_of_topic
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.consume import NoSuchTopic
from connectors.kafka.offsets import partition_bounds
from connectors.kafka.security import Security, read_security
from pipelines.commands.flags import KafkaConfig, KafkaPassword
from pipelines.core.records.ledger import RECORD_OF
from pipelines.options import default_state

REFRESH_S = 2.0
SILENT_AFTER_S = 15.0
WAITING_AFTER_S = 2.0
"""A broker that has not answered for so long is waited for; it is said, and the run is not ready."""
Status = dict[str, Any]


def status(
    state: Annotated[
        Path | None, typer.Option(envvar="RASID_STATE", help="Where runs keep what they remember.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON a run, once.")] = False,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Show every run of this machine, live on a terminal, else once. Exit code 1 where none is running well."""
    folder, security = state or default_state(), read_security(kafka_config, password)
    console = Console()
    if console.is_terminal and not as_json:
        with Live(console=console, screen=False, auto_refresh=False) as live:
            while True:
                live.update(screen(list(read_all(folder)), security), refresh=True)
                time.sleep(REFRESH_S)
    found = list(read_all(folder))
    if as_json:
        for one in found:
            typer.echo(json.dumps(one | {"lag": lag(one, security)}, ensure_ascii=False))
    else:
        console.print(screen(found, security))
    if not any(one["state"] == "running" and not one["waiting_s"] for one in found):
        raise typer.Exit(0 if found and all(one["state"] == "ended" for one in found) else 1)


def read_all(folder: Path) -> Iterator[Status]:
    """Yield what each run last said of itself, the newest first; one whose process is gone is `dead`."""
    said = [json.loads(path.read_text("utf-8")) | {"home": str(path.parent)} for path in folder.glob("*/status.json")]
    for one in sorted(said, key=lambda one: -one["updated"]):
        if one["state"] == "running" and not psutil.pid_exists(one["pid"]):
            one["state"] = "dead"
        yield one


def screen(found: list[Status], security: Security) -> Group:
    """Return what to show of all runs."""
    if not found:
        return Group(Text("No run has been started on this machine: rasid run --from kafka://... --to kafka://..."))
    return Group(*(_table(one, security) for one in found))


def lag(one: Status, security: Security) -> dict[str, int] | None:
    """Return by partition how many offsets of its topic a run has not read yet; None where nobody can tell.

    A run that goes on knows it itself; for another the broker is asked.
    """
    if not one["topic"]:
        return None
    if one["state"] == "running" and "lag" in one:
        return dict(one["lag"])
    try:
        connection: KafkaConnection = security.connect(one["bootstrap"])
        read = one["position"].get(id_of_topic(connection, one["topic"]), {})
        bounds = partition_bounds(connection, one["topic"])
    except (KafkaError, NoSuchTopic):
        return None
    return {str(partition): last - read.get(str(partition), first) for partition, (first, last) in bounds.items()}


def _table(one: Status, security: Security) -> Table:
    table = Table(title=f"{one['from']} → {', '.join(one['to'])}", title_justify="left", show_header=False)
    for name, value in _rows(one, lag(one, security)):
        table.add_row(name, value)
    return table


def _rows(one: Status, behind: dict[str, int] | None) -> Iterator[tuple[str, str | Text]]:
    silent = time.time() - one["updated"]
    yield "state", _state(one, silent)
    seconds = max(1.0, one["updated"] - one["started"])
    yield "read", f"{one['read']:,} in {timedelta(seconds=round(seconds))}, {one['read'] / seconds:,.1f} a second"
    yield "recorded", ", ".join(f"{one['written'].get(name, 0):,} {name}" for name in RECORD_OF)
    if reasons := one.get("reasons"):
        yield "refused as", ", ".join(f"{count:,} {reason}" for reason, count in sorted(reasons.items()))
    yield "merged", ", ".join(f"{one['written'].get(name, 0):,} {name} records" for name in ("event", "story", "trend"))
    if behind is not None:
        parts = ", ".join(f"{partition}: {count:,}" for partition, count in sorted(behind.items()))
        yield "lag", f"{sum(behind.values()):,} messages (by partition: {parts})"
    yield "event time", one["event_time"] or "nothing dated was read yet"
    if one["expired"]:
        yield "expired", Text(f"{one['expired']:,} messages were deleted before they were read", "bold red")
    log = Path(one["home"]) / "state.log"
    yield "remembered", f"{log.stat().st_size / 2**20:,.1f} MB in {log}" if log.exists() else "nothing"
    for rejection in one["rejections"]:
        yield "rejected", f"{rejection['origin']} {rejection['reason']}: {rejection['message']}"


def _state(one: Status, silent: float) -> Text:
    when = datetime.fromtimestamp(one["updated"], UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    if one["state"] == "dead":
        return Text(f"killed; last heard of at {when}. Start it again: it goes on where its ledger ends", "bold red")
    if one["state"] != "running":
        return Text(f"{one['state']} at {when}")
    if one["waiting_s"] >= WAITING_AFTER_S:
        return Text(f"running (process {one['pid']}), waiting for Kafka for {one['waiting_s']:.0f} s", "bold yellow")
    if silent > SILENT_AFTER_S:
        return Text(f"running (process {one['pid']}), and silent for {silent:.0f} s", "bold yellow")
    return Text(f"running (process {one['pid']})", "green")
