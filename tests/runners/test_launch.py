import re
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from apache_beam.options.pipeline_options import FlinkRunnerOptions, PipelineOptions, PortableOptions

from connectors.flink.rest import Cluster, FlinkFailed, FlinkJob
from connectors.kafka.connection import KafkaConnection
from pipelines.options import KafkaSource, Settings, WrongOption
from pipelines.runners.launch import check, find_cluster, job_name, runner_arguments

SOURCE = KafkaSource(KafkaConnection("one:9092"), "news")
SETTINGS = Settings(SOURCE, to_kafka=SOURCE.connection, runner="flink", flink="two:8081")


@dataclass
class Flink:
    """A cluster that says what a test wants."""

    free: int = 2
    going: list[FlinkJob] = field(default_factory=list)
    is_durable: bool = True
    address: str = "two:8081"

    def overview(self) -> dict[str, Any]:
        return {"slots-available": self.free}

    def jobs(self) -> list[FlinkJob]:
        return self.going

    def has_checkpoints(self) -> bool:
        return self.is_durable


CONFIGURATION = (files("connectors.flink") / "flink-conf.yaml").read_text("utf-8")


def arguments(settings: Settings) -> list[str]:
    return runner_arguments(settings, find_cluster(settings), 3, Path("/jars/server.jar"))


def read(settings: Settings) -> PipelineOptions:
    return PipelineOptions(arguments(settings))


def checked(flink: Any, settings: Settings = SETTINGS) -> int:
    return check(flink, settings)


def test_a_cluster_is_told_where_the_worker_is_and_where_to_go_on() -> None:
    options = read(replace(SETTINGS, savepoint="file:///saved"))
    assert "rasid-flink-worker" in options.view_as(PortableOptions).environment_config
    assert options.view_as(FlinkRunnerOptions).flink_master == "two:8081"
    assert options.view_as(FlinkRunnerOptions).parallelism == 3
    assert "--savepoint_path=file:///saved" in runner_arguments(
        replace(SETTINGS, savepoint="file:///saved"), Cluster("two:8081"), 1, Path("/j")
    )


def test_a_cluster_needs_an_address() -> None:
    with pytest.raises(WrongOption, match="--flink HOST:8081"):
        find_cluster(replace(SETTINGS, flink=None))


def test_a_job_gets_all_slots_that_are_free() -> None:
    assert checked(Flink(free=4)) == 4


def test_where_a_job_could_not_run_a_sentence_says_why() -> None:
    ours = FlinkJob("f00", job_name(SETTINGS), "RUNNING")
    other = FlinkJob("bad", "another", "RUNNING")
    with pytest.raises(FlinkFailed, match="Job f00 at two:8081 does this already"):
        checked(Flink(going=[other, ours]))
    with pytest.raises(FlinkFailed, match="no free slot"):
        checked(Flink(free=0, going=[other]))
    with pytest.raises(FlinkFailed, match=r"set state\.checkpoints\.dir"):
        checked(Flink(is_durable=False))
    assert checked(Flink(is_durable=False), replace(SETTINGS, drain=True)) == 2


def test_where_no_flink_is_a_sentence_says_so() -> None:
    with pytest.raises(FlinkFailed, match=r"No Flink answers at 127\.0\.0\.1:1\. `rasid flink start`"):
        checked(Cluster("127.0.0.1:1"))


def test_a_worker_that_died_is_not_kept_for_the_next_attempt() -> None:
    waits = re.search(r"restart-strategy\.failure-rate\.delay: (\d+) s", CONFIGURATION)
    assert waits is not None
    [kept] = [one for one in arguments(replace(SETTINGS, drain=True)) if "environment_cache" in one]
    assert int(kept.partition("=")[2]) < int(waits[1]) * 1000
    assert not [one for one in arguments(SETTINGS) if "environment_cache" in one]


def test_a_savepoint_fits_a_job_on_more_slots_or_fewer() -> None:
    """Flink names operators by what is chained, which depends on parallelism; Beam's flag turns off what is on."""
    assert "--operator_chaining" in arguments(SETTINGS)
    assert "--operator_chaining" not in arguments(replace(SETTINGS, drain=True)), "saved by nobody"


def test_what_is_read_reaches_who_waits_for_it_before_a_checkpoint() -> None:
    assert "--finish_bundle_before_checkpointing" in arguments(SETTINGS)
