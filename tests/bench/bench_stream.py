"""Measure the endless stream: latency from produce to ledger line, the rate it sustains, memory, and a restart.

    python -m tests.bench.bench_stream [--rate 20] [--seconds 120] [--backlog 5000] [--a-day 70000] [--bad 0.5]

Starts a local Kafka of its own and `rasid run` as a process. Latency is the broker's time of an article's ledger line
less that of the article's message, both LogAppendTime of one machine. With `--a-day` the news is published anew, so
many articles a day: a horizon of three days remembers them, and a restart has them to read.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import psutil
from kafka import KafkaConsumer, KafkaProducer

from connectors.kafka.admin import TopicSpec, create_topics, id_of_topic
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.local.broker import LocalBroker
from connectors.kafka.log_reader import LogReader
from connectors.kafka.offsets import partition_bounds
from connectors.kafka.read_back import read_topic
from connectors.kafka.record_writer import FOR_EVER_MS
from connectors.message import LARGEST
from pipelines.commands import logs
from pipelines.commands.topics import create_all
from schemas.codec import decode
from schemas.topics import topic_of
from tests.bench.bench_pipeline import write_articles

TOPIC = "rasid.bench-stream"
WITHIN_S, SLOWEST_A_SECOND = 900, 10


class Stream:
    """A running `rasid run` between one topic and the record topics of a broker."""

    def __init__(self, connection: KafkaConnection, folder: Path, *more: str) -> None:
        self.connection, self.folder, self.more = connection, folder, more
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Start the run in a process of its own."""
        places = (
            "--from",
            f"kafka://{self.connection.bootstrap}/{TOPIC}",
            "--to",
            f"kafka://{self.connection.bootstrap}",
        )
        state = ("--state", str(self.folder / "state"))
        with (self.folder / "run.log").open("ab") as log:
            command = [sys.executable, "-W", "ignore", "-m", "pipelines.cli", "run", *places, *state, *self.more]
            return subprocess.Popen(command, stdout=log, stderr=log)

    def lines(self) -> int:
        """Return how many ledger lines there are."""
        bounds = partition_bounds(self.connection, topic_of("ledger").name)
        return sum(last for _, last in bounds.values())

    def await_lines(self, count: int) -> float:
        """Wait for so many lines in all; return the seconds it took."""
        started = time.monotonic()
        within_s = max(WITHIN_S, count / SLOWEST_A_SECOND)
        while self.lines() < count:
            if self.process.poll() is not None or time.monotonic() - started > within_s:
                raise RuntimeError((self.folder / "run.log").read_text()[-2000:])
            time.sleep(0.05)
        return time.monotonic() - started

    def memory(self) -> float:
        """Return the memory of the run and the processes that read for it, what they share counted once, in MB."""
        run = psutil.Process(self.process.pid)
        return float(sum(one.memory_full_info().pss for one in (run, *run.children(recursive=True))) / 2**20)

    def latencies(self) -> list[float]:
        """Return for each message the seconds from its arrival to its line, sorted."""
        arrived = {(one.partition, one.offset): one.timestamp or 0 for one in read_topic(self.connection, TOPIC)}
        found = []
        for line in read_topic(self.connection, topic_of("ledger").name):
            origin = decode(line.value).fields["origin"]
            found.append(((line.timestamp or 0) - arrived[origin["partition"], origin["offset"]]) / 1000)
        return sorted(found)


def main() -> None:
    """Measure, and print what was measured."""
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    flags.add_argument("--rate", type=float, default=20)
    flags.add_argument("--seconds", type=float, default=120)
    flags.add_argument("--backlog", type=int, default=5000)
    flags.add_argument("--bad", type=float, default=0.0, help="the share of messages that are no articles")
    flags.add_argument("--a-day", type=int, default=0, help="publish the articles anew, so many a day")
    asked = flags.parse_args()
    logs.set_up("text")
    with own_broker() as (_, connection, folder):
        measure(connection, folder, asked)


@contextmanager
def own_broker() -> Iterator[tuple[LocalBroker, KafkaConnection, Path]]:
    """Yield a broker that runs, the way to it, and a folder that is gone with it."""
    with tempfile.TemporaryDirectory() as name:
        broker = LocalBroker(Path(name) / "kafka")
        try:
            yield broker, KafkaConnection(broker.start()), Path(name)
        finally:
            broker.stop()


