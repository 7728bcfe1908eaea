"""Find out why a Kafka server cannot be used, and say it in a sentence a person can act on."""

import socket
import ssl
import threading
import time

from connectors.kafka.connection import KafkaConnection
from connectors.kafka.probe import Dialogue

UNSUPPORTED_MECHANISM, ILLEGAL_SASL_STATE = 33, 34
HOSTNAME_MISMATCH, IP_MISMATCH = 62, 64
LOOK_AGAIN_S = 2.0


class Trouble(Exception):
    """What stands in the way, as a sentence."""


class Away(Trouble):
    """Nobody is there."""


def diagnose(connection: KafkaConnection, host: str, port: int, deadline: float) -> Trouble | None:
    """Return what stands between us and the server at host:port, or None where nothing does.

    `deadline` is in monotonic seconds; the answer comes by then.
    """
    where = f"{host}:{port}"
    # The rest is for a second look, at what a silent server expects.
    talk_until = deadline - LOOK_AGAIN_S
    try:
        with _enter(connection, host, port, talk_until) as sock:
            dialogue = Dialogue(sock, talk_until)
            _greet(connection, dialogue, host, port)
            if connection.is_sasl:
                _log_in(connection, dialogue, where)
            _visit(_brokers(connection, dialogue, where), where, deadline)
    except Trouble as trouble:
        return trouble
    return None


def _connect(host: str, port: int, deadline: float) -> socket.socket:
    where = f"{host}:{port}"
    _resolve(host, port, deadline)
    try:
        return socket.create_connection((host, port), timeout=_left(deadline))
    except ConnectionRefusedError:
        raise Away(
            f"Nothing listens at {where}. Is Kafka running, and is the port right? `rasid broker start` runs one here."
        ) from None
    except OSError as error:
        raise Away(f"{where} does not answer ({error}). Is the address right, or is a firewall between?") from None


def _resolve(host: str, port: int, deadline: float) -> None:
    """Look a name up in a thread: the system's own time-out may be longer than ours."""
    failures: list[str] = ["the name server does not answer"]

    def look_up() -> None:
        try:
            socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            failures.clear()
        except (OSError, UnicodeError) as error:
            failures[0] = str(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_left(deadline))
    if failures:
        raise Away(
            f"The name {host} does not resolve ({failures[0]}). Is it spelt right? A name from Docker or Kubernetes is "
            "known only inside."
        )


def _enter(connection: KafkaConnection, host: str, port: int, deadline: float) -> socket.socket:
    """Connect, with TLS where the connection asks for it."""
    if not connection.is_tls:
        return _connect(host, port, deadline)
    context = _tls_context(connection)
    sock = _connect(host, port, deadline)
    try:
        sock.settimeout(_left(deadline))
        return context.wrap_socket(sock, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        sock.close()
        raise Trouble(_blame_certificate(connection, host, port, error)) from None
    except OSError as error:
        sock.close()
        raise Trouble(_blame_handshake(connection, host, port, error)) from None


def _tls_context(connection: KafkaConnection) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=connection.ca_file)
    except OSError as error:
        raise Trouble(f"The CA file {connection.ca_file} cannot be read as PEM ({error}).") from None
    if connection.cert_file:
        try:
            context.load_cert_chain(connection.cert_file, connection.key_file)
        except OSError as error:
            files = f"{connection.cert_file} and {connection.key_file or connection.cert_file}"
            raise Trouble(f"The client's certificate and key, {files}, cannot be read as PEM ({error}).") from None
    return context


def _blame_certificate(connection: KafkaConnection, host: str, port: int, error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code in {HOSTNAME_MISMATCH, IP_MISMATCH}:
        return f"The certificate of {host}:{port} is made out to another name: {error.verify_message}"
    trusted = (
        f"the CA file {connection.ca_file}" if connection.ca_file else "this machine's own list (no CA file given)"
    )
    return f"The certificate of {host}:{port} is not vouched for by {trusted}: {error.verify_message}. Wrong CA?"


def _blame_handshake(connection: KafkaConnection, host: str, port: int, error: OSError) -> str:
    try:
        with socket.create_connection((host, port), LOOK_AGAIN_S) as sock:
            Dialogue(sock, time.monotonic() + LOOK_AGAIN_S).api_versions()
    except OSError:
        return f"TLS with {host}:{port} fails: {error}"
    plain = connection.security_protocol.replace("SASL_SSL", "SASL_PLAINTEXT").replace("SSL", "PLAINTEXT")
    return f"{host}:{port} does not speak TLS: use the security protocol {plain}, or the port of its TLS listener."


def _greet(connection: KafkaConnection, dialogue: Dialogue, host: str, port: int) -> None:
    try:
        dialogue.api_versions()
    except OSError as error:
        where = f"{host}:{port}"
        if connection.is_tls:
            wanted = "" if connection.cert_file else " It may want a client certificate: none is given."
            raise Trouble(f"{where} breaks off after the TLS handshake ({error}).{wanted}") from None
        if _speaks_tls(host, port):
            tls = "SASL_SSL" if connection.is_sasl else "SSL"
            raise Trouble(f"{where} expects TLS: use the security protocol {tls}, and the CA file it needs.") from None
        raise Trouble(f"What listens at {where} does not answer as Kafka does ({error}).") from None


def _speaks_tls(host: str, port: int) -> bool:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection((host, port), LOOK_AGAIN_S) as sock, context.wrap_socket(sock):
            return True
    except OSError as error:
        return isinstance(error, ssl.SSLError) and "ALERT" in str(error).upper()


def _log_in(connection: KafkaConnection, dialogue: Dialogue, where: str) -> None:
    from kafka.net.sasl import get_sasl_mechanism

    settings = connection.client_settings()
    login = get_sasl_mechanism(connection.sasl_mechanism)(**settings)
    try:
        code, offered = dialogue.sasl_handshake(str(connection.sasl_mechanism))
        if code == ILLEGAL_SASL_STATE:
            plain = connection.security_protocol.removeprefix("SASL_")
            raise Trouble(f"{where} asks nobody to log in: use the security protocol {plain}, or another listener.")
        if code:
            raise Trouble(f"{where} knows no {connection.sasl_mechanism}; it offers {', '.join(offered) or 'none'}.")
        while not login.is_done():
            code, words, token = dialogue.sasl_authenticate(login.auth_bytes())
            if code:
                raise Trouble(f"{where} refuses user {connection.username!r}: wrong password or user. ({words})")
            login.receive(token)
    except (OSError, ValueError) as error:
        raise Trouble(f"{where} breaks off the login of {connection.username!r} ({error}).") from None


def _brokers(connection: KafkaConnection, dialogue: Dialogue, where: str) -> list[tuple[str, int]]:
    try:
        return dialogue.metadata()
    except OSError as error:
        if connection.is_sasl:
            raise Trouble(f"{where} answers no question after the login ({error}).") from None
        secure = "SASL_SSL" if connection.is_tls else "SASL_PLAINTEXT"
        raise Trouble(f"{where} expects a login: use {secure} with a mechanism, a user and a password.") from None


def _visit(brokers: list[tuple[str, int]], where: str, deadline: float) -> None:
    """Knock at the addresses that the brokers give themselves: clients go there for the data."""
    for host, port in brokers:
        try:
            _connect(host, port, deadline).close()
        except Trouble as trouble:
            raise Trouble(
                f"{where} answers, but sends clients on to {host}:{port} (its advertised.listeners). {trouble}"
            ) from None


def _left(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0.1)
