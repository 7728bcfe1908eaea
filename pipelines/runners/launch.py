"""Start the pipeline on a runner, each with the options it was measured with."""

import logging
import signal
import threading
from collections.abc import Callable
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions

from pipelines.options import Settings, WrongOption
from pipelines.runners.beam_bugs import estimate_state_sizes_cheaply, let_workers_end_silently
from pipelines.runners.prism import find_prism

IN_PROCESS = "apache_beam.runners.portability.fn_api_runner.FnApiRunner"


def launch(settings: Settings, build: Callable[[beam.Pipeline], Any]) -> Any:
    """Run what `build` puts together and wait for its end; returns Beam's result, metrics included.

    An endless run on `direct` goes to Prism: Beam's in-process runner never fires a window while its source goes on.
    """
    estimate_state_sizes_cheaply()
    logging.getLogger("apache_beam").setLevel(logging.ERROR)
    options = PipelineOptions([*runner_arguments(settings), *settings.beam_arguments])
    pipeline = beam.Pipeline(options=options)
    build(pipeline)
    result = pipeline.run()
    _wait(result)
    return result


def _wait(result: Any) -> None:
    """Wait for the end of a run. Ctrl-C and SIGTERM end it too: what has no ledger line yet is for the next run."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)  # Beam's own would end Prism under our feet
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        result.wait_until_finish()
    except KeyboardInterrupt:
        let_workers_end_silently()
        result.cancel()


def runner_arguments(settings: Settings) -> list[str]:
    """Return the flags for Beam; those a user passes through come after them and win."""
    if settings.runner == "flink":
        return _flink(settings)
    if settings.runner == "prism" or settings.endless:
        return _prism(settings)
    return [f"--runner={IN_PROCESS}"]


def _prism(settings: Settings) -> list[str]:
    given = [one for one in settings.beam_arguments if one.startswith("--prism_location")]
    arguments = [
        "--runner=PrismRunner",
        "--prism_log_level=error",
        "--environment_type=LOOPBACK",
        "--experiments=prism_disable_sdf_split",
    ]
    if settings.endless:
        arguments.append("--streaming")
    return arguments + ([] if given else [f"--prism_location={find_prism()}"])


def _flink(settings: Settings) -> list[str]:
    if not any(one.startswith(("--flink_master", "--flink_job_server_jar")) for one in settings.beam_arguments):
        raise WrongOption("Say where Flink is: rasid run --runner flink ... --flink_master=host:8081.")
    arguments = [
        "--runner=FlinkRunner",
        "--max_parallelism=128",
        "--max_bundle_size=1000",
        "--max_bundle_time_mills=500",
        "--object_reuse",
        "--faster_copy",
    ]
    return arguments + (["--streaming", "--checkpointing_interval=10000"] if settings.endless else [])
