"""Show what could not be used and why, or send it again."""

import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from connectors.kafka.admin import list_topics
from connectors.kafka.replay import send_again
from connectors.message import Message
from pipelines.commands.flags import Bootstrap, KafkaConfig, KafkaPassword, Registry, connect
from pipelines.commands.layout import make_console, print_rows
from pipelines.commands.matching import Filters, read_filters
from pipelines.commands.render import isolate, write_origin
from pipelines.commands.stored import From, Store, open_store, source_of
from pipelines.core.rejection import REASONS
from pipelines.options import WrongOption
from schemas.plain_json import to_json

app = typer.Typer(no_args_is_help=True, help="What could not be used, why, and how to send it again.")

Fields = dict[str, Any]
HEADS = ("reason", "count", "for example", "which came from")
Reason = Annotated[str | None, typer.Option(metavar="REASON", help=f"Only this: {', '.join(REASONS)}.")]


@app.command("list")
def list_all(
    reason: Reason = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each rejection as a line of JSON.")] = False,
    last: Annotated[int | None, typer.Option("--last", min=1, metavar="N", help="Only the last N.")] = None,
    filters: Filters = None,
    source: From = None,
    bootstrap: Bootstrap = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
    registry: Registry = None,
) -> None:
    """Count rejections by reason, with an example of each: those of a run's folder, or of a Kafka."""
    _check(reason)
    wanted = read_filters(filters, "rejection")
    store = open_store(source_of(source, bootstrap), kafka_config, password, registry)
    chosen: Iterable[Fields] = (row for row in _choose(_read(store), reason) if all(is_so(row) for is_so in wanted))
    if last:
        chosen = deque(chosen, last)
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
    registry: Registry = None,
) -> None:
    """Send rejected messages to the topic they came from: the same bytes, key and headers.

    What came from a file is not sent: mend the file and run it again. The rejections stay on their topic, so a second
    replay sends them a second time; copies are told apart by the pipeline. Exit code 1 when something was not sent.
    """
    _check(reason)
    connection = connect(bootstrap, kafka_config, password)
    chosen = list(_choose(_read(Store(connection, registry)), reason, ids))
    if unknown := sorted(set(ids or ()) - {row["rejection_id"] for row in chosen}):
        raise WrongOption(f"No rejection has the id {', '.join(unknown)}. `rasid rejections list --json` shows them.")
    there = set(list_topics(connection))
    kept = [row for row in chosen if row["origin"]["topic"] not in there or row["payload"] is None]
    sendable = [row for row in chosen if row not in kept]
    if not dry_run:
        send_again(connection, map(_message, sendable))
    _report(sendable, kept, dry_run)


def _check(reason: str | None) -> None:
    if reason is not None and reason not in REASONS:
        raise WrongOption(f"--reason {reason!r} is no reason; there are {', '.join(REASONS)}.")


def _read(store: Store) -> Iterator[Fields]:
    """Yield the rejections that can be read; say of the others what is wrong."""
    for one in store.read(["rejection"]):
        if one.problem:
            sys.stderr.write(f"rasid: {one.problem}\n")
        elif one.fields:
            yield one.fields


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
    if not counts:
        typer.echo("none")
        return
    lines = [
        [reason, str(count), isolate(examples[reason]["message"]), write_origin(examples[reason]["origin"])]
        for reason, count in counts.most_common()
    ]
    print_rows(make_console(), HEADS, [*lines, ["all", str(counts.total()), "", ""]])


def _message(row: Fields) -> Message:
    headers = tuple((header["name"], header["value"]) for header in row["headers"])
    return Message(row["payload"] or b"", key=row["key"], headers=headers, **row["origin"])


def _report(sent: list[Fields], kept: list[Fields], dry_run: bool) -> None:
    did = "would be sent" if dry_run else "sent"
    for topic, count in sorted(Counter(row["origin"]["topic"] for row in sent).items()):
        typer.echo(f"{count} {did} to {topic}")
    for row in sent if dry_run else ():
        typer.echo(f"  {row['rejection_id']}  {row['reason']}  {write_origin(row['origin'])}")
    for row in (row for row in kept if row["payload"] is None):
        typer.echo(
            f"not sent: {row['rejection_id']} does not hold its message, which was too large. It is still where "
            f"it came from, {write_origin(row['origin'])}, as long as its topic keeps it."
        )
    for topic, count in sorted(Counter(row["origin"]["topic"] for row in kept if row["payload"] is not None).items()):
        typer.echo(f"{count} not sent: {topic} is no topic on this broker. If it is a file, mend it and run it again.")
    if not sent and not kept:
        typer.echo("No rejection matches: nothing to send.")
    if kept:
        raise typer.Exit(1)
