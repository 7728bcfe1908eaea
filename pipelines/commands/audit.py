"""Prove from the ledger that every message was dealt with, once."""

from collections.abc import Iterator
from itertools import chain
from typing import Annotated

import typer

from connectors.kafka.check import check
from connectors.kafka.offsets import partition_bounds
from connectors.kafka.read_back import read_topic
from pipelines.commands.flags import Bootstrap, KafkaConfig, KafkaPassword, local_bootstrap, read_security
from pipelines.core.article import Origin
from pipelines.core.ledger import Done, done_with, twice
from pipelines.inputs import read_messages
from pipelines.ledgers import read_ledger
from pipelines.options import FileSource, KafkaSource, parse_sinks, parse_source
from schemas.topics import topic_of

SHOWN = 10


def audit(
    source: Annotated[
        str | None, typer.Option("--from", help="The input: kafka://host:port/topic or files:GLOB.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="Where the ledger is: kafka://host:port or files:DIR.")] = None,
    bootstrap: Bootstrap = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Walk the input and find each message's one line in the ledger. Exit code 1 names what is missing or double.

    By default the input topic and the ledger of --bootstrap, or of the local broker.
    """
    security = read_security(kafka_config, password)
    if source is None or to is None:
        local = bootstrap or local_bootstrap()
        source, to = source or f"kafka://{local}/{topic_of('raw_article').name}", to or f"kafka://{local}"
    read_from = parse_source(source, security)
    kafka, files = parse_sinks([to], security)
    for connection in (kafka, read_from.connection if isinstance(read_from, KafkaSource) else None):
        if connection is not None:
            check(connection)
    names = {read_from.topic} if isinstance(read_from, KafkaSource) else {file.name for file in read_from.files}
    origins = [line.origin for line in read_ledger(kafka, files) if line.origin.topic in names]
    done = done_with(origins)
    _report(len(origins), [origin for origin in _inputs(read_from, done) if origin not in done], twice(origins))


def _inputs(source: KafkaSource | FileSource, done: Done) -> Iterator[Origin]:
    """Yield where messages stand. A topic is read only if some offset has no line: it may hold no message at all."""
    if isinstance(source, FileSource):
        messages = chain.from_iterable(map(read_messages, source.files))
    elif _is_whole(source, done):
        messages = chain()
    else:
        messages = chain(read_topic(source.connection, source.topic))
    for message in messages:
        yield Origin(message.topic, message.partition, message.offset)


def _is_whole(source: KafkaSource, done: Done) -> bool:
    return not any(
        next(done.missing((source.topic, partition), first, last), None)
        for partition, (first, last) in partition_bounds(source.connection, source.topic).items()
    )


def _report(lines: int, missing: list[Origin], double: list[tuple[Origin, int]]) -> None:
    for origin in missing[:SHOWN]:
        typer.echo(f"missing: {origin} has no line in the ledger")
    for origin, count in double[:SHOWN]:
        typer.echo(f"double: {origin} has {count} lines in the ledger")
    hidden = max(0, len(missing) - SHOWN) + max(0, len(double) - SHOWN)
    if hidden:
        typer.echo(f"... and {hidden} more")
    if missing or double:
        typer.echo(
            f"{len(missing)} missing, {len(double)} double, {lines} lines. `rasid run --drain` does the missing ones."
        )
        raise typer.Exit(1)
    typer.echo(f"clean: {lines} messages, each with its one line")
