"""Measure the pipeline on one core: each stage's share, articles a second, the ratio to a plain loop, memory.

    python -m tests.bench.bench_pipeline [--articles 5000] [--memory 100000] [--kafka HOST:PORT]

Reads the articles of ../shared/data where they are, else the sample over and over. Everything runs on one core.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connectors.files.lines import NamedFile
from connectors.kafka.admin import TopicSpec, recreate_topic
from pipelines.inputs import read_messages
from tests.bench.plain_loop import Loop

NEWS = Path("../shared/data/news")
DATA = NEWS / "ant_multisource.jsonl.gz"
MORE = (NEWS / "saudinewsnet.jsonl.gz", NEWS / "ant_jawhara.jsonl.gz")
SAMPLE = Path("pipelines/resources/sample/articles.jsonl")
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Measure, and print what was measured."""
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    flags.add_argument("--articles", type=int, default=5000)
    flags.add_argument("--memory", type=int, default=0, help="also run so many articles and print the peak memory")
    flags.add_argument("--kafka", default=os.environ.get("RASID_BOOTSTRAP"), help="also drain this Kafka, HOST:PORT")
    asked = flags.parse_args()
    os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        write_articles(path, asked.articles)
        loop = measure_loop(path)
        report("files to files, direct runner", asked.articles, rasid_run(path, f"files:{folder}/out"), loop)
        seconds = timed([*rasid("annotate", str(path), "--jobs", "1")])
        print(f"{'annotate, one job':<34}{asked.articles / seconds:8.0f} articles/s")
        if asked.kafka:
            topic = f"kafka://{asked.kafka}/rasid.bench"
            recreate_topic(asked.kafka, TopicSpec("rasid.bench"))
            subprocess.run(
                rasid("produce", str(path), "--bootstrap", asked.kafka, "--topic", "rasid.bench"), check=True
            )
            report("Kafka to Kafka, drained", asked.articles, rasid_run(topic, f"kafka://{asked.kafka}"), loop)
        if asked.memory:
            write_articles(path, asked.memory)
            rasid_run(path, f"files:{folder}/large")
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(f"peak memory at {asked.memory:,} articles: {peak:,.0f} MB")


def measure_loop(path: Path) -> float:
    """Run the plain loop twice, the first time to load models; print each stage's share; return its seconds."""
    messages = list(read_messages(NamedFile(str(path), path.name)))
    Loop().run(messages[:50])
    loop = Loop()
    deliveries = loop.run(messages)
    total = sum(loop.seconds.values())
    print(f"plain loop: {len(messages) / total:.0f} articles/s, {len(deliveries)} records")
    for stage, seconds in sorted(loop.seconds.items(), key=lambda pair: -pair[1]):
        print(f"  {stage:<14}{seconds / len(messages) * 1e6:8.0f} us an article {seconds / total:6.1%}")
    return total


def report(what: str, articles: int, seconds: float, loop: float) -> None:
    """Print one measurement beside the plain loop."""
    print(f"{what:<34}{articles / seconds:8.0f} articles/s, {loop / seconds:.2f} of the plain loop")


def rasid(*arguments: str) -> list[str]:
    """Return the command line of the `rasid` that belongs to this Python."""
    return [sys.executable, "-W", "ignore", "-m", "pipelines.cli", *arguments]


def rasid_run(source: Path | str, sink: str) -> float:
    """Run the pipeline over everything there, in a process of its own; return its seconds, start-up taken off."""
    start_up = timed(rasid("run", "--help"))
    where = source if isinstance(source, str) else f"files:{source}"
    return (
        timed(
            rasid(
                "run",
                "--from",
                where,
                "--to",
                sink,
                "--drain",
                "--start",
                "earliest",
                "--state",
                sink.replace("files:", "") + ".state",
            )
        )
        - start_up
    )


def timed(command: list[str]) -> float:
    """Return the seconds a command takes; raises where it fails."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def write_articles(path: Path, count: int, a_day: int = 0) -> None:
    """Write so many articles, those at hand over and over, each time under other addresses and with another end.

    With `a_day`, all corpora at hand are read, and published anew at even distances, so many a day.
    """
    files = [one for one in ([DATA, *MORE] if a_day else [DATA]) if one.exists()] or [SAMPLE]
    lines = [message.value for one in files for message in read_messages(NamedFile(str(one), "articles"))]
    lines = lines[len(lines) // 2 :] + lines[: len(lines) // 2]  # the oldest are strewn over years
    with path.open("wb") as file:
        for number in range(count):
            article, turn = json.loads(lines[number % len(lines)]), number // len(lines)
            if turn:
                article |= {"url": f"{article['url']}?turn={turn}", "body": f"{article['body']}\n{turn}"}
            if a_day:
                article["published_at"] = (FIRST_DAY + timedelta(days=number / a_day)).isoformat()
            file.write(json.dumps(article, ensure_ascii=False).encode() + b"\n")


if __name__ == "__main__":
    main()
