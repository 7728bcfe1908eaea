"""Run the pipeline on a Flink cluster, and say what becomes of the job where somebody stops waiting for it."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from connectors.flink.job_server import flink_jars
from connectors.flink.rest import Cluster
from connectors.local.jars import default_cache, fetch_jars
from pipelines.commands.downloads import shown_download
from pipelines.commands.flags import local_flink
from pipelines.options import Settings
from pipelines.run import run_on_flink
from pipelines.runners.launch import find_cluster, job_name

_MASTER = "--flink_master"


def check_runner(context: typer.Context, param: typer.CallbackParam, value: str | None) -> str | None:
    """Refuse a flag of clusters where the run is on this machine, and return it."""
    if value is not None and context.params.get("runner") != "flink":
        raise typer.BadParameter("this is for --runner flink; a run on this machine goes on by itself.")
    return value


def check_machine(context: typer.Context, param: typer.CallbackParam, value: str | None) -> str | None:
    """Refuse a flag of runs on this machine where the run is on a cluster, and return it."""
    if value is not None and context.params.get("runner") == "flink":
        raise typer.BadParameter("this is for a run on this machine; Flink has reporters and a page of its own.")
    return value


def flink_address(given: str | None, beam_arguments: Sequence[str]) -> str:
    """Return the REST address a run is for, `host:port`: of `--flink`, of Beam's own flag, or of the local cluster.

    >>> flink_address(None, ("--flink_master=http://one:8081",))
    'one:8081'
    """
    words = " ".join(beam_arguments).replace(f"{_MASTER} ", f"{_MASTER}=").split()
    named = [word.partition("=")[2] for word in words if word.startswith(f"{_MASTER}=")]
    address = given or (named[-1] if named else None) or local_flink()
    return address.removeprefix("http://").rstrip("/")


def follow(settings: Settings) -> None:
    """Run on a cluster and wait for the end; who stops waiting is told that the job goes on, and how to stop it."""
    cluster = find_cluster(settings)
    with shown_download("Flink") as show:
        fetch_jars(flink_jars(), default_cache(), show)
    typer.echo(f"Starting {job_name(settings)} on Flink at {cluster.address}; Ctrl-C leaves it there.", err=True)
    try:
        with _interrupted_by_sigterm():
            run_on_flink(settings)
    except KeyboardInterrupt:
        typer.echo(_what_goes_on(cluster, job_name(settings)))


def _what_goes_on(cluster: Cluster, name: str) -> str:
    ours = [job.job_id for job in cluster.jobs() if job.name == name]
    if not ours:
        return "Stopped; no job runs on Flink."
    return (
        f"The job goes on, as {ours[0]} on Flink at {cluster.address}. To stop it with a savepoint: "
        f"rasid flink savepoint {ours[0]} --flink {cluster.address}"
    )


@contextmanager
def _interrupted_by_sigterm() -> Iterator[None]:
    """Let SIGTERM do what Ctrl-C does: or the job server that Beam started would stay behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, _: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
