"""Fetch articles from feeds and news sitemaps into a topic or a file."""

import logging
import re
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from connectors.feeds.fetcher import Fetcher
from connectors.feeds.manners import Manners, Pace
from connectors.feeds.memory import Memory
from connectors.files.lines import NoSuchFile
from connectors.kafka.security import read_security
from pipelines.commands.feed_outlets import opened
from pipelines.commands.feed_round import FeedReader
from pipelines.commands.flags import KafkaConfig, KafkaPassword
from pipelines.commands.stopping import stopping
from pipelines.core.ids import digest
from pipelines.core.version import PIPELINE_VERSION
from pipelines.feeds.opml import read_opml
from pipelines.options import WrongOption, default_state

LOG = logging.getLogger("rasid")
FAILED = 1
MANNERS = Manners(user_agent=f"rasid/{PIPELINE_VERSION} (reads news feeds; name it rasid in robots.txt)")
_EVERY = re.compile(r"([1-9]\d{0,4})([mhd])", re.ASCII)
_SECONDS = {"m": 60, "h": 60 * 60, "d": 24 * 60 * 60}


def fetch(
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEEDS.opml|URL...", help="Lists of feeds, addresses of feeds, or both.")
    ],
    to: Annotated[
        str,
        typer.Option(
            metavar="kafka://HOST:PORT[/TOPIC]|FILE.jsonl|-",
            help="Where articles go: the topic rasid.raw-articles unless another is named; the end of a file; "
            "or standard output, to try it: of that nothing is remembered.",
        ),
    ],
    every: Annotated[
        str | None,
        typer.Option(metavar="10m", help="Go round again and again, so often: 10m, 2h, 1d. Without it, once."),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(envvar="RASID_STATE", help="Where what was seen is remembered. [default: ~/.local/state/rasid]"),
    ] = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
) -> None:
    """Fetch RSS, Atom and news sitemaps, and the pages of their articles: each once, and again where its text changed.

    robots.txt is obeyed. What cannot be read is sent as it is: the pipeline keeps or refuses it, and says why. A round
    in which a feed failed ends with exit code 1.
    """
    addresses, seconds = find_feeds(feeds), read_every(every)
    security, stop = read_security(kafka_config, password), threading.Event()
    remembered = None if to == "-" else (state or default_state()) / "feeds" / f"{digest(to)}.sqlite"
    with (
        opened(to, security) as send,
        closing(Memory(remembered, time.time())) as memory,
        closing(Fetcher(MANNERS, Pace(sleep=stop.wait))) as fetcher,
        stopping(stop),
    ):
        reader = FeedReader(fetcher, memory, send, stop)
        failed = go_round(lambda: one_round(reader, addresses), seconds, stop)
    if failed and seconds is None:
        raise typer.Exit(FAILED)


def one_round(reader: FeedReader, feeds: Sequence[str]) -> int:
    """Read every feed once, saying what came of each; return how many failed."""
    failed = sent = read = 0
    for report in reader.read_all(feeds):
        LOG.log(logging.INFO if report.failure is None else logging.ERROR, str(report))
        failed += report.failure is not None
        sent += report.outcomes["new"] + report.outcomes["changed"]
        read += 1
    LOG.info(f"{sent} articles sent, from {read - failed} of {len(feeds)} feeds; {failed} failed.")
    return failed


def go_round(once: Callable[[], int], seconds: float | None, stop: threading.Event) -> int:
    """Go round once, or every so many seconds until told to stop; return how many feeds failed the last time."""
    while True:
        begun = time.monotonic()
        failed = once()
        if seconds is None or stop.wait(max(0.0, begun + seconds - time.monotonic())):
            return failed


def find_feeds(given: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses of feeds, each once, in order; raises NoSuchFile and WrongOption."""
    found = dict[str, None]()
    for one in given:
        found |= dict.fromkeys((one,) if one.startswith(("http://", "https://")) else _listed(one))
    return tuple(found)


def _listed(path: str) -> tuple[str, ...]:
    if "://" in path:
        raise WrongOption(
            f"{path!r} is no feed: give an address that begins with http:// or https://, or an OPML file."
        )
    try:
        feeds = read_opml(Path(path).read_bytes())
    except OSError as error:
        raise NoSuchFile(
            f"{path} cannot be read: {error.strerror}. Give an OPML file, or the address of a feed."
        ) from error
    if not feeds:
        raise WrongOption(f"{path} lists no feeds: it must be OPML, with an xmlUrl in the outline of each feed.")
    return feeds


def read_every(text: str | None) -> float | None:
    """Read how often to go round, in seconds.

    >>> read_every("10m"), read_every("2h"), read_every(None)
    (600.0, 7200.0, None)
    """
    if text is None:
        return None
    found = _EVERY.fullmatch(text)
    if found is None:
        raise WrongOption(f"--every {text!r}: write a number and m, h or d, such as 10m.")
    return float(found[1]) * _SECONDS[found[2]]
