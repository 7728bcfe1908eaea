"""A local Flink cluster, for development and tests."""

from pathlib import Path
from typing import Annotated

import typer

from connectors.flink.local_cluster import LocalFlink
from connectors.flink.rest import Cluster, FlinkFailed
from pipelines.commands.downloads import shown_download
from pipelines.commands.flags import FLINK_FOLDER, local_flink

app = typer.Typer(no_args_is_help=True, help="A real Flink session cluster on this machine, from packages alone.")

Folder = Annotated[Path, typer.Option("--folder", help="Where its logs, checkpoints and address are kept.")]
Managers = Annotated[int, typer.Option("--task-managers", "-n", min=1, help="How many TaskManagers, of one slot each.")]
Port = Annotated[int, typer.Option(help="Its port on 127.0.0.1; 0 takes the last one, or a free one.")]


@app.command()
def start(folder: Folder = FLINK_FOLDER, task_managers: Managers = 2, port: Port = 0) -> None:
    """Start Flink, or what is missing of it, and print its address. The first time fetches 163 MB of jars."""
    with shown_download("Flink") as show:
        typer.echo(LocalFlink(folder, task_managers, port).start(show))


@app.command()
def stop(folder: Folder = FLINK_FOLDER) -> None:
    """Stop Flink; each job is stopped with a savepoint first."""
    flink = LocalFlink(folder)
    status = flink.status()
    cluster = Cluster(status.address) if status else None
    for job in cluster.jobs() if cluster else ():
        assert cluster is not None
        try:
            _save(cluster, job.job_id)
        except FlinkFailed as error:
            typer.echo(str(error), err=True)
    typer.echo("stopped" if flink.stop() else "nothing was running")


@app.command()
def status(folder: Folder = FLINK_FOLDER) -> None:
    """Say whether Flink runs, where, and which jobs it has. Exit code 1 when it does not."""
    found = LocalFlink(folder).status()
    if found is None:
        typer.echo("not running; `rasid flink start` starts it")
        raise typer.Exit(1)
    from pipelines.transforms.metrics import MESSAGES, NAMESPACE  # with Beam, which the other commands do without

    cluster = Cluster(found.address)
    has = cluster.overview()
    slots = f"{has['slots-available']} of {has['slots-total']} slots free"
    typer.echo(f"Flink {found.version} at {found.address}, {slots}, logs in {folder / 'logs'}")
    for job in cluster.jobs():
        counted = cluster.counters(job.job_id, NAMESPACE)
        told = ", ".join(f"{counted[name]:,} {name}" for name in MESSAGES)
        typer.echo(f"{job.job_id} {job.name} {job.state.lower()}; since its tasks began: {told}")
    job_id, place = LocalFlink(folder).last_checkpoint() or (None, None)
    if job_id is not None and job_id not in {job.job_id for job in cluster.jobs()}:
        typer.echo(f"{job_id} was lost; to go on: rasid run --runner flink ... --savepoint {place}")


@app.command()
def savepoint(
    job: Annotated[str | None, typer.Argument(help="The job's id; the one that runs where there is only one.")] = None,
    flink: Annotated[
        str | None, typer.Option("--flink", metavar="HOST:PORT", help="The cluster; by default the local one.")
    ] = None,
) -> None:
    """Stop a job with a savepoint, and say how to go on from there."""
    cluster = Cluster(flink or local_flink())
    going = [one.job_id for one in cluster.jobs()]
    if job is None and len(going) != 1:
        raise FlinkFailed(f"Say which job: {', '.join(going)} run." if going else "No job runs there.")
    _save(cluster, job or going[0])


def _save(cluster: Cluster, job_id: str) -> None:
    place = cluster.stop_with_savepoint(job_id)
    typer.echo(f"{job_id} is stopped; to go on: rasid run --runner flink ... --savepoint {place}")
