"""Speak just enough of Kafka's wire protocol to find out who answers at an address, and within how long.

kafka-python says "unable to bootstrap" after 30 s whatever the cause; these few requests say which.
Source: the protocol guide of Apache Kafka (versions that Kafka 0.11 to 4.x share).
"""

import socket
import struct
import time
from dataclasses import dataclass, field

API_VERSIONS, METADATA, SASL_HANDSHAKE, SASL_AUTHENTICATE = 18, 3, 17, 36
MOST_BYTES = 1 << 24


class NotKafka(OSError):
    """Something answered, but not in Kafka's protocol."""


@dataclass(slots=True)
class Dialogue:
    """Requests and answers over one connected socket; every wait ends at `deadline` (monotonic seconds)."""

    sock: socket.socket
    deadline: float
    _sent: int = field(default=0, init=False)

    def api_versions(self) -> None:
        """Ask what the server can do: the first request a broker answers, before any login."""
        self._ask(API_VERSIONS, 0, b"")

    def metadata(self) -> list[tuple[str, int]]:
        """Return the addresses that the cluster's brokers give themselves."""
        answer = _Reader(self._ask(METADATA, 4, struct.pack(">ib", 0, 0)))
        answer.number("i")  # throttle time
        brokers = []
        for _ in range(answer.number("i")):
            answer.number("i")  # node id
            brokers.append((answer.text(), answer.number("i")))
            answer.text()  # rack
        return brokers

    def sasl_handshake(self, mechanism: str) -> tuple[int, list[str]]:
        """Offer a login mechanism; return (error code, mechanisms the server knows)."""
        answer = _Reader(self._ask(SASL_HANDSHAKE, 1, _text(mechanism)))
        return answer.number("h"), [answer.text() for _ in range(answer.number("i"))]

    def sasl_authenticate(self, token: bytes) -> tuple[int, str, bytes]:
        """Send one step of a login; return (error code, the server's words, its token)."""
        answer = _Reader(self._ask(SASL_AUTHENTICATE, 0, struct.pack(">i", len(token)) + token))
        return answer.number("h"), answer.text(), answer.take(answer.number("i"))

    def _ask(self, key: int, version: int, body: bytes) -> bytes:
        self._sent += 1
        request = struct.pack(">hhi", key, version, self._sent) + _text("rasid") + body
        self.sock.settimeout(self._left())
        self.sock.sendall(struct.pack(">i", len(request)) + request)
        size, correlation = struct.unpack(">ii", self._receive(8))
        if correlation != self._sent or not 4 <= size <= MOST_BYTES:
            raise NotKafka("the answer is not Kafka's")
        return self._receive(size - 4)

    def _receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            self.sock.settimeout(self._left())
            part = self.sock.recv(count - len(data))
            if not part:
                raise ConnectionResetError("the server closed the connection")
            data += part
        return data

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("no answer in time")
        return left


class _Reader:
    """Take fields off the front of an answer."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        if self.at + max(count, 0) > len(self.data):
            raise NotKafka("the answer is cut short")
        self.at += max(count, 0)
        return self.data[self.at - max(count, 0) : self.at]

    def number(self, kind: str) -> int:
        return int(struct.unpack(">" + kind, self.take(struct.calcsize(">" + kind)))[0])

    def text(self) -> str:
        return self.take(self.number("h")).decode("utf-8", "replace")


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack(">h", len(data)) + data


def ask_metadata(host: str, port: int, within_s: float) -> list[tuple[str, int]]:
    """Return the brokers a plain-text server names; OSError where none answers in time."""
    deadline = time.monotonic() + within_s
    with socket.create_connection((host, port), timeout=within_s) as sock:
        return Dialogue(sock, deadline).metadata()
