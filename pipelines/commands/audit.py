"""Prove from ledger and records that every message was dealt with, once."""

from collections.abc import Sequence
from typing import Annotated

import typer

from connectors.kafka.check import check
from connectors.kafka.security import read_security
from pipelines.audits import Findings, audit_outputs
from pipelines.commands.flags import Bootstrap, KafkaConfig, KafkaPassword, local_bootstrap
from pipelines.options import KafkaSource, parse_sinks, parse_source
from schemas.topics import topic_of

SHOWN = 10


def audit(
    source: Annotated[
        str | None, typer.Option("--from", help="The input: kafka://host:port/topic or files:GLOB.")
    ] = None,
    to: Annotated[
        list[str] | None, typer.Option("--to", help="What was written: kafka://host:port, files:DIR, or give both.")
    ] = None,
    bootstrap: Bootstrap = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Find each message's one line in the ledger, and each line's record. Exit code 1 names what is lost or double.

    By default the input topic and the ledger of --bootstrap, or of the local broker.
    """
    security = read_security(kafka_config, password)
    if source is None or not to:
        local = bootstrap or local_bootstrap()
        source, to = source or f"kafka://{local}/{topic_of('raw_article').name}", to or [f"kafka://{local}"]
    read_from = parse_source(source, security)
    kafka, files = parse_sinks(to, security)
    for connection in (kafka, read_from.connection if isinstance(read_from, KafkaSource) else None):
        if connection is not None:
            check(connection)
    found = [audit_outputs(read_from, kafka, None)] if kafka is not None else []
    found += [audit_outputs(read_from, None, files)] if files is not None else []
    for one in found:
        _report(one)
    if not all(one.is_clean for one in found):
        raise typer.Exit(1)


def _report(found: Findings) -> None:
    _list("missing", "has no line in the ledger", found.missing)
    _list("double", "has lines in the ledger that contradict each other", found.double)
    _list("no record", "has a line in the ledger, and the record it speaks of is not there", found.without_record)
    _list("file", "", found.files)
    if found.expired:
        typer.echo(f"expired: {found.expired} offsets were deleted by the topic's retention before they were read")
    if found.repeated:
        typer.echo(f"repeated: {len(found.repeated)} lines were written twice, the same both times; this does no harm")
    if found.is_clean:
        typer.echo(f"clean: {found.lines - len(found.repeated)} messages, each with its one line")
        return
    typer.echo(
        f"{len(found.missing)} missing, {len(found.double)} double, {found.lines} lines. "
        "`rasid run --drain` does the missing ones."
    )


def _list(name: str, what: str, where: Sequence[object]) -> None:
    for one in where[:SHOWN]:
        typer.echo(f"{name}: {one} {what}".rstrip())
    if len(where) > SHOWN:
        typer.echo(f"... and {len(where) - SHOWN} more")
