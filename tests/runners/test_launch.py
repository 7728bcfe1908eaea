import pytest
from apache_beam.options.pipeline_options import PipelineOptions, PortableOptions

from connectors.kafka.connection import KafkaConnection
from pipelines.options import KafkaSource, Settings, WrongOption
from pipelines.runners.launch import FOR_EVER_S, runner_arguments

SOURCE = KafkaSource(KafkaConnection("one:9092"), "news")


def settings(*beam: str) -> Settings:
    return Settings(SOURCE, to_kafka=SOURCE.connection, runner="flink", beam_arguments=beam)


def test_beam_listens_to_an_endless_job_for_longer_than_anybody_lets_it_run() -> None:
    """Beam puts `job_server_timeout`, 60 s unless told otherwise, on the streams of a job's state and messages."""
    options = PipelineOptions(runner_arguments(settings("--flink_master=one:8081")))
    assert options.view_as(PortableOptions).job_server_timeout == FOR_EVER_S


def test_a_cluster_needs_an_address() -> None:
    with pytest.raises(WrongOption, match="-- --flink_master=host:8081"):
        runner_arguments(settings())
