"""Find the articles in files that repeat others."""

import os
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from connectors.files.lines import find_files
from connectors.message import Message
from pipelines.core.article import Article, Origin
from pipelines.core.duplicates.repeats import Repeat, find_repeats
from pipelines.core.duplicates.sighting import Sighting, see
from pipelines.core.duplicates.signature import pack, sign_all
from pipelines.core.normalization import normalize_article
from pipelines.core.rejection import Rejected
from pipelines.core.units import DAY
from pipelines.inputs import Decoder, read_messages

MESSAGES_A_TASK, TASKS_A_JOB = 500, 4

Signed = tuple[Sighting, bytes]
"""An article's sighting, whose `article_id` is the id in the input, and its packed signature."""


def duplicates(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="JSON Lines, CSV (gzipped or not) or Avro; wildcards too.")
    ],
    days: Annotated[float, typer.Option("--days", min=0, help="How far apart in time a repeat may be.")] = 3.0,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes; one a processor if unset.")
    ] = None,
) -> None:
    """Find articles that repeat others: a line of JSON for each on standard output, in the order of publication.

    A line says {"id", "original_id", "kind", "similarity", "containment", "cluster_id"}: `kind` is exact (the same
    words), near, or contained (one lies within the other); ids are those of the input, else URLs. The order of the
    input makes no difference. What cannot be used is counted on standard error.
    """
    named = [file for pattern in files for file in find_files(pattern)]
    messages = (message for file in named for message in read_messages(file))
    refused: Counter[str] = Counter()
    signed = list(_with_progress(_sign_all(messages, jobs or os.cpu_count() or 1), refused))
    for sighting, repeat in find_repeats(signed, round(days * DAY)):
        sys.stdout.buffer.write(_line(sighting.article_id, repeat))
    sys.stdout.buffer.flush()
    if refused:
        reasons = ", ".join(f"{reason} {count}" for reason, count in refused.most_common())
        sys.stderr.write(f"rasid: {refused.total()} articles could not be used: {reasons}.\n")


def sign_messages(messages: list[Message]) -> list[Signed | str]:
    """Return for each message the article's sighting and packed signature, or the reason why it cannot be used."""
    decoder = Decoder()
    read = [_read(decoder, message) for message in messages]
    signatures = iter(sign_all([article for article in read if not isinstance(article, str)]))
    return [
        article if isinstance(article, str) else (_see(article, message), pack(next(signatures)))
        for message, article in zip(messages, read, strict=True)
    ]


def _read(decoder: Decoder, message: Message) -> Article | str:
    try:
        return normalize_article(decoder.decode(message)).article
    except Rejected as refusal:
        return refusal.reason


def _see(article: Article, message: Message) -> Sighting:
    origin = Origin(message.topic, message.partition, message.offset)
    return replace(see(article, origin), article_id=article.id or article.url or str(origin))


def _line(name: str, repeat: Repeat) -> bytes:
    told = {
        "id": name,
        "original_id": repeat.original.article_id,
        "kind": repeat.kind,
        "similarity": round(repeat.similarity, 3),
        "containment": round(repeat.containment, 3),
        "cluster_id": repeat.cluster_id,
    }
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _sign_all(messages: Iterator[Message], jobs: int) -> Iterator[Signed | str]:
    """Sign in processes, in order; a few tasks a process are under way, so that memory holds few messages."""
    tasks = iter(partial(_take, messages), [])
    first = next(tasks, [])
    if jobs == 1 or len(first) < MESSAGES_A_TASK:
        yield from sign_messages(first)
        for task in tasks:
            yield from sign_messages(task)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[list[Signed | str]]] = deque([pool.submit(sign_messages, first)])
        for task in tasks:
            waiting.append(pool.submit(sign_messages, task))
            if len(waiting) >= jobs * TASKS_A_JOB:
                yield from waiting.popleft().result()
        for done in waiting:
            yield from done.result()


def _take(messages: Iterator[Message]) -> list[Message]:
    return list(islice(messages, MESSAGES_A_TASK))


def _with_progress(told: Iterable[Signed | str], refused: "Counter[str]") -> Iterator[Signed]:
    """Yield what was signed and count what was refused, showing how many there were on a terminal."""
    bar = Progress(
        TextColumn("{task.completed} articles read"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task("")
        for one in told:
            bar.advance(task)
            if isinstance(one, str):
                refused[one] += 1
            else:
                yield one
