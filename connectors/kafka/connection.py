"""Say how to reach a Kafka cluster: the one place that addresses, TLS and passwords pass through."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
DEFAULT_PORT = 9092
TOPIC = re.compile(r"[A-Za-z0-9._-]{1,249}")


class KafkaUnreachable(Exception):
    """No broker answered as it should; the message names the likely cause and what to do."""


class KafkaAway(KafkaUnreachable):
    """Nobody answers at a cluster's addresses: it may not be there yet."""


@dataclass(frozen=True, slots=True)
class KafkaConnection:
    """Where a cluster is and how to get in; raises ValueError where the parts do not fit together.

    `bootstrap` is "host:port,host:port"; files are paths of PEM files.
    """

    bootstrap: str
    security_protocol: str = "PLAINTEXT"
    sasl_mechanism: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    cert_file: str | None = None
    key_file: str | None = None

    def __post_init__(self) -> None:
        if self.security_protocol not in PROTOCOLS:
            raise ValueError(f"Security protocol {self.security_protocol!r} is none of {', '.join(PROTOCOLS)}.")
        if not self.is_tls and (self.ca_file or self.cert_file or self.key_file):
            raise ValueError(f"Certificates are given, but {self.security_protocol} does not use them: use SSL.")
        if self.key_file and not self.cert_file:
            raise ValueError("A client key is of use only with its certificate.")
        if self.is_sasl and self.sasl_mechanism not in MECHANISMS:
            raise ValueError(f"{self.security_protocol} needs a login mechanism: one of {', '.join(MECHANISMS)}.")
        if self.is_sasl and not (self.username and self.password):
            raise ValueError(f"{self.security_protocol} needs a user name and a password.")
        if not self.is_sasl and (self.sasl_mechanism or self.username or self.password):
            raise ValueError(f"A login is given, but {self.security_protocol} does not use it: use SASL_SSL.")
        self.servers()

    @property
    def is_tls(self) -> bool:
        """Return whether the connection is encrypted."""
        return self.security_protocol in {"SSL", "SASL_SSL"}

    @property
    def is_sasl(self) -> bool:
        """Return whether a user logs in."""
        return self.security_protocol.startswith("SASL")

    def servers(self) -> list[tuple[str, int]]:
        """Return the bootstrap servers as (host, port); raises ValueError.

        >>> KafkaConnection("one:9092,[::1]").servers()
        [('one', 9092), ('::1', 9092)]
        """
        return [_parse_server(server.strip()) for server in self.bootstrap.split(",")]

    def client_settings(self) -> dict[str, Any]:
        """Return what every client of kafka-python takes: `KafkaProducer(**connection.client_settings())`."""
        settings: dict[str, Any] = {
            "bootstrap_servers": [_write_server(host, port) for host, port in self.servers()],
            "security_protocol": self.security_protocol,
            "reconnect_backoff_max_ms": 1000,  # the default, 30 s, outlasts most restarts
        }
        if self.is_tls:
            settings |= {
                "ssl_cafile": self.ca_file,
                "ssl_certfile": self.cert_file,
                "ssl_keyfile": self.key_file or self.cert_file,
            }
        if self.is_sasl:
            settings |= {
                "sasl_mechanism": self.sasl_mechanism,
                "sasl_plain_username": self.username,
                "sasl_plain_password": self.password,
            }
        return settings


def parse_kafka_url(url: str) -> tuple[str, str | None]:
    """Read `kafka://host:port[,host:port][/topic]` as (bootstrap, topic or None); raises ValueError.

    >>> parse_kafka_url("kafka://127.0.0.1:9092/news.raw")
    ('127.0.0.1:9092', 'news.raw')
    >>> parse_kafka_url("kafka://one,two:9093")
    ('one:9092,two:9093', None)
    """
    parts = urlsplit(url)
    if parts.scheme != "kafka" or not parts.netloc:
        raise ValueError(f"{url!r} is not of the form kafka://host:port/topic.")
    if "@" in parts.netloc:
        raise ValueError("A password does not belong in an address, which is logged: give user and password apart.")
    topic = parts.path.strip("/")
    if parts.query or parts.fragment or (topic and not TOPIC.fullmatch(topic)):
        raise ValueError(f"{url!r} names no topic: letters, digits, '.', '_' and '-' alone.")
    servers = (_parse_server(server) for server in parts.netloc.split(","))
    return ",".join(_write_server(host, port) for host, port in servers), topic or None


def _parse_server(server: str) -> tuple[str, int]:
    parts = urlsplit(f"//{server}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.path or parts.username:
        raise ValueError(f"{server!r} is not of the form host:port.")
    return host, port or DEFAULT_PORT


def _write_server(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
