"""Flags that several commands share: how to reach Kafka and a registry, what is Beam's, where things are kept."""

import logging
import tomllib
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from connectors.kafka.check import check
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.local.broker import LocalBroker
from pipelines.options import Security, WrongOption

LOG = logging.getLogger("rasid")
BROKER_FOLDER = Path(".rasid/broker")


def warn_of_secret(context: typer.Context, param: typer.CallbackParam, value: str | None) -> str | None:
    """Warn of a password that stands on the command line, and so in the list of processes; return the value."""
    source = context.get_parameter_source(param.name or "")
    if value and source is not None and source.name == "COMMANDLINE":
        file = " or write it into the file of --kafka-config" if param.name == "password" else ""
        LOG.warning(
            f"{param.opts[0]} puts a password on the command line, where others on this machine can read it: "
            f"set {param.envvar}{file} instead."
        )
    return value


def check_registry(context: typer.Context, param: typer.CallbackParam, value: str | None) -> str | None:
    """Refuse what is no address of a registry, warn of a password in one, and return it."""
    parts = urlsplit(value or "")
    if value and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise typer.BadParameter("the schema registry's address begins with http:// or https://.")
    return warn_of_secret(context, param, value) if parts.password else value


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
    typer.Option(
        "--kafka-password",
        envvar="RASID_KAFKA_PASSWORD",
        show_envvar=True,
        callback=warn_of_secret,
        help="The password, if not in the file; better set the variable, for others can read a command line.",
    ),
]
Registry = Annotated[
    str | None,
    typer.Option(
        envvar="RASID_REGISTRY",
        callback=check_registry,
        help="URL of a schema registry, with user:password@ where it asks for them: use Confluent's wire format.",
    ),
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
    if odd := sorted(name for name, value in told.items() if not isinstance(value, str)):
        raise WrongOption(f"--kafka-config {path}: {', '.join(odd)} must be text in quotes.")
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


def beam_flags(extra: Sequence[str]) -> tuple[str, ...]:
    """Return what stood behind `--`, Beam's own flags; raises WrongOption where a word before it belongs to no flag.

    `extra` is the `args` of a context that allows extra ones: unknown flags before `--` never get so far.

    >>> beam_flags(["--experiments", "use_x"])
    ('--experiments', 'use_x')
    """
    if extra and not extra[0].startswith("-"):
        raise WrongOption(
            f"{extra[0]!r} belongs to no flag. A pattern needs quotes, --from 'files:*.jsonl', and each --to one place."
        )
    return tuple(extra)
