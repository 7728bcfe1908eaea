"""Real Kafkas for the tests, from packages alone, each once: an open one, one to be ill-treated, and a guarded one."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.kafka.connection import KafkaConnection
from connectors.kafka.local.broker import LocalBroker
from connectors.local.jars import default_cache
from connectors.local.ports import free_port
from tests.integration.desk import Desk
from tests.integration.running import Running, Start, end_all

JAAS = "org.apache.kafka.common.security"


@pytest.fixture(scope="session")
def jar_cache() -> Path:
    """Return where the jars lie; CI may keep them elsewhere through XDG_CACHE_HOME."""
    home = os.environ.get("XDG_CACHE_HOME")
    return Path(home) / "rasid" if home else default_cache()


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory, jar_cache: Path) -> Iterator[str]:
    """Yield the address of a broker: the one RASID_BOOTSTRAP names, or one of our own."""
    given = os.environ.get("RASID_BOOTSTRAP")
    if given:
        yield given
        return
    broker = LocalBroker(tmp_path_factory.mktemp("kafka"), cache=jar_cache)
    try:
        yield broker.start()
    finally:
        broker.stop()


@pytest.fixture(scope="session")
def ill_treated(tmp_path_factory: pytest.TempPathFactory, jar_cache: Path) -> Iterator[LocalBroker]:
    """Yield the broker of all tests that kill or freeze one."""
    broker = LocalBroker(tmp_path_factory.mktemp("ill-treated"), cache=jar_cache)
    yield broker
    broker.stop()


@pytest.fixture
def broker(ill_treated: LocalBroker) -> Iterator[LocalBroker]:
    """Yield a broker that runs and may be killed, frozen and stopped: what was written to it before stays."""
    ill_treated.start()
    yield ill_treated
    status = ill_treated.status()
    if status is not None:
        os.kill(status.pid, signal.SIGCONT)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a starter of endless runs; those still there at the end are killed."""
    started: list[Running] = []

    def begin(desk: Desk, *more: str) -> Running:
        started.append(Running(desk, tmp_path, more))
        return started[-1]

    yield begin
    end_all(started)


def _openssl(directory: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=directory, check=True, capture_output=True)


def make_certificates(directory: Path) -> None:
    """Make a CA, a server's and a client's certificate, and a CA that signed neither, all as PEM."""
    new = ("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    for ca in ("ca", "stranger"):
        use = ("-addext", "keyUsage=critical,keyCertSign")
        _openssl(directory, *new, "-x509", "-subj", f"/CN={ca}", *use, "-keyout", f"{ca}.key", "-out", f"{ca}.pem")
    (directory / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names")
    for name in ("server", "client"):
        _openssl(directory, *new, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        _openssl(directory, "x509", "-req", "-in", f"{name}.csr", *signed, "-out", f"{name}.pem")
    both = [(directory / f"server.{part}").read_text() for part in ("key", "pem")]
    (directory / "server-all.pem").write_text("".join(both))


class Guarded:
    """A broker with one listener for each way in, and the connections that fit."""

    def __init__(self, directory: Path, cache: Path) -> None:
        make_certificates(directory)
        self.directory = directory
        self.ports = {name: free_port() for name in ("TLS", "MUTUAL", "LOGIN", "BOTH", "STRICT")}
        protocols = {
            **{"TLS": "SSL", "MUTUAL": "SSL", "LOGIN": "SASL_PLAINTEXT"},
            **{"BOTH": "SASL_SSL", "STRICT": "SASL_SSL"},  # strict: a certificate and a login
        }
        ours = "".join(f",{name}://127.0.0.1:{port}" for name, port in self.ports.items())
        kinds = "".join(f",{name}:{protocol}" for name, protocol in protocols.items())
        settings = self._guards() | {
            "listeners": "PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}" + ours,
            "advertised.listeners": "PLAINTEXT://127.0.0.1:${port}" + ours,
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT" + kinds,
        }
        users = [f"SCRAM-SHA-{size}=[name=amal,password=sesame]" for size in (256, 512)]
        options = [word for user in users for word in ("--add-scram", user)]
        self.broker = LocalBroker(directory / "broker", cache=cache, settings=settings, format_options=options)

    def tls(self, listener: str = "TLS", ca: str = "ca") -> KafkaConnection:
        return KafkaConnection(self.at(listener), "SSL", ca_file=str(self.directory / f"{ca}.pem"))

    def login(self, mechanism: str, password: str = "sesame") -> KafkaConnection:
        return KafkaConnection(self.at("LOGIN"), "SASL_PLAINTEXT", mechanism, "amal", password)

    def strict(self, password: str = "sesame") -> KafkaConnection:
        certificate = (self.path("ca.pem"), self.path("client.pem"), self.path("client.key"))
        return KafkaConnection(self.at("STRICT"), "SASL_SSL", "SCRAM-SHA-512", "amal", password, *certificate)

    def at(self, listener: str) -> str:
        return f"127.0.0.1:{self.ports[listener]}"

    def path(self, name: str) -> str:
        return str(self.directory / name)

    def _guards(self) -> dict[str, str]:
        settings = {
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": self.path("server-all.pem"),
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": self.path("ca.pem"),
            "listener.name.mutual.ssl.client.auth": "required",
            "listener.name.strict.ssl.client.auth": "required",
            "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
        }
        plain = f'{JAAS}.plain.PlainLoginModule required user_amal="sesame";'
        for listener in ("login", "both", "strict"):
            settings[f"listener.name.{listener}.plain.sasl.jaas.config"] = plain
            for size in (256, 512):
                scram = f"{JAAS}.scram.ScramLoginModule required;"
                settings[f"listener.name.{listener}.scram-sha-{size}.sasl.jaas.config"] = scram
        return settings


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory, jar_cache: Path) -> Iterator[Guarded]:
    """Yield a broker that asks for TLS, certificates and logins, each on a listener of its own."""
    guarded = Guarded(tmp_path_factory.mktemp("guarded"), jar_cache)
    try:
        guarded.broker.start()
        yield guarded
    finally:
        guarded.broker.stop()
