"""Show what could not be used and why, or send it again."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from connectors.kafka.admin import list_topics
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.read_back import read_topic
from connectors.kafka.replay import send_again
from connectors.message import Message
from pipelines.commands.flags import Bootstrap, KafkaConfig, KafkaPassword, connect
from pipelines.commands.render import isolate, write_origin
from pipelines.core.rejection import REASONS
from pipelines.ledgers import file_rows
from pipelines.options import WrongOption
from schemas.codec import decode
from schemas.plain_json import to_json
from schemas.topics import topic_of

app = typer.Typer(no_args_is_help=True, help="What could not be used, why, and how to send it again.")

Fields = dict[str, Any]
Reason = Annotated[str | None, typer.Option(metavar="REASON", help=f"Only this: {', '.join(REASONS)}.")]


@app.command("list")
def list_all(
    reason: Reason = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each rejection as a line of JSON.")] = False,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="files:DIR", help="Read the files of a run with `--to files:DIR`, not Kafka."),
    ] = None,
    bootstrap: Bootstrap = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Count rejections by reason, with an example of each."""
    _check(reason)
    rows = _read_files(source) if source else _read_kafka(connect(bootstrap, kafka_config, password))
    chosen = _choose(rows, reason)
    if as_json:
        for row in chosen:
            sys.stdout.write(to_json(row).decode() + "\n")
    else:
        _print_counts(chosen)


@app.command()
def replay(
    reason: Reason = None,
    ids: Annotated[list[str] | None, typer.Option("--id", metavar="ID", help="Only this one; may be repeated.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent, and send nothing.")] = False,
    bootstrap: Bootstrap = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Send rejected messages to the topic they came from: the same bytes, key and headers.

    What came from a file is not sent: mend the file and run it again. The rejections stay on their topic, so a second
    replay sends them a second time; copies are told apart by the pipeline. Exit code 1 when something was not sent.
    """
    _check(reason)
    connection = connect(bootstrap, kafka_config, password)
    chosen = list(_choose(_read_kafka(connection), reason, ids))
    if unknown := sorted(set(ids or ()) - {row["rejection_id"] for row in chosen}):
        raise WrongOption(f"No rejection has the id {', '.join(unknown)}. `rasid rejections list --json` shows them.")
    there = set(list_topics(connection))
    sendable = [row for row in chosen if row["origin"]["topic"] in there]
    if not dry_run:
        send_again(connection, map(_message, sendable))
    _report(sendable, [row for row in chosen if row["origin"]["topic"] not in there], dry_run)


def _check(reason: str | None) -> None:
    if reason is not None and reason not in REASONS:
        raise WrongOption(f"--reason {reason!r} is no reason; there are {', '.join(REASONS)}.")


def _read_kafka(connection: KafkaConnection) -> Iterator[Fields]:
    for message in read_topic(connection, topic_of("rejection").name):
        yield decode(message.value).fields


def _read_files(source: str) -> Iterator[Fields]:
    folder = Path(source.removeprefix("files:"))
    if not source.startswith("files:") or not (folder / "rejection").is_dir():
        raise WrongOption(f"--from {source}: give files:DIR, where DIR has a folder `rejection`.")
    yield from file_rows(str(folder), "rejection")


def _choose(rows: Iterable[Fields], reason: str | None, ids: Iterable[str] | None = None) -> Iterator[Fields]:
    """Yield the rejections asked for, each once: a run that was resumed may have written one twice."""
    wanted, seen = set(ids or ()), set[str]()
    for row in rows:
        name = row["rejection_id"]
        if name not in seen and reason in {None, row["reason"]} and (not wanted or name in wanted):
            seen.add(name)
            yield row


def _print_counts(rows: Iterable[Fields]) -> None:
    counts: Counter[str] = Counter()
    examples: dict[str, Fields] = {}
    for row in rows:
        counts[row["reason"]] += 1
        examples.setdefault(row["reason"], row)
    table = Table("reason", "count", "for example", "which came from")
    table.columns[1].justify = "right"
    for reason, count in counts.most_common():
        example = examples[reason]
        table.add_row(reason, str(count), isolate(example["message"]), write_origin(example["origin"]))
    table.show_footer, table.columns[0].footer, table.columns[1].footer = True, "all", str(counts.total())
    Console().print(table if counts else "Nothing was rejected.")


def _message(row: Fields) -> Message:
    headers = tuple((header["name"], header["value"]) for header in row["headers"])
    return Message(row["payload"] or b"", key=row["key"], headers=headers, **row["origin"])


def _report(sent: list[Fields], kept: list[Fields], dry_run: bool) -> None:
    did = "would be sent" if dry_run else "sent"
    for topic, count in sorted(Counter(row["origin"]["topic"] for row in sent).items()):
        typer.echo(f"{count} {did} to {topic}")
    for row in sent if dry_run else ():
        typer.echo(f"  {row['rejection_id']}  {row['reason']}  {write_origin(row['origin'])}")
    for topic, count in sorted(Counter(row["origin"]["topic"] for row in kept).items()):
        typer.echo(f"{count} not sent: {topic} is no topic on this broker. If it is a file, mend it and run it again.")
    if not sent and not kept:
        typer.echo("No rejection matches: nothing to send.")
    if kept:
        raise typer.Exit(1)
