"""Show the whole road once: sample articles into a real Kafka, through the pipeline, and what came out."""

from collections import defaultdict
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.rule import Rule

from connectors.files.lines import NamedFile
from connectors.kafka.admin import TopicSpec, recreate_topic
from connectors.kafka.check import check
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.local.broker import LocalBroker
from connectors.kafka.offsets import partition_bounds
from connectors.kafka.read_back import read_topic
from pipelines.commands.broker import start_broker
from pipelines.commands.flags import BROKER_FOLDER
from pipelines.commands.produce import play
from pipelines.commands.render import render
from pipelines.commands.run import execute
from pipelines.commands.topics import create_all
from pipelines.inputs import read_messages
from pipelines.options import KafkaSource, Settings
from schemas.codec import decode
from schemas.topics import load_topics, topic_of

TOPIC = "rasid.demo-articles"
RECORDS = Path(".rasid/demo")
SAMPLE = ("articles.jsonl", "refused.jsonl.gz")
SHOWN = {"event": 12, "duplicate": 8, "rejection": 30, "trend": 8}

Found = Mapping[str, list[dict[str, Any]]]


def demo(
    bootstrap: Annotated[
        str | None, typer.Option(envvar="RASID_BOOTSTRAP", help="Use this Kafka, and start none.")
    ] = None,
) -> None:
    """Start Kafka, play the sample articles into it, run the pipeline, and show what came out."""
    console = Console()
    if bootstrap is None:
        console.print("Starting a real Apache Kafka on this machine ...")
        bootstrap = start_broker(LocalBroker(BROKER_FOLDER))
    connection = KafkaConnection(bootstrap)
    check(connection)
    create_all(connection)
    recreate_topic(connection, _input_topic())
    before = {topic.name: partition_bounds(connection, topic.name) for topic in load_topics()}
    sample = [NamedFile(str(files("pipelines").joinpath("resources", "sample", name)), name) for name in SAMPLE]
    sent, _ = play(connection, TOPIC, (message for file in sample for message in read_messages(file)))
    console.print(f"Kafka at {bootstrap}: {sent} sample messages are on the topic {TOPIC}.")
    console.print("Running the pipeline over them ...\n")
    source = KafkaSource(connection, TOPIC)
    execute(Settings(source, to_kafka=connection, to_files=str(RECORDS), drain=True, start="earliest"))
    show(console, _written(connection, before))
    _say_where(console, bootstrap)


def _input_topic() -> TopicSpec:
    """Return a topic of the demo's own, made as the input topic is."""
    topic = topic_of("raw_article")
    return TopicSpec(TOPIC, topic.partitions, topic.retention_ms, topic.cleanup_policy, topic.configs)


def show(console: Console, found: Found) -> None:
    """Print what came out as a person wants to read it: the best known events first."""
    events = sorted(found["event"], key=lambda event: (-len(event["outlets"]), -event["confidence"], event["event_id"]))
    trends = sorted(_latest(found["trend"], "key", "score"), key=lambda trend: -trend["score"])
    for title, record, rows in (
        ("Events: who did what to whom, in the outlets' own words", "event", events),
        ("Copies of articles already known", "duplicate", found["duplicate"]),
        ("Messages that could not be used", "rejection", found["rejection"]),
        ("What is trending", "trend", trends),
    ):
        console.print(Rule(f"{title} ({len(rows)})", align="left"))
        for row in rows[: SHOWN[record]]:
            console.print(render(record, row))
        if len(rows) > SHOWN[record]:
            console.print(f"... and {len(rows) - SHOWN[record]} more", style="dim")
        console.print()


def _written(connection: KafkaConnection, before: Mapping[str, Mapping[int, tuple[int, int]]]) -> Found:
    """Return the newest version of each record that this run wrote."""
    newest: dict[str, dict[bytes, dict[str, Any]]] = defaultdict(dict)
    for topic in load_topics():
        if topic.record in SHOWN:
            for message in read_topic(connection, topic.name):
                if message.offset >= before[topic.name][message.partition][1]:
                    newest[topic.record][message.key or b""] = decode(message.value).fields
    return {record: list(newest[record].values()) for record in SHOWN}


def _latest(rows: list[dict[str, Any]], name: str, by: str) -> list[dict[str, Any]]:
    """Return of the rows with one name the one with the highest value."""
    best: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row[name] not in best or row[by] > best[row[name]][by]:
            best[row[name]] = row
    return list(best.values())


def _say_where(console: Console, bootstrap: str) -> None:
    console.print(Rule("Where it all lies", align="left"))
    console.print(f"files   {RECORDS}/event/date=.../hour=.../*.avro, and so for every record")
    console.print(f"topics  on {bootstrap}; follow one with: rasid tail events --from-beginning")
    console.print(f"audit   rasid audit --from kafka://{bootstrap}/{TOPIC} --to kafka://{bootstrap}")
    console.print("The broker goes on running; `rasid broker stop` ends it.")
