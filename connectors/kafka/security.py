"""Say how to get into a Kafka cluster, as a file says it."""

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from connectors.kafka.connection import KafkaConnection


class WrongSecurity(ValueError):
    """A file of TLS and login that cannot be used, or parts of it that do not fit; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Security:
    """How to get into a Kafka cluster; the same for source and sink."""

    security_protocol: str = "PLAINTEXT"
    sasl_mechanism: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    cert_file: str | None = None
    key_file: str | None = None

    def connect(self, bootstrap: str) -> KafkaConnection:
        """Return the connection to a cluster; raises WrongSecurity where the parts do not fit together."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        try:
            return KafkaConnection(bootstrap, **told)
        except ValueError as error:
            raise WrongSecurity(str(error)) from error


def read_security(path: Path | None, password: str | None = None) -> Security:
    """Return how to get into Kafka: as a TOML file says, in the clear where there is none; raises WrongSecurity."""
    known = {field.name for field in fields(Security)}
    try:
        told = tomllib.loads(path.read_text("utf-8")) if path else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongSecurity(f"{path}: {error}") from error
    if unknown := sorted(set(told) - known):
        raise WrongSecurity(f"{path}: {', '.join(unknown)} is not known; {', '.join(sorted(known))} are.")
    if odd := sorted(name for name, value in told.items() if not isinstance(value, str)):
        raise WrongSecurity(f"{path}: {', '.join(odd)} must be text in quotes.")
    security = Security(**told)
    return replace(security, password=password) if password else security
