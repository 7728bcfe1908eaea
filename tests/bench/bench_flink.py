"""Measure the rate of an endless job on one slot of a local Flink and on more, beside the same run in processes.

    python -m tests.bench.bench_flink [--articles 4000] [--slots 1 2] [-- --operator_chaining]

Starts a Kafka and a Flink of its own for each run. A backlog comes while the job runs; its rate is that of the ledger's
lines, from the first tenth of them to the last tenth, by the broker's time. What follows `--` goes to Beam, for Flink.
"""

import argparse
import signal
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from connectors.flink.local_cluster import LocalFlink
from connectors.kafka.admin import TopicSpec, create_topics
from connectors.kafka.read_back import read_topic
from pipelines.commands import logs
from pipelines.commands.topics import create_all
from schemas.topics import topic_of
from tests.bench.bench_pipeline import write_articles
from tests.bench.bench_stream import TOPIC, Stream, articles_of, own_broker, send

FIRST = 100
"""So many are sent before, until a job runs as it will."""


def main() -> None:
    """Measure, and print what was measured."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    flags.add_argument("--articles", type=int, default=4000)
    flags.add_argument("--slots", type=int, nargs="+", default=[1, 2])
    flags.add_argument("beam", nargs="*", help="Beam's own flags, for Flink")
    asked = flags.parse_args()
    logs.set_up("text")
    for jobs in asked.slots:
        tell(f"in {jobs} processes", rate(asked.articles, [f"--jobs={jobs}"]), "articles/s")
    for slots in asked.slots:
        measure_flink(slots, asked.articles, asked.beam)


def measure_flink(slots: int, articles: int, beam: Sequence[str]) -> None:
    """Print the rate on a cluster of so many slots, and what a checkpoint of it takes."""
    with tempfile.TemporaryDirectory() as folder:
        flink = LocalFlink(Path(folder), slots)
        try:
            more = ["--runner=flink", f"--flink={flink.start()}", "--", f"--parallelism={slots}", *beam]
            tell(f"on Flink, {slots} slots", rate(articles, more), "articles/s")
            made = flink.last_checkpoint()
            files = Path(urlsplit(made[1]).path).iterdir() if made else ()
            tell("its last checkpoint", sum(one.stat().st_size for one in files) / 2**20, "MB")
        finally:
            flink.stop()


def rate(articles: int, more: Sequence[str]) -> float:
    """Return how many articles a second an endless run reads of a backlog."""
    with own_broker() as (_, connection, folder):
        create_all(connection)
        create_topics(connection, [TopicSpec(TOPIC, 4)])
        write_articles(folder / "articles.jsonl", FIRST + articles)
        lines = articles_of(folder / "articles.jsonl")
        stream = Stream(connection, folder, *more)
        try:
            send(connection, islice(lines, FIRST))
            stream.await_lines(FIRST)
            send(connection, lines)
            stream.await_lines(FIRST + articles)
        finally:
            stream.process.send_signal(signal.SIGTERM)
            stream.process.wait()
        times = sorted(line.timestamp or 0 for line in read_topic(connection, topic_of("ledger").name))[FIRST:]
        tenth = len(times) // 10
        return 1000 * (len(times) - 2 * tenth) / (times[-tenth - 1] - times[tenth])


def tell(what: str, found: float, unit: str) -> None:
    """Print a figure."""
    print(f"{what:<34}{found:8.1f} {unit}", flush=True)


if __name__ == "__main__":
    main()
