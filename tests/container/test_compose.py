"""compose.yaml as somebody would start it: articles go in on this machine, and Prometheus sees what became of them."""

import json
import os
import shutil
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connectors.local.ports import free_port
from tests.integration.desk import SAMPLE_FILES, rasid
from tests.integration.running import await_that

pytestmark = pytest.mark.container
FILE = Path(__file__).parents[2] / "deploy" / "compose.yaml"
PROJECT = "rasid-compose-test"


@dataclass
class Composed:
    """What compose.yaml started."""

    command: Sequence[str]
    kafka: int
    prometheus: int

    def __call__(self, *words: str) -> str:
        ports = {"RASID_KAFKA_PORT": str(self.kafka), "RASID_PROMETHEUS_PORT": str(self.prometheus)}
        words = (*self.command, "-f", str(FILE), "-p", PROJECT, *words)
        done = subprocess.run(words, env=os.environ | ports, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return done.stdout

    def ask(self, path: str, **query: str) -> Any:
        """Return what Prometheus says, None where it does not yet."""
        url = f"http://127.0.0.1:{self.prometheus}/api/v1/{path}?{urllib.parse.urlencode(query)}"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return json.load(answer)["data"]
        except OSError:
            return None

    def value(self, query: str) -> float | None:
        found = self.ask("query", query=query)
        return float(found["result"][0]["value"][1]) if found and found["result"] else None


@pytest.fixture
def composed(engine: None) -> Iterator[Composed]:
    command = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
    image = os.environ.get("RASID_IMAGE") or "rasid:latest"
    if subprocess.run(["docker", "image", "inspect", image], capture_output=True, check=False).returncode:
        assert os.environ.get("RASID_REQUIRE_CONTAINERS") != "1", f"there is no image {image}"
        pytest.skip(f"there is no image {image}: deploy/image/build.sh makes it")
    composed = Composed(command, free_port(), free_port())
    try:
        yield composed
    finally:
        composed("down", "--volumes", "--timeout", "5")


def test_articles_go_in_and_prometheus_sees_what_became_of_them(composed: Composed) -> None:
    composed("up", "--detach")
    await_that(lambda: composed.value("rasid_ready") == 1, lambda: composed("logs", "--tail", "30"))
    kafka = f"127.0.0.1:{composed.kafka}"
    sent = rasid("produce", "--bootstrap", kafka, *SAMPLE_FILES)
    assert "122 messages sent" in sent.output
    recorded = "sum(rasid_messages_recorded_total)"
    await_that(lambda: composed.value(recorded) == 122, lambda: composed("logs", "--tail", "30"))
    audit = rasid("audit", "--from", f"kafka://{kafka}/rasid.raw-articles", "--to", f"kafka://{kafka}")
    assert audit.output == "clean: 122 messages, each with its one line\n"

    assert [one["health"] for one in composed.ask("targets")["activeTargets"]] == ["up"]
    rules = [rule for group in composed.ask("rules")["groups"] for rule in group["rules"]]
    assert {(rule["health"], rule["state"]) for rule in rules} == {("ok", "inactive")}
    tested = ("--entrypoint", "promtool", "prometheus", "test", "rules", "/etc/prometheus/rules.test.yml")
    composed("run", "--rm", "--no-deps", *tested)
    composed("exec", "-T", "rasid", "rasid", "status")

    composed("stop", "rasid")
    container = composed("ps", "--all", "--quiet", "rasid").strip()
    ended = subprocess.run(
        ["docker", "inspect", "-f", "{{.State.ExitCode}}", container], capture_output=True, check=True
    )
    assert ended.stdout == b"0\n", composed("logs", "--tail", "30", "rasid")
