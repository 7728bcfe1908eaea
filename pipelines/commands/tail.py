"""Show the records of a topic as they come, or those of a run's folder."""

import sys
from collections.abc import Iterable, Iterator
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from connectors.kafka.connection import KafkaConnection
from connectors.message import Message
from pipelines.commands.flags import Bootstrap, KafkaConfig, KafkaPassword, Registry
from pipelines.commands.layout import make_console, print_block
from pipelines.commands.matching import Filter, Filters, read_filters
from pipelines.commands.nearest import completing, hint
from pipelines.commands.render import render, write_origin
from pipelines.commands.stored import From, Store, open_store, source_of
from pipelines.options import WrongOption
from pipelines.tables.stored import read_folder
from schemas.codec import decode, decode_message
from schemas.errors import CannotRead
from schemas.framing import SINGLE_OBJECT
from schemas.plain_json import to_json
from schemas.registry import SchemaRegistry
from schemas.topics import load_topics

PREFIX = "rasid."


def short_names() -> list[str]:
    """Return what our topics are called for short."""
    return [one.name.removeprefix(PREFIX) for one in load_topics()]


class Shown(NamedTuple):
    """A record and its kind, and when it was written (ms); or where it stood and what is wrong with it."""

    record: str
    fields: dict[str, Any]
    at: int = 0
    problem: str = ""


def tail(
    topic: Annotated[
        str,
        typer.Argument(
            help="A topic, or a folder's record; `events` is short for `rasid.events`.",
            autocompletion=completing(short_names),
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print each record as a line of JSON.")] = False,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Show what is there already, too.")] = False,
    last: Annotated[int | None, typer.Option("--last", min=1, metavar="N", help="Show the last N first.")] = None,
    until_end: Annotated[bool, typer.Option("--until-end", help="Show what is there, and end.")] = False,
    most: Annotated[int | None, typer.Option("--max", min=1, metavar="N", help="Stop after so many messages.")] = None,
    filters: Filters = None,
    source: From = None,
    bootstrap: Bootstrap = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
    registry: Registry = None,
) -> None:
    """Follow a topic and show its records as they come; Ctrl-C ends it.

    With --from files:DIR it shows what a run wrote there, all or the last N, and ends.
    """
    name, record = full_name(topic), record_of(topic)
    wanted = read_filters(filters, record)
    store = open_store(source_of(source, bootstrap), kafka_config, password, registry)
    if isinstance(store.place, Path):
        found = _in_folder(store.place, topic, record, wanted, last)
    else:
        _refuse_unknown(store.place, topic)
        found = _on_topic(store, name, wanted, "all" if from_beginning else last, until_end)
    try:
        show(islice(found, most), as_json)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def full_name(topic: str) -> str:
    """Return the topic that a name is short for.

    >>> full_name("events"), full_name("rasid.events"), full_name("my-news")
    ('rasid.events', 'rasid.events', 'my-news')
    """
    return PREFIX + topic if PREFIX + topic in {known.name for known in load_topics()} else topic


def record_of(topic: str) -> str | None:
    """Return the record that a topic of ours carries, by its long or short name, or the record's own.

    >>> record_of("events"), record_of("event"), record_of("my-news")
    ('event', 'event', None)
    """
    named = ((one.record, (one.name, one.name.removeprefix(PREFIX), one.record)) for one in load_topics())
    return next((record for record, names in named if topic in names), None)


def show(found: Iterable[Shown], as_json: bool) -> None:
    """Print records on standard output; what cannot be read is told on standard error."""
    console = make_console()
    for one in found:
        if one.problem:
            sys.stderr.write(f"{one.problem}\n")
        elif as_json:
            sys.stdout.write(to_json(one.fields).decode() + "\n")
        else:
            print_block(console, render(one.record, one.fields))
        sys.stdout.flush()


def read(message: Message, registry: SchemaRegistry | None = None) -> Shown:
    """Return the record in a message, by its framing and its topic."""
    at, record = message.timestamp or 0, record_of(message.topic) or "raw_article"
    try:
        if message.value.startswith(SINGLE_OBJECT):
            record, _, fields = decode(message.value)
        else:
            fields = decode_message(message.value, record, registry)
    except CannotRead as error:
        where = {"topic": message.topic, "partition": message.partition, "offset": message.offset}
        return Shown(record, {}, at, f"{write_origin(where)}: {error}")
    return Shown(record, fields, at)


def _in_folder(folder: Path, topic: str, record: str | None, wanted: list[Filter], last: int | None) -> Iterator[Shown]:
    if record is None:
        known = short_names()[1:]
        raise WrongOption(f"A folder has no {topic!r}; it has {', '.join(known)}.{hint(topic, known)}")
    stored = (Shown(record, one.fields) for one in read_folder(folder, [record]) if one.fields)
    return _chosen(stored, wanted, last)


def _on_topic(
    store: Store, name: str, wanted: list[Filter], begin: int | str | None, until_end: bool
) -> Iterator[Shown]:
    """Yield what is there already, as far as that is asked for, and then what comes."""
    from connectors.kafka.offsets import partition_bounds
    from connectors.kafka.read_back import read_topic

    assert isinstance(store.place, KafkaConnection)
    registry = SchemaRegistry(store.registry) if store.registry else None
    bounds = partition_bounds(store.place, name)
    last = begin if isinstance(begin, int) else None
    if begin or until_end:
        reach = last if last and not wanted else max((end for _, end in bounds.values()), default=0)
        start = {partition: max(first, end - reach) for partition, (first, end) in bounds.items()}
        there = (read(message, registry) for message in read_topic(store.place, name, start=start))
        yield from _chosen(there, wanted, last)
    if not until_end:
        ends = {partition: end for partition, (_, end) in bounds.items()}
        coming = read_topic(store.place, name, follow=True, start=ends)
        if sys.stderr.isatty():
            sys.stderr.write(f"Following {name}; Ctrl-C ends it.\n")
        yield from _chosen((read(message, registry) for message in coming), wanted, None)


def _chosen(found: Iterable[Shown], wanted: list[Filter], last: int | None) -> Iterator[Shown]:
    """Yield what is wanted, and of it the last by time of writing."""
    matching = (one for one in found if one.problem or all(is_so(one.fields) for is_so in wanted))
    if last is None:
        yield from matching
        return
    newest = nlargest(last, enumerate(matching), key=lambda pair: (pair[1].at, pair[0]))
    yield from (one for _, one in reversed(newest))


def _refuse_unknown(connection: KafkaConnection, topic: str) -> None:
    """Raise WrongOption where there is no such topic, with the nearest that there is."""
    from connectors.kafka.admin import list_topics

    there = list_topics(connection)
    if full_name(topic) not in there:
        near = hint(topic, [name.removeprefix(PREFIX) for name in there])
        raise WrongOption(
            f"There is no topic {topic!r} on this broker.{near} `rasid topics create` makes the ones rasid uses."
        )
