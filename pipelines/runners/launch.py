"""Start the pipeline on a Flink cluster, with the options it was measured with."""

import logging
from collections.abc import Callable
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions

from pipelines.options import Settings, WrongOption
from pipelines.runners.beam_bugs import estimate_state_sizes_cheaply

IN_PROCESS = "apache_beam.runners.portability.fn_api_runner.FnApiRunner"
FOR_EVER_S = 10 * 365 * 24 * 60 * 60


def launch(settings: Settings, build: Callable[[beam.Pipeline], Any]) -> Any:
    """Run what `build` puts together and wait for its end; returns Beam's result, metrics included."""
    estimate_state_sizes_cheaply()
    logging.getLogger("apache_beam").setLevel(logging.ERROR)
    pipeline = beam.Pipeline(options=PipelineOptions([*runner_arguments(settings), *settings.beam_arguments]))
    build(pipeline)
    result = pipeline.run()
    result.wait_until_finish()
    return result


def runner_arguments(settings: Settings) -> list[str]:
    """Return the flags for Beam; those a user passes through come after them and win."""
    if not any(one.startswith(("--flink_master", "--flink_job_server_jar")) for one in settings.beam_arguments):
        raise WrongOption("Say where Flink is: rasid run --runner flink ... -- --flink_master=host:8081.")
    arguments = [
        "--runner=FlinkRunner",
        f"--job_server_timeout={FOR_EVER_S}",  # also how long Beam listens to a job: an endless one ended after 300 s
        "--max_parallelism=128",
        "--max_bundle_size=1000",
        "--max_bundle_time_mills=500",
        "--object_reuse",
        "--faster_copy",
    ]
    return arguments + (["--streaming", "--checkpointing_interval=10000"] if settings.endless else [])
