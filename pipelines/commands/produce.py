"""Play articles from files into Kafka."""

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

import typer
from kafka import KafkaProducer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from connectors.files.lines import NamedFile, find_files, messages_of
from connectors.kafka.admin import list_topics
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.consume import NoSuchTopic
from connectors.message import LARGEST, Message
from pipelines.commands.flags import Bootstrap, KafkaConfig, KafkaPassword, connect
from pipelines.commands.lines import Map
from pipelines.core.rejection import Rejected
from pipelines.core.urls import canonical_url
from pipelines.field_names import read_names, rename_message
from pipelines.inputs import Decoder, read_messages, refuse_unreadable
from pipelines.options import WrongOption
from schemas.codec import decode_message
from schemas.errors import CannotRead
from schemas.topics import message_key, topic_of

DECODER = Decoder(LARGEST)


@dataclass
class Pace:
    """When the next message is due: as fast as it goes, at a rate, or as the articles were published."""

    rate: float | None = None
    speed: float | None = None

    def wait(self, messages: Iterable[Message]) -> Iterator[Message]:
        """Yield messages when they are due. One published before its forerunner is due at once."""
        started, first = time.monotonic(), None
        for number, message in enumerate(messages):
            due = number / self.rate if self.rate else 0.0
            published = DECODER.event_time(message) if self.speed else None
            if published is not None and self.speed:
                first = published if first is None else first
                due = (published - first) / 1000 / self.speed
            if (left := started + due - time.monotonic()) > 0:
                time.sleep(left)
            yield message


def produce(
    files: Annotated[list[str], typer.Argument(metavar="FILE...|-", help="JSON Lines, CSV or Avro; gzip too.")],
    bootstrap: Bootstrap = None,
    topic: Annotated[str, typer.Option(help="The topic to play into.")] = topic_of("raw_article").name,
    rate: Annotated[
        float | None, typer.Option(min=0.001, help="Articles a second; without it, as fast as it goes.")
    ] = None,
    as_recorded: Annotated[bool, typer.Option("--as-recorded", help="Keep the pace of publication.")] = False,
    speed: Annotated[float, typer.Option(min=0.001, help="With --as-recorded: so many times as fast.")] = 1.0,
    names: Map = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Play articles into a topic, each line as it stands, keyed by article so that corrections stay in order.

    With --map our names for its fields are added. Lines that cannot be read are sent as they are: the pipeline refuses
    them, and says why.
    """
    if rate and as_recorded:
        raise WrongOption("--rate and --as-recorded exclude each other.")
    ours = read_names(names)
    messages = (rename_message(message, ours) for message in _messages(files))
    connection = connect(bootstrap, kafka_config, password)
    sent, seconds = play(connection, topic, Pace(rate, speed if as_recorded else None).wait(messages))
    typer.echo(f"{sent} messages sent to {topic} in {seconds:.1f} s ({sent / max(seconds, 1e-9):,.0f} a second)")


def play(connection: KafkaConnection, topic: str, messages: Iterable[Message]) -> tuple[int, float]:
    """Send messages, showing progress; return how many were acknowledged, and the seconds it took."""
    if topic not in list_topics(connection):
        raise NoSuchTopic(topic)
    producer = KafkaProducer(
        **connection.client_settings(), linger_ms=20, compression_type="lz4", max_request_size=LARGEST
    )
    started, sent, failures = time.monotonic(), 0, list[BaseException]()
    with _progress() as bar:
        task = bar.add_task("", total=None)
        for sent, message in enumerate(messages, 1):
            producer.send(topic, value=message.value, key=key_of(message)).add_errback(failures.append)
            if sent % 100 == 0:
                bar.update(task, completed=sent, description=f"{sent / (time.monotonic() - started):,.0f} a second")
        producer.flush()
    producer.close()
    if failures:
        raise WrongOption(f"{len(failures)} messages were not taken; the first because: {failures[0]}")
    return sent, time.monotonic() - started


def key_of(message: Message) -> bytes | None:
    """Return the key of an article's message: its URL without decoration, else its id; none where it cannot be read."""
    try:
        fields = decode_message(message.value)
    except CannotRead:
        return None
    return message_key(topic_of("raw_article"), fields | {"url": canonical_url(fields["url"] or "")})


def _messages(names: list[str]) -> Iterator[Message]:
    """Find the files at once, so that a wrong name is told before anything is sent; read them one by one."""
    found = [() if name == "-" else find_files(name) for name in names]
    return _readable(message for files in found for message in (_read_all(files) if files else _standard_input()))


def _readable(messages: Iterable[Message]) -> Iterator[Message]:
    """Yield the messages; say on standard error what a file lost, for there is nothing to send of it."""
    for message in messages:
        try:
            refuse_unreadable(message)
        except Rejected as lost:
            typer.echo(f"rasid: {message.topic}: {lost.message}", err=True)
        else:
            yield message


def _read_all(files: Iterable[NamedFile]) -> Iterator[Message]:
    return (message for file in files for message in read_messages(file))


def _standard_input() -> Iterator[Message]:
    return messages_of(sys.stdin.buffer, "stdin")


def _progress() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.completed} messages"), TextColumn("{task.description}"))
    return Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
