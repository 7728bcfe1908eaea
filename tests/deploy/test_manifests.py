"""What is deployed starts rasid with flags that it has, asks it where it answers, and keeps what it remembers."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from connectors.kafka.security import Security
from pipelines.commands.endpoint import CHECKS, parse_address
from pipelines.commands.lazy import load_command
from pipelines.core.version import PIPELINE_VERSION

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_bytes())
DOCKERFILE = (DEPLOY / "image" / "Dockerfile").read_text("utf-8")
OBJECTS: dict[tuple[str, str], dict[str, Any]] = {
    (one["kind"], one["metadata"]["name"]): one
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for one in yaml.safe_load_all(path.read_bytes())
}
PODS = [one["spec"]["template"] for one in OBJECTS.values() if "template" in one.get("spec", {})]
RUN = OBJECTS["Deployment", "rasid"]["spec"]["template"]["spec"]["containers"][0]


def commands() -> dict[str, list[str]]:
    """Return every command line of rasid, by where it stands."""
    ours = {name: one["command"] for name, one in COMPOSE["services"].items() if "RASID_IMAGE" in one["image"]}
    return ours | {f"pod {one['name']}": one["args"] for pod in PODS for one in pod["spec"]["containers"]}


def values(found: Any) -> Iterator[tuple[str, Any]]:
    """Yield every key and value within."""
    for key, value in found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ():
        yield str(key), value
        yield from values(value)


def metrics_port(words: list[str]) -> int:
    [given] = [word.removeprefix("--metrics=") for word in words if word.startswith("--metrics=")]
    host, port = parse_address(given)
    assert host == "0.0.0.0", "from loopback nobody else could ask"
    return port


@pytest.mark.parametrize(("where", "words"), commands().items())
def test_rasid_is_called_with_flags_that_it_has(where: str, words: list[str]) -> None:
    rest = [word for word in words if word != "--log=json"]
    command = load_command(rest[0])
    command = command.commands[rest[1]] if hasattr(command, "commands") else command
    known = {flag for parameter in command.params for flag in parameter.opts}
    assert {word.partition("=")[0] for word in rest if word.startswith("--")} <= known, where


def test_probes_ask_where_the_run_answers() -> None:
    port = metrics_port(RUN["args"])
    assert RUN["ports"] == [{"name": "metrics", "containerPort": port}]
    probes = {name: RUN[name]["httpGet"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert {probe["port"] for probe in probes.values()} == {"metrics"}
    assert {probe["path"] for probe in probes.values()} <= CHECKS.keys()
    assert probes["livenessProbe"]["path"] == "/healthz/live", "a run that waits for Kafka is not to be killed"
    service = OBJECTS["Service", "rasid"]
    assert [(one["port"], one["targetPort"]) for one in service["spec"]["ports"]] == [(port, "metrics")]
    assert service["metadata"]["annotations"]["prometheus.io/port"] == str(port)


def test_in_containers_prometheus_and_the_health_check_ask_there_too() -> None:
    port = metrics_port(COMPOSE["services"]["rasid"]["command"])
    [job] = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_bytes())["scrape_configs"]
    assert job["static_configs"] == [{"targets": [f"rasid:{port}"]}]
    assert f"http://127.0.0.1:{port}/healthz'" in COMPOSE["services"]["rasid"]["healthcheck"]["test"][-1]
    assert f"EXPOSE {port}\n" in DOCKERFILE


def test_one_run_keeps_what_it_remembers_where_the_image_says() -> None:
    [home] = re.findall(r"RASID_STATE=(\S+)", DOCKERFILE)
    deployment = OBJECTS["Deployment", "rasid"]["spec"]
    assert (deployment["replicas"], deployment["strategy"]["type"]) == (1, "Recreate")
    mounted = {one["mountPath"]: one["name"] for one in RUN["volumeMounts"]}
    claims = {one["name"]: one.get("persistentVolumeClaim") for one in deployment["template"]["spec"]["volumes"]}
    assert claims[mounted[home]] == {"claimName": "rasid-state"}
    assert ("PersistentVolumeClaim", "rasid-state") in OBJECTS
    assert COMPOSE["services"]["rasid"]["volumes"] == [f"state:{home}"]
    assert "state" in COMPOSE["volumes"]


@pytest.mark.parametrize("pod", PODS, ids=lambda pod: pod["spec"]["containers"][0]["name"])
def test_a_pod_is_the_image_as_nobody_in_particular(pod: dict[str, Any]) -> None:
    [user] = re.findall(r"^USER (\d+):(\d+)$", DOCKERFILE, re.MULTILINE)
    context = pod["spec"]["securityContext"]
    assert (context["runAsNonRoot"], str(context["runAsUser"]), str(context["runAsGroup"])) == (True, *user)
    for one in pod["spec"]["containers"]:
        assert one["image"] == f"rasid:{PIPELINE_VERSION}"
        assert not one["securityContext"]["allowPrivilegeEscalation"]
        assert one["resources"]["limits"]["memory"]


def test_what_is_referred_to_is_there_and_secrets_are_not() -> None:
    config = OBJECTS["ConfigMap", "rasid"]["data"]
    for key, value in (pair for one in OBJECTS.values() for pair in values(one)):
        if key == "configMapKeyRef":
            assert (value["name"], value["key"] in config) == ("rasid", True)
        if key == "configMap":
            assert (value["name"], {item["key"] for item in value["items"]} <= config.keys()) == ("rasid", True)
        if key == "secretKeyRef":
            assert (value["name"], value["key"]) == ("rasid-kafka", "password")
    assert not [kind for kind, _ in OBJECTS if kind == "Secret"]
    Security(**tomllib.loads(config["kafka.toml"]))
    Security(**tomllib.loads(config["kafka.toml"].partition("\n")[2].replace("# ", "")))


def test_services_find_their_pods() -> None:
    labels = OBJECTS["Deployment", "rasid"]["spec"]["template"]["metadata"]["labels"]
    assert OBJECTS["Service", "rasid"]["spec"]["selector"].items() <= labels.items()
    assert OBJECTS["Deployment", "rasid"]["spec"]["selector"]["matchLabels"].items() <= labels.items()
    assert not labels.items() <= OBJECTS["Job", "rasid-topics"]["spec"]["template"]["metadata"]["labels"].items()


def test_containers_are_published_to_this_machine_alone_and_what_they_mount_is_there() -> None:
    for service in COMPOSE["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
        for source in (volume.partition(":")[0] for volume in service.get("volumes", ())):
            assert (DEPLOY / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]
