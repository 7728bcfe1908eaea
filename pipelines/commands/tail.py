"""Follow a topic and show its records as they come."""

import sys
from collections.abc import Iterable
from itertools import islice
from typing import Annotated, Any

import typer
from rich.console import Console

from connectors.kafka.read_back import read_topic
from connectors.message import Message
from pipelines.commands.flags import Bootstrap, KafkaConfig, KafkaPassword, connect
from pipelines.commands.render import render, write_origin
from schemas.codec import decode, decode_message
from schemas.errors import CannotRead
from schemas.framing import SINGLE_OBJECT
from schemas.plain_json import to_json
from schemas.topics import load_topics

PREFIX = "rasid."


def tail(
    topic: Annotated[str, typer.Argument(help="A topic; `events` is short for `rasid.events`.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print each record as a line of JSON.")] = False,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Show what is there already, too.")] = False,
    most: Annotated[int | None, typer.Option("--max", min=1, metavar="N", help="Stop after so many messages.")] = None,
    bootstrap: Bootstrap = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Follow a topic and show its records as they come; Ctrl-C ends it."""
    connection, name = connect(bootstrap, kafka_config, password), full_name(topic)
    messages = read_topic(connection, name, follow=True, start="earliest" if from_beginning else "latest")
    if sys.stderr.isatty():
        sys.stderr.write(f"Following {name}; Ctrl-C ends it.\n")
    try:
        show(islice(messages, most), as_json)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def full_name(topic: str) -> str:
    """Return the topic that a name is short for.

    >>> full_name("events"), full_name("rasid.events"), full_name("my-news")
    ('rasid.events', 'rasid.events', 'my-news')
    """
    return PREFIX + topic if PREFIX + topic in {known.name for known in load_topics()} else topic


def show(messages: Iterable[Message], as_json: bool) -> None:
    """Print messages on standard output; what cannot be read is told on standard error."""
    console = Console(highlight=False, soft_wrap=True)
    for message in messages:
        try:
            record, fields = _read(message)
        except CannotRead as error:
            sys.stderr.write(f"{_where(message)}: {error}\n")
            continue
        if as_json:
            sys.stdout.write(to_json(fields).decode() + "\n")
        else:
            console.print(render(record, fields))
        sys.stdout.flush()


def _read(message: Message) -> tuple[str, dict[str, Any]]:
    if message.value.startswith(SINGLE_OBJECT):
        record, _, fields = decode(message.value)
        return record, fields
    return "raw_article", decode_message(message.value)


def _where(message: Message) -> str:
    return write_origin({"topic": message.topic, "partition": message.partition, "offset": message.offset})
