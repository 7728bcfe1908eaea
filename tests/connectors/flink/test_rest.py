import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

from connectors.flink.rest import Cluster, FlinkFailed


class Answers(BaseHTTPRequestHandler):
    """Gives to each path its answers in turn, and the last for ever."""

    answers: ClassVar[dict[str, list[Any]]] = {}

    def do_GET(self) -> None:
        told = self.answers.get(self.path)
        said = (told.pop(0) if len(told) > 1 else told[0]) if told else {"errors": ["Unable to load it.", "at java"]}
        self.send_response(200 if told else 404)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """Yield a cluster that says what `Answers.answers` says."""
    monkeypatch.setattr(Answers, "answers", {})
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Cluster(f"127.0.0.1:{server.server_port}")
        server.shutdown()


def test_a_job_is_waited_for_to_its_end(cluster: Cluster) -> None:
    Answers.answers["/jobs/j"] = [{"state": state} for state in ("CREATED", "RUNNING", "FINISHED")]
    cluster.await_end("j")
    assert len(Answers.answers["/jobs/j"]) == 1


def test_of_a_job_that_failed_it_is_said_why(cluster: Cluster) -> None:
    Answers.answers |= {
        "/jobs/j": [{"state": "FAILED"}],
        "/jobs/j/exceptions": [{"root-exception": "Java " * 2000 + "ValueError: in Python"}],
    }
    with pytest.raises(FlinkFailed, match=r"Job j failed on Flink at 127\.[^*]*ValueError: in Python") as failed:
        cluster.await_end("j")
    assert len(str(failed.value)) < 4000


def test_the_newest_job_comes_first_and_those_that_have_ended_are_left_out(cluster: Cluster) -> None:
    told = [("a", 1, "RUNNING"), ("b", 3, "FAILED"), ("c", 2, "RESTARTING")]
    jobs = [{"jid": jid, "name": jid, "start-time": at, "state": state} for jid, at, state in told]
    Answers.answers["/jobs/overview"] = [{"jobs": jobs}]
    assert [job.job_id for job in cluster.jobs()] == ["c", "a"]
    assert [job.job_id for job in cluster.all_jobs()] == ["b", "c", "a"]


def test_what_a_job_counts_is_summed_over_all_that_count_it(cluster: Cluster) -> None:
    first, second = "/jobs/j/vertices/v/subtasks/metrics", "/jobs/j/vertices/w/subtasks/metrics"
    step, other = "[1]{Read__News}.rasid_read", "[2]{News}.rasid_read"
    Answers.answers |= {
        "/jobs/j": [{"vertices": [{"id": "v"}, {"id": "w"}, {"id": "x"}]}],
        first: [[{"id": step}, {"id": "[1]{Read__News}.beam_elements"}, {"id": "numRecordsIn"}]],
        f"{first}?get=%5B1%5D%7BRead__News%7D.rasid_read&agg=sum": [[{"id": step, "sum": 7.0}]],
        second: [[{"id": other}, {"id": "[2]{News}.rasid_articles"}]],
        f"{second}?get=%5B2%5D%7BNews%7D.rasid_read%2C%5B2%5D%7BNews%7D.rasid_articles&agg=sum": [
            [{"id": other, "sum": 2.0}, {"id": "[2]{News}.rasid_articles", "sum": 5.0}]
        ],
        "/jobs/j/vertices/x/subtasks/metrics": [[]],
    }
    assert cluster.counters("j", "rasid") == {"read": 9, "articles": 5}


def test_a_savepoint_is_waited_for(cluster: Cluster) -> None:
    Answers.answers |= {
        "/jobs/j/stop": [{"request-id": "r"}],
        "/jobs/j/savepoints/r": [
            {"status": {"id": "IN_PROGRESS"}},
            {"status": {"id": "COMPLETED"}, "operation": {"location": "file:///saved"}},
        ],
    }
    assert cluster.stop_with_savepoint("j") == "file:///saved"
    failed = {"failure-cause": {"class": "CheckpointException"}}
    Answers.answers["/jobs/j/savepoints/r"] = [{"status": {"id": "COMPLETED"}, "operation": failed}]
    with pytest.raises(FlinkFailed, match="could not save job j, which goes on: CheckpointException"):
        cluster.stop_with_savepoint("j")


def test_a_refusal_is_told_in_flinks_words(cluster: Cluster) -> None:
    with pytest.raises(FlinkFailed, match=r"refused /jobs/none/stop: Unable to load it\. at java"):
        cluster.stop_with_savepoint("none")


def test_where_nobody_answers_a_sentence_says_what_to_do() -> None:
    with pytest.raises(FlinkFailed, match="`rasid flink start` starts one here"):
        Cluster("127.0.0.1:1").overview()


@pytest.mark.parametrize(("key", "is_durable"), [("state.checkpoints.dir", True), ("other", False)])
def test_whether_checkpoints_lie_on_a_disk_is_in_the_configuration(
    cluster: Cluster, key: str, is_durable: bool
) -> None:
    Answers.answers["/jobmanager/config"] = [[{"key": key, "value": "file:///x"}]]
    assert cluster.has_checkpoints() is is_durable
