"""What watches a run from outside asks for numbers that it tells, under names that it has."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry, ProcessCollector

from pipelines.commands.metrics import METRICS

DEPLOY = Path(__file__).parents[2] / "deploy"
BOARD: dict[str, Any] = json.loads((DEPLOY / "grafana" / "rasid.json").read_bytes())
RULES: dict[str, Any] = yaml.safe_load((DEPLOY / "prometheus" / "rules.yml").read_bytes())
PROMETHEUS: dict[str, Any] = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_bytes())
ALERTS = [rule for group in RULES["groups"] for rule in group["rules"]]


def told() -> dict[str, set[str]]:
    """Return every series that a run has, and its labels."""
    found: dict[str, set[str]] = {}
    for metric in METRICS:
        labels = {metric.label} - {""}
        parts = ("_bucket", "_sum", "_count") if metric.kind == "histogram" else ("",)
        found |= {metric.name + part: labels | ({"le"} if part == "_bucket" else set()) for part in parts}
    process = ProcessCollector(registry=CollectorRegistry())
    return found | {one.name: set() for family in process.collect() for one in family.samples}


def asked() -> Iterator[str]:
    """Yield every expression of the alerts and the board."""
    yield from (rule["expr"] for rule in ALERTS)
    for panel in BOARD["panels"]:
        yield from (target["expr"] for target in panel["targets"])
    yield from (variable["query"] for variable in BOARD["templating"]["list"] if variable["type"] == "query")


@pytest.mark.parametrize("expression", sorted(set(asked())))
def test_every_series_that_is_asked_for_is_one_that_a_run_tells(expression: str) -> None:
    series = told()
    names = set(re.findall(r"\b(?:rasid|process)_\w+", expression))
    assert names <= series.keys()
    labels = set(re.findall(r"\bby \(([^)]*)\)", expression)) | set(re.findall(r"[{,]\s*(\w+)=", expression))
    used = {one.strip() for many in labels for one in many.split(",")}
    assert used <= {"job", "instance"} | {label for name in names for label in series[name]}


def test_every_number_of_a_run_is_on_the_board() -> None:
    drawn = " ".join(target["expr"] for panel in BOARD["panels"] for target in panel["targets"])
    assert [metric.name for metric in METRICS if metric.name not in drawn] == ["rasid_info"]


def test_the_series_in_the_tests_of_the_alerts_are_told_too_and_every_alert_has_one() -> None:
    tests = (DEPLOY / "prometheus" / "rules.test.yml").read_text("utf-8")
    assert set(re.findall(r"'(rasid_\w+)\{", tests)) <= told().keys()
    fires = tests.partition("calls nobody")[2]
    assert [rule["alert"] for rule in ALERTS if fires.count(rule["alert"]) < 2] == []


def test_every_alert_says_what_is_wrong_and_what_to_do() -> None:
    for rule in ALERTS:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert set(rule["annotations"]) == {"summary", "description"}


def test_alerts_and_board_ask_for_the_job_that_prometheus_has() -> None:
    [job] = PROMETHEUS["scrape_configs"]
    text = json.dumps([*asked()])
    assert set(re.findall(r'job=\\"(\w+)', text)) == {job["job_name"]}
    assert PROMETHEUS["rule_files"] == ["rules.yml"]


def test_the_boards_panels_have_their_own_places() -> None:
    taken: set[tuple[int, int]] = set()
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
    for place in (panel["gridPos"] for panel in BOARD["panels"]):
        xs, ys = range(place["x"], place["x"] + place["w"]), range(place["y"], place["y"] + place["h"])
        here = {(x, y) for x in xs for y in ys}
        assert max(xs) < 24
        assert not taken & here
        taken |= here
