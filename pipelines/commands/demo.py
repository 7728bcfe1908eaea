"""Show the whole road once: sample articles into a real Kafka, through the pipeline, and what came out."""

import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from threading import Thread
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
from connectors.message import Message
from pipelines.batches.loop import BatchRun
from pipelines.commands.broker import start_broker
from pipelines.commands.flags import BROKER_FOLDER
from pipelines.commands.layout import print_block
from pipelines.commands.produce import DECODER, Pace, play
from pipelines.commands.render import render
from pipelines.commands.run import execute
from pipelines.commands.stopping import stopping
from pipelines.commands.summary import summary
from pipelines.commands.tail import read as read_record
from pipelines.commands.tail import show as show_records
from pipelines.commands.topics import create_all
from pipelines.core.units import DAY
from pipelines.inputs import read_messages
from pipelines.options import KafkaSource, Settings
from schemas.codec import decode
from schemas.topics import load_topics, topic_of

TOPIC = "rasid.demo-articles"
RECORDS, STATE = Path(".rasid/demo"), Path(".rasid/state")
EVENTS = topic_of("event").name
LIVE_RATE, LIVE_S, LOOK_S = 1.5, 60.0, 2.0
SAMPLE = ("articles.jsonl", "refused.jsonl.gz")
SHOWN = {"story": 6, "event": 12, "duplicate": 8, "rejection": 30, "trend": 8}

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
    first, second = sample_days()
    sent, _ = play(connection, TOPIC, first)
    console.print(f"Kafka at {bootstrap}: {sent} sample messages are on the topic {TOPIC}.")
    console.print("Running the pipeline over them ...\n")
    shutil.rmtree(RECORDS, ignore_errors=True)
    settings = Settings(KafkaSource(connection, TOPIC), to_kafka=connection, to_files=str(RECORDS), state=STATE)
    execute(replace(settings, drain=True))
    show(console, _written(connection, before), ("story", "event", "duplicate", "rejection"))
    play_live(console, settings, second)
    BatchRun(replace(settings, drain=True), lambda _: None).go()  # to the last hour, which a stream leaves open
    show(console, _written(connection, before), ("trend",))
    _say_where(console, bootstrap)


def sample_days() -> tuple[list[Message], list[Message]]:
    """Return the messages of the sample's first day, with those that will be refused, and those of its second."""
    folder = files("pipelines").joinpath("resources", "sample")
    named = [NamedFile(str(folder.joinpath(name)), name) for name in SAMPLE]
    messages = [message for file in named for message in read_messages(file)]
    days = [DECODER.event_time(message) for message in messages]
    second = max(day for day in days if day is not None) // DAY * DAY
    later = [message for message, day in zip(messages, days, strict=True) if day is not None and day >= second]
    return [message for message in messages if message not in later], later


def play_live(console: Console, settings: Settings, messages: list[Message]) -> None:
    """Play messages into the running stream, and show events as they come; Enter or a minute ends it."""
    source = settings.source
    assert isinstance(source, KafkaSource)
    console.print(Rule(f"Live: {len(messages)} articles of the next day, played into the running stream", align="left"))
    is_watched = console.is_terminal and sys.stdin.isatty()
    run = BatchRun(settings, lambda _: None)
    ends = {place: last for place, (_, last) in partition_bounds(source.connection, EVENTS).items()}
    follow = read_topic(source.connection, EVENTS, follow=True, start=ends)
    Thread(target=show_messages, args=(follow,), daemon=True).start()
    if is_watched:
        console.print("Events appear as the articles arrive; Enter ends it.", style="dim")
        Thread(target=_await_enter, args=(run,), daemon=True).start()
    Thread(target=_direct, args=(run, source, messages, LIVE_RATE if is_watched else None), daemon=True).start()
    with stopping(run.stop):
        progress = run.go()
    console.print()
    console.print(summary(progress))


def _await_enter(run: BatchRun) -> None:
    sys.stdin.readline()
    run.stop.set()


def _direct(run: BatchRun, source: KafkaSource, messages: list[Message], rate: float | None) -> None:
    """Send messages at a rate, wait until they are read, leave time to look at the last, and end the run."""
    sent, _ = play(source.connection, source.topic, Pace(rate).wait(messages))
    ends = time.monotonic() + LIVE_S
    while run.progress.read < sent and time.monotonic() < ends:
        time.sleep(0.1)
    run.stop.wait(LOOK_S)
    run.stop.set()


def _input_topic() -> TopicSpec:
    """Return a topic of the demo's own, made as the input topic is."""
    topic = topic_of("raw_article")
    return TopicSpec(TOPIC, topic.partitions, topic.retention_ms, topic.cleanup_policy, topic.configs)


def show_messages(messages: Iterable[Message]) -> None:
    """Print the records in messages as they come."""
    show_records(map(read_record, messages), as_json=False)


def show(console: Console, found: Found, records: Collection[str]) -> None:
    """Print what came out as a person wants to read it: the best known events first."""
    events = sorted(found["event"], key=lambda event: (-len(event["outlets"]), -event["confidence"], event["event_id"]))
    trends = sorted((one for one in found["trend"] if not one["retracted"]), key=lambda trend: -trend["score"])
    stories = sorted((one for one in found["story"] if not one["merged_into"]), key=lambda one: -len(one["outlets"]))
    told = (
        ("Stories: what happened, and who tells it", "story", stories),
        ("Events: who did what to whom, in the outlets' own words", "event", events),
        ("Copies of articles already known", "duplicate", found["duplicate"]),
        ("Messages that could not be used", "rejection", found["rejection"]),
        ("What is trending", "trend", trends),
    )
    for title, record, rows in (one for one in told if one[1] in records):
        console.print(Rule(f"{title} ({len(rows)})", align="left"))
        for row in rows[: SHOWN[record]]:
            print_block(console, render(record, row))
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


def _say_where(console: Console, bootstrap: str) -> None:
    console.print(Rule("Where it all lies", align="left"))
    console.print(f"files   {RECORDS}/event/date=.../hour=.../*.avro, and so for every record")
    console.print(f"topics  on {bootstrap}; follow one with: rasid tail events --from-beginning")
    console.print(f"audit   rasid audit --from kafka://{bootstrap}/{TOPIC} --to kafka://{bootstrap}")
    console.print("The broker goes on running; `rasid broker stop` ends it.")
