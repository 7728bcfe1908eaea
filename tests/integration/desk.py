"""A desk at a real Kafka: send articles, run rasid, and look at what it wrote."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from kafka import KafkaProducer
from typer.testing import CliRunner, Result

from connectors.files.lines import find_files
from connectors.kafka.admin import TopicSpec, create_topics
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.offsets import partition_bounds
from connectors.kafka.read_back import read_topic
from connectors.message import LARGEST, Message
from pipelines.cli import app
from pipelines.commands.topics import create_all
from pipelines.inputs import read_messages
from schemas.codec import decode
from schemas.topics import load_topics, message_key, topic_of

SAMPLE = f"{files('pipelines').joinpath('resources', 'sample')}"
SAMPLE_FILES = [f"{SAMPLE}/articles.jsonl", f"{SAMPLE}/refused.jsonl.gz"]
RECORDS = ("article", "duplicate", "event", "story", "trend", "rejection", "ledger")

Ends = dict[str, dict[int, int]]


def sample(name: str = "articles.jsonl") -> list[bytes]:
    """Return the messages of one of the sample's files."""
    return [message.value for message in read_messages(find_files(f"{SAMPLE}/{name}")[0])]


def article(**fields: str) -> bytes:
    """Return a short article as its publisher would send it."""
    usual = {
        "source": "mizan_najd",
        "title": "افتتاح مدرسة جديدة في حي النخيل",
        "body": "افتتح محافظ المدينة اليوم مدرسة جديدة في حي النخيل بحضور عدد من الأهالي والمعلمين.",
        "published_at": "2026-03-11T18:00:00+03:00",
    }
    return json.dumps(usual | fields, ensure_ascii=False).encode()


@dataclass
class Desk:
    """One input topic of its own; the topics written to are shared by all."""

    bootstrap: str
    topic: str
    before: Ends = field(init=False)

    def __post_init__(self) -> None:
        wanted = topic_of("raw_article")
        create_all(self.connection)
        made_like = (wanted.partitions, wanted.retention_ms, wanted.cleanup_policy, wanted.configs)
        create_topics(self.connection, [TopicSpec(self.topic, *made_like)])
        self.before = self.ends()

    @property
    def connection(self) -> KafkaConnection:
        return KafkaConnection(self.bootstrap)

    @property
    def places(self) -> list[str]:
        return ["--from", f"kafka://{self.bootstrap}/{self.topic}", "--to", f"kafka://{self.bootstrap}"]

    def send(self, values: Iterable[bytes]) -> None:
        """Send messages as `rasid produce` does: keyed by article."""
        with KafkaProducer(**self.connection.client_settings(), max_request_size=LARGEST) as producer:
            sent = [producer.send(self.topic, value, key=_key(value)) for value in values]
            producer.flush()
            for future in sent:
                future.get()

    def drain(self, *arguments: str) -> Result:
        """Run the pipeline to the ends seen now."""
        return rasid("run", *self.places, "--drain", *arguments)

    def audit(self) -> Result:
        return rasid("audit", *self.places)

    def ends(self) -> Ends:
        """Return where each topic written to ends."""
        bounds = {record: partition_bounds(self.connection, topic_of(record).name) for record in RECORDS}
        return {record: {place: end for place, (_, end) in found.items()} for record, found in bounds.items()}

    def written(self, record: str, since: Ends | None = None) -> list[Message]:
        """Return the messages of a record's topic since some offsets; by default since this desk was set up."""
        start = (since or self.before)[record]
        messages = read_topic(self.connection, topic_of(record).name)
        return [message for message in messages if message.offset >= start[message.partition]]

    def lines(self) -> dict[tuple[int, int], dict[str, Any]]:
        """Return the ledger's lines for this desk's messages, by partition and offset; fails where one has two."""
        found: dict[tuple[int, int], dict[str, Any]] = {}
        for message in self.written("ledger"):
            row = decode(message.value).fields
            if row["origin"]["topic"] == self.topic:
                place = (row["origin"]["partition"], row["origin"]["offset"])
                assert place not in found
                found[place] = row
        return found

    def newest(self, record: str) -> dict[bytes, dict[str, Any]]:
        """Return the last message of each key, as a compacted topic keeps it, without the input topic's name."""
        kept = {message.key or b"": decode(message.value).fields for message in self.written(record)}
        for row in kept.values():
            for one in (row, *row.get("evidence", ())):
                one.pop("origin", None)
        return kept


def rasid(*arguments: str) -> Result:
    """Call the command line in this process."""
    result = CliRunner().invoke(app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def decode_all(desk: Desk) -> dict[str, int]:
    """Decode all that was written, check each message's key, and return how many there are of each record."""
    counted: dict[str, int] = defaultdict(int)
    for topic in load_topics():
        if topic.record in RECORDS:
            for message in desk.written(topic.record):
                record, _, fields = decode(message.value)
                assert record == topic.record
                assert message.key == message_key(topic, fields)
                counted[record] += 1
    return dict(counted)


def _key(value: bytes) -> bytes | None:
    try:
        fields = json.loads(value)
        return str(fields["url"] or fields["id"]).encode()
    except (ValueError, TypeError, LookupError):
        return None
