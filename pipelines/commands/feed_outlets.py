"""Where fetched articles go: a topic, a file, or standard output."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from connectors.kafka.security import Security
from connectors.message import LARGEST, Message
from pipelines.options import WrongOption, parse_kafka
from schemas.topics import topic_of

Send = Callable[[bytes], None]
"""Hand an article on, from any thread; it is safe when the call returns. Raises CannotSend."""


class CannotSend(Exception):
    """An article was not taken; the message says what happens to it."""


@contextmanager
def opened(to: str, security: Security) -> Iterator[Send]:
    """Open what `--to` names; raises WrongOption, NoSuchTopic or KafkaUnreachable before anything is fetched."""
    if to.startswith("kafka:"):
        with _topic(to, security) as send:
            yield send
    elif to == "-":
        yield _one_by_one(_print)
    elif "://" in to or not to or to.startswith("files:"):
        raise WrongOption(
            f"--to {to!r}: write kafka://HOST:PORT, with /TOPIC or without, FILE.jsonl, or - to look at it."
        )
    else:
        with _file(to) as send:
            yield send


@contextmanager
def _file(path: str) -> Iterator[Send]:
    """Append whole lines to a file: what a full disk took of one is taken back."""
    try:
        file = Path(path).open("ab", buffering=0)  # noqa: SIM115 - closed below
    except OSError as error:
        raise WrongOption(f"--to {path}: {error.strerror}; give a file that can be written to.") from error

    def write(line: bytes) -> None:
        before, left = os.fstat(file.fileno()).st_size, memoryview(line)
        try:
            while left:
                left = left[file.write(left) :]
        except OSError:
            with suppress(OSError):
                file.truncate(before)
            raise

    with file:
        yield _one_by_one(write)


def _print(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def _one_by_one(write: Callable[[bytes], None]) -> Send:
    lock = threading.Lock()

    def send(value: bytes) -> None:
        try:
            with lock:
                write(value + b"\n")
        except OSError as error:
            raise CannotSend(f"no more can be written ({error.strerror}): make room; it is sent then.") from error

    return send


@contextmanager
def _topic(to: str, security: Security) -> Iterator[Send]:
    from kafka import KafkaProducer  # not installed where Kafka is not used
    from kafka.errors import KafkaError

    from connectors.kafka.admin import list_topics
    from connectors.kafka.check import check
    from connectors.kafka.consume import NoSuchTopic
    from pipelines.commands.produce import key_of

    bootstrap, named = parse_kafka(to)
    connection, topic = security.connect(bootstrap), named or topic_of("raw_article").name
    check(connection)
    if topic not in list_topics(connection):
        raise NoSuchTopic(topic)

    def send(value: bytes) -> None:
        try:
            producer.send(topic, value, key=key_of(Message(value, topic, 0, 0))).get(timeout=130)
        except KafkaError as error:
            raise CannotSend(f"Kafka did not take an article ({error}): it is sent in the next round.") from error

    with KafkaProducer(**connection.client_settings(), compression_type="lz4", max_request_size=LARGEST) as producer:
        yield send
