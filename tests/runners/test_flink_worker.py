"""Beam's contract for a worker that is a process: what its command is told becomes what its environment says."""

from apache_beam.portability.api import beam_provision_api_pb2
from google.protobuf import json_format

from pipelines.runners.flink_worker import _read, environment

ASKED = ["--id=1-2", "--provision_endpoint=localhost:5", "--artifact_endpoint=localhost:6", "--semi_persist_dir=/tmp"]


def answer() -> beam_provision_api_pb2.ProvisionInfo:
    info = beam_provision_api_pb2.ProvisionInfo(runner_capabilities=["a", "b"])
    info.logging_endpoint.url, info.control_endpoint.url = "localhost:7", "localhost:8"
    json_format.ParseDict({"beam:option:job_name:v1": "rasid"}, info.pipeline_options)
    return info


def test_the_worker_goes_where_the_runner_says() -> None:
    told = environment(_read(ASKED), answer())
    assert told["WORKER_ID"] == "1-2"
    assert told["CONTROL_API_SERVICE_DESCRIPTOR"] == 'url: "localhost:8"\n'
    assert told["LOGGING_API_SERVICE_DESCRIPTOR"] == 'url: "localhost:7"\n'
    assert told["RUNNER_CAPABILITIES"] == "a b"
    assert "rasid" in told["PIPELINE_OPTIONS"]


def test_an_address_on_the_command_line_wins() -> None:
    told = environment(_read([*ASKED, "--control_endpoint=localhost:9"]), answer())
    assert told["CONTROL_API_SERVICE_DESCRIPTOR"] == 'url: "localhost:9"\n'
