"""The worker that a TaskManager starts to run Python in: `rasid-flink-worker --id=... --provision_endpoint=...`.

What Beam's `boot` program does in a container, in Python: ask the runner for the job's options and addresses, hand them
to Beam's worker, and be it. The options of the command are Beam's contract for environments of the kind PROCESS.
"""

import argparse
import os
from collections.abc import Sequence
from typing import Any

import grpc
from apache_beam.portability.api import beam_provision_api_pb2, beam_provision_api_pb2_grpc, endpoints_pb2
from apache_beam.runners.worker import sdk_worker_main
from google.protobuf import json_format, text_format

from pipelines.runners.beam_bugs import work_around_all

ANSWER_WITHIN_S = 60


def main(arguments: Sequence[str] | None = None) -> None:
    """Work for the runner that gave these arguments until it hangs up."""
    told = _read(arguments)
    os.environ.update(environment(told, _ask(told)))
    work_around_all()
    sdk_worker_main.main([])


def environment(told: argparse.Namespace, info: Any) -> dict[str, str]:
    """Return the variables Beam's worker wants, from the command line and what the runner answered."""
    return {
        "WORKER_ID": told.id,
        "PIPELINE_OPTIONS": json_format.MessageToJson(info.pipeline_options),
        "LOGGING_API_SERVICE_DESCRIPTOR": _service(told.logging_endpoint or info.logging_endpoint.url),
        "CONTROL_API_SERVICE_DESCRIPTOR": _service(told.control_endpoint or info.control_endpoint.url),
        "RUNNER_CAPABILITIES": " ".join(info.runner_capabilities),
    }


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Started by Flink, to run rasid's part of a job; not for people.")
    parser.add_argument("--id", required=True)
    parser.add_argument("--provision_endpoint", required=True)
    for name in ("--logging_endpoint", "--control_endpoint"):
        parser.add_argument(name, default="")
    return parser.parse_known_args(arguments)[0]


def _ask(told: argparse.Namespace) -> Any:
    """Return what the runner says of the job."""
    with grpc.insecure_channel(told.provision_endpoint) as channel:
        asked = beam_provision_api_pb2.GetProvisionInfoRequest()
        service = beam_provision_api_pb2_grpc.ProvisionServiceStub(channel)
        by = (("worker_id", told.id),)
        return service.GetProvisionInfo(asked, metadata=by, timeout=ANSWER_WITHIN_S, wait_for_ready=True).info


def _service(url: str) -> str:
    return str(text_format.MessageToString(endpoints_pb2.ApiServiceDescriptor(url=url)))


if __name__ == "__main__":
    main()