def measure(connection: KafkaConnection, folder: Path, asked: argparse.Namespace) -> None:
    """Measure latency at a rate, then a backlog, then a restart."""
    create_all(connection)
    create_topics(connection, [TopicSpec(TOPIC, 4, config={"message.timestamp.type": "LogAppendTime"})])
    steady, most = int(asked.rate * asked.seconds), 100
    write_articles(folder / "articles.jsonl", most + steady + asked.backlog, asked.a_day)
    articles = spoil(articles_of(folder / "articles.jsonl"), asked.bad)
    stream = Stream(connection, folder)
    try:
        send(connection, islice(articles, most))
        print(f"{'start to the first records':<34}{stream.await_lines(most):8.1f} s")
        send(connection, islice(articles, steady), asked.rate)
        stream.await_lines(most + steady)
        tell_latency(stream.latencies()[:-most] or [0.0], asked.rate, stream.memory())
        send(connection, articles)
        seconds = stream.await_lines(most + steady + asked.backlog)
        print(f"{'backlog':<34}{asked.backlog / seconds:8.0f} articles/s, {stream.memory():,.0f} MB at its end")
        stream.process.kill()
        stream.process.wait()
        write_articles(folder / "one.jsonl", 1)
        stream.process = stream.start()
        line = json.dumps(
            json.loads((folder / "one.jsonl").read_bytes()) | {"url": "https://bench.example/last"}
        ).encode()
        send(connection, [line])
        seconds = stream.await_lines(most + steady + asked.backlog + 1)
        print(f"{'kill -9, start to the first line':<34}{seconds:8.1f} s")
    finally:
        stream.process.terminate()
        stream.process.wait()
    tell_source(connection)


def tell_source(connection: KafkaConnection) -> None:
    """Print how fast the source alone reads the topic, beside kafka-python's consumer as it comes."""
    bounds = partition_bounds(connection, TOPIC)
    begins, ends = {one: first for one, (first, _) in bounds.items()}, {one: last for one, (_, last) in bounds.items()}
    started, count = time.monotonic(), 0
    reader = LogReader(connection, TOPIC, id_of_topic(connection, TOPIC), begins, ends)
    while not reader.is_at_end:
        count += len(reader.read(500, LARGEST, 1.0))
    ours = count / (time.monotonic() - started)
    reader.close()
    started, count = time.monotonic(), 0
    consumer = KafkaConsumer(TOPIC, auto_offset_reset="earliest", **connection.client_settings())
    while count < sum(ends.values()):
        count += sum(map(len, consumer.poll(1000).values()))
    raw = count / (time.monotonic() - started)
    consumer.close()
    print(f"{'source alone':<34}{ours:8,.0f} messages/s, {ours / raw:.2f} of a plain consumer's")


def spoil(articles: Iterator[bytes], share: float) -> Iterator[bytes]:
    """Yield articles, that share of them cut in the middle."""
    owed = 0.0
    for article in articles:
        owed += share
        yield article[: len(article) // 2] if owed >= 1 else article
        owed -= owed >= 1


def tell_latency(latencies: Sequence[float], rate: float, memory: float) -> None:
    """Print percentiles."""
    at = {share: latencies[int((len(latencies) - 1) * share)] for share in (0.5, 0.95, 0.99)}
    told = ", ".join(f"p{share * 100:.0f} {seconds:.2f} s" for share, seconds in at.items())
    print(f"{f'at {rate:.0f} articles/s':<34}{told}; {memory:,.0f} MB")


def articles_of(path: Path) -> Iterator[bytes]:
    """Yield a file's lines."""
    with path.open("rb") as file:
        yield from (line.rstrip(b"\n") for line in file)


def send(connection: KafkaConnection, values: Iterator[bytes] | Sequence[bytes], rate: float = 0) -> None:
    """Send articles, so many a second where a rate is given."""
    with KafkaProducer(**connection.client_settings(), linger_ms=5, delivery_timeout_ms=FOR_EVER_MS) as producer:
        started = time.monotonic()
        for number, value in enumerate(values):
            if rate:
                time.sleep(max(0.0, started + number / rate - time.monotonic()))
            producer.send(TOPIC, value, key=key_of(value))
        producer.flush(WITHIN_S)


def key_of(value: bytes) -> bytes:
    """Return an article's address, by which its revisions keep their order."""
    try:
        return str(json.loads(value).get("url")).encode()
    except ValueError:
        return value[:64]


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
