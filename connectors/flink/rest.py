"""Ask a Flink cluster over its REST interface: what runs there, and to stop a job with a savepoint."""

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

ANSWER_WITHIN_S = 10.0
SAVEPOINT_WITHIN_S = 300.0
MOST_TOLD = 3000
AWAY_S = 60.0
ENDED = {"FINISHED", "CANCELED", "FAILED"}
_CHECKPOINTS = ("state.checkpoints.dir", "execution.checkpointing.dir")


class FlinkFailed(Exception):
    """Flink does not answer, or will not do what it was asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class FlinkJob:
    """A job as Flink knows it; `state` is Flink's word."""

    job_id: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster by the address of its JobManager's REST interface, `host:port`."""

    address: str

    def overview(self) -> dict[str, Any]:
        """Return what the cluster has: "taskmanagers", "slots-total", "slots-available"; raises FlinkFailed."""
        has: dict[str, Any] = self._ask("GET", "/overview")
        return has

    def has_checkpoints(self) -> bool:
        """Return whether checkpoints are kept on a disk, and not in the JobManager's memory."""
        told = self._ask("GET", "/jobmanager/config")
        return any(one["key"] in _CHECKPOINTS and one["value"] for one in told)

    def all_jobs(self) -> list[FlinkJob]:
        """Return the jobs that the cluster knows of, those that have ended too, the newest first."""
        told = sorted(self._ask("GET", "/jobs/overview")["jobs"], key=lambda one: -one["start-time"])
        return [FlinkJob(one["jid"], one["name"], one["state"]) for one in told]

    def jobs(self) -> list[FlinkJob]:
        """Return the jobs that have not ended, the newest first."""
        return [one for one in self.all_jobs() if one.state not in ENDED]

    def counters(self, job_id: str, namespace: str) -> Counter[str]:
        """Return what a job has counted in Beam's counters of a namespace since its tasks began, as last heard of."""
        found: Counter[str] = Counter()
        for vertex in self._ask("GET", f"/jobs/{job_id}")["vertices"]:
            path = f"/jobs/{job_id}/vertices/{vertex['id']}/subtasks/metrics"
            known = (one["id"] for one in self._ask("GET", path))
            named = [one for one in known if one.rpartition(".")[2].startswith(f"{namespace}_")]
            query = urlencode({"get": ",".join(named), "agg": "sum"})
            for one in self._ask("GET", f"{path}?{query}") if named else ():
                found[one["id"].rpartition(".")[2].removeprefix(f"{namespace}_")] += int(one["sum"])
        return found

    def await_end(self, job_id: str) -> None:
        """Wait until a job has ended; raises FlinkFailed where it has failed, or nobody answers for a minute."""
        answered = time.monotonic()
        while True:
            try:
                state = self._ask("GET", f"/jobs/{job_id}")["state"]
                answered = time.monotonic()
            except FlinkFailed:
                if time.monotonic() - answered > AWAY_S:
                    raise
                state = ""
            if state == "FAILED":
                why = str(self._ask("GET", f"/jobs/{job_id}/exceptions")["root-exception"])
                raise FlinkFailed(f"Job {job_id} failed on Flink at {self.address}:\n{why[-MOST_TOLD:]}")
            if state in ENDED:
                return
            time.sleep(0.5)

    def stop_with_savepoint(self, job_id: str, within_s: float = SAVEPOINT_WITHIN_S) -> str:
        """Stop a job when its state is saved; return the savepoint's address."""
        asked = self._ask("POST", f"/jobs/{job_id}/stop", {"drain": False})["request-id"]
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            told = self._ask("GET", f"/jobs/{job_id}/savepoints/{asked}")
            if told["status"]["id"] == "COMPLETED":
                if place := told["operation"].get("location"):
                    return str(place)
                why = told["operation"]["failure-cause"]["class"]
                raise FlinkFailed(f"Flink could not save job {job_id}, which goes on: {why}. Its log says more.")
            time.sleep(0.2)
        raise FlinkFailed(f"Flink did not save job {job_id} within {within_s:.0f} s; it may still do so.")

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        import requests

        try:
            with requests.Session() as session:
                session.trust_env = False  # a proxy for the world outside knows no machine in here
                answer = session.request(method, f"http://{self.address}{path}", json=body, timeout=ANSWER_WITHIN_S)
                told = answer.json()
        except (requests.RequestException, ValueError) as error:
            todo = "`rasid flink start` starts one here; --flink HOST:PORT names yours."
            raise FlinkFailed(f"No Flink answers at {self.address}. {todo}") from error
        if not answer.ok:
            said = " ".join(str(one).splitlines()[0] for one in told.get("errors", ()) if one)
            raise FlinkFailed(f"Flink at {self.address} refused {path}: {said}")
        return told
