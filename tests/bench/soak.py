"""Leave the stream running while brokers and runs are killed and frozen; then prove that nothing was lost or doubled.

    python -m tests.bench.soak [--minutes 60] [--rate 20] [--seed 7]

Articles arrive at a rate all the time. Every minute or two a seeded killer does one of: kill -9 of the run, of the
broker; SIGSTOP of either for a while; SIGTERM of the run; the loss of the run's state. Prints memory as it goes, and at
the end what `rasid audit` says of the topics and of the folder. Exit code 1 where that is not clean.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from itertools import islice
from pathlib import Path

from connectors.kafka.admin import TopicSpec, create_topics
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.local.broker import LocalBroker
from pipelines.commands import logs
from pipelines.commands.topics import create_all
from tests.bench.bench_pipeline import write_articles
from tests.bench.bench_stream import TOPIC, Stream, articles_of, own_broker, send

FROZEN_S = (5.0, 40.0)
CALM_S = (60.0, 120.0)
SENT_TOGETHER = 100
STOPPED_WITHIN_S = 120


class Killer:
    """Does one harm after another to a stream and its broker, always the same for a seed."""

    def __init__(self, stream: Stream, broker: LocalBroker, seed: int) -> None:
        self.stream, self.broker, self.chance = stream, broker, random.Random(seed)
        self.harms = (
            self.kill_run,
            self.kill_broker,
            self.freeze_run,
            self.freeze_broker,
            self.stop_run,
            self.lose_state,
        )

    def strike(self) -> str:
        """Do some harm, mend it, and say what it was."""
        harm = self.chance.choice(self.harms)
        harm()
        return harm.__name__.replace("_", " ")

    def kill_run(self) -> None:
        """Kill the run, and start it again."""
        self.stream.process.kill()
        self.stream.process.wait()
        self.stream.process = self.stream.start()

    def stop_run(self) -> None:
        """Stop the run as a person does, and start it again; one that has not begun yet just ends."""
        self.stream.process.terminate()
        code = self.stream.process.wait(STOPPED_WITHIN_S)
        assert code in (0, 3, -signal.SIGTERM), f"ended with {code}"
        self.stream.process = self.stream.start()

    def lose_state(self) -> None:
        """Lose what the run remembered: its outputs are all that is left."""
        self.stream.process.kill()
        self.stream.process.wait()
        shutil.rmtree(self.stream.folder / "state", ignore_errors=True)
        self.stream.process = self.stream.start()

    def kill_broker(self) -> None:
        """Kill the broker, and start it again after a while."""
        os.kill(self._broker_pid(), signal.SIGKILL)
        time.sleep(self.chance.uniform(*FROZEN_S))
        self.broker.start()

    def freeze_run(self) -> None:
        """Freeze the run for a while."""
        self._freeze(self.stream.process.pid)

    def freeze_broker(self) -> None:
        """Freeze the broker for a while."""
        self._freeze(self._broker_pid())

    def _freeze(self, pid: int) -> None:
        os.kill(pid, signal.SIGSTOP)
        time.sleep(self.chance.uniform(*FROZEN_S))
        os.kill(pid, signal.SIGCONT)

    def _broker_pid(self) -> int:
        status = self.broker.status()
        assert status is not None
        return status.pid


def main() -> None:
    """Soak, and say how it went."""
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    flags.add_argument("--minutes", type=float, default=60)
    flags.add_argument("--rate", type=float, default=20)
    flags.add_argument("--seed", type=int, default=7)
    asked = flags.parse_args()
    logs.set_up("text")
    with own_broker() as (broker, connection, folder):
        sys.exit(soak(connection, broker, folder, asked))


def soak(connection: KafkaConnection, broker: LocalBroker, folder: Path, asked: argparse.Namespace) -> int:
    """Run it all; return the exit code."""
    create_all(connection)
    create_topics(connection, [TopicSpec(TOPIC, 4)])
    count = int(asked.minutes * 60 * asked.rate)
    write_articles(folder / "articles.jsonl", count)
    out = f"files:{folder}/out"
    stream = Stream(connection, folder, "--to", out)
    sender = threading.Thread(target=send_all, args=(connection, folder / "articles.jsonl", asked.rate), daemon=True)
    sender.start()
    killer, started, harms = Killer(stream, broker, asked.seed), time.monotonic(), 0
    while sender.is_alive():
        sender.join(killer.chance.uniform(*CALM_S))
        if sender.is_alive():
            memory = stream.memory()
            harms += 1
            print(f"{time.monotonic() - started:6.0f} s  {memory:5.0f} MB  {killer.strike()}", flush=True)
    stream.await_lines(count)
    print(f"{count:,} articles, {harms} harms, {stream.memory():,.0f} MB")
    stream.process.terminate()
    stream.process.wait(60)
    audit = [sys.executable, "-W", "ignore", "-m", "pipelines.cli", "audit"]
    places = (
        "--from",
        f"kafka://{connection.bootstrap}/{TOPIC}",
        "--to",
        f"kafka://{connection.bootstrap}",
        "--to",
        out,
    )
    return subprocess.run([*audit, *places], check=False).returncode


def send_all(connection: KafkaConnection, path: Path, rate: float) -> None:
    """Send articles at a rate, whatever becomes of the broker."""
    articles = articles_of(path)
    while some := list(islice(articles, SENT_TOGETHER)):
        send(connection, some, rate)


if __name__ == "__main__":
    main()
