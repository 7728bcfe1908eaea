"""Flags that several commands share: how to reach Kafka and a registry, what is Beam's, where things are kept."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from connectors.kafka.check import check
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.security import read_security
from pipelines.options import WrongOption

LOG = logging.getLogger("rasid")
BROKER_FOLDER = Path(".rasid/broker")
FLINK_FOLDER = Path(".rasid/flink")


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


def connect(bootstrap: str | None, config: Path | None = None, password: str | None = None) -> KafkaConnection:
    """Return a connection that answers: the one asked for, else the local broker of this folder."""
    connection = read_security(config, password).connect(bootstrap or local_bootstrap())
    check(connection)
    return connection


def local_bootstrap() -> str:
    """Return the address of the local broker; raises WrongOption where none runs."""
    from connectors.kafka.local.broker import LocalBroker  # not installed where Kafka is not used

    status = LocalBroker(BROKER_FOLDER).status()
    if status is None:
        raise WrongOption("No Kafka runs here. Start one with `rasid broker start`, or name yours with --bootstrap.")
    return status.bootstrap


def local_flink() -> str:
    """Return the address of the local Flink; raises WrongOption where none runs."""
    from connectors.flink.local_cluster import LocalFlink  # not installed where Flink is not used

    status = LocalFlink(FLINK_FOLDER).status()
    if status is None:
        raise WrongOption("No Flink runs here. Start one with `rasid flink start`, or name yours: --flink HOST:PORT.")
    return status.address


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
