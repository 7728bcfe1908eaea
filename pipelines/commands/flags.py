"""Flags that several commands share: how to reach Kafka, and where things are kept."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated

import typer

from connectors.kafka.check import check
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.local.broker import LocalBroker
from pipelines.options import Security, WrongOption

BROKER_FOLDER = Path(".rasid/broker")

Bootstrap = Annotated[
    str | None,
    typer.Option(
        "--bootstrap",
        metavar="HOST:PORT",
        envvar="RASID_BOOTSTRAP",
        help="The Kafka to talk to; by default the one that `rasid broker start` started here.",
    ),
]
KafkaConfig = Annotated[
    Path | None,
    typer.Option(
        "--kafka-config",
        metavar="FILE",
        help="A TOML file with TLS and login: security_protocol, sasl_mechanism, username, password, ca_file, "
        "cert_file, key_file.",
    ),
]
KafkaPassword = Annotated[
    str | None,
    typer.Option("--kafka-password", envvar="RASID_KAFKA_PASSWORD", help="The password, if not in the file."),
]


def read_security(path: Path | None, password: str | None = None) -> Security:
    """Return how to get into Kafka: as the file says, in the clear where there is none."""
    known = {field.name for field in fields(Security)}
    try:
        told = tomllib.loads(path.read_text("utf-8")) if path else {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise WrongOption(f"--kafka-config {path}: {error}") from error
    if unknown := sorted(set(told) - known):
        raise WrongOption(f"--kafka-config {path}: {', '.join(unknown)} is not known; {', '.join(sorted(known))} are.")
    security = Security(**told)
    return replace(security, password=password) if password else security


def connect(bootstrap: str | None, config: Path | None = None, password: str | None = None) -> KafkaConnection:
    """Return a connection that answers: the one asked for, else the local broker of this folder."""
    connection = read_security(config, password).connect(bootstrap or local_bootstrap())
    check(connection)
    return connection


def local_bootstrap() -> str:
    """Return the address of the local broker; raises WrongOption where none runs."""
    status = LocalBroker(BROKER_FOLDER).status()
    if status is None:
        raise WrongOption("No Kafka runs here. Start one with `rasid broker start`, or name yours with --bootstrap.")
    return status.bootstrap
