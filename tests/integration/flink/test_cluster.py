"""The local cluster itself."""

import ipaddress

import psutil
import pytest

from connectors.flink.local_cluster import LocalFlink
from connectors.flink.rest import Cluster
from tests.integration.desk import rasid

pytestmark = [pytest.mark.integration, pytest.mark.flink]


def test_it_is_found_running_with_a_slot_for_each_task_manager(flink: LocalFlink) -> None:
    status = flink.status()
    assert status is not None
    assert len(status.task_managers) == Cluster(status.address).overview()["slots-total"] == 2
    assert LocalFlink(flink.directory, cache=flink.cache).start() == status.address
    said = rasid("flink", "status", "--folder", str(flink.directory))
    assert (said.exit_code, status.address in said.output) == (0, True)


def test_until_a_job_comes_it_listens_on_loopback_alone(flink: LocalFlink) -> None:
    """Beam's servers for its workers, which come with a job, listen on every interface; no option changes that."""
    status = flink.status()
    assert status is not None
    assert Cluster(status.address).all_jobs() == [], "this comes before the tests that bring jobs"
    for pid in status.pids:
        listening = [one.laddr.ip for one in psutil.Process(pid).net_connections("inet") if one.status == "LISTEN"]
        addresses = [ipaddress.ip_address(ip.removeprefix("::ffff:")) for ip in listening]
        assert addresses
        assert all(one.is_loopback for one in addresses), addresses


def test_where_none_runs_it_says_how_to_start_one(flink: LocalFlink) -> None:
    said = rasid("flink", "status", "--folder", str(flink.directory / "elsewhere"))
    assert (said.exit_code, said.output) == (1, "not running; `rasid flink start` starts it\n")
    assert rasid("flink", "stop", "--folder", str(flink.directory / "elsewhere")).output == "nothing was running\n"
