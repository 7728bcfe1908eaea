"""Articles and records in Confluent's wire format, with a schema registry that is no more than it needs to be."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from schemas.codec import decode_message, encode_confluent
from schemas.framing import read_confluent_id
from schemas.registry import SchemaRegistry
from schemas.topics import load_topics
from tests.integration.desk import RECORDS, Desk, article, rasid

pytestmark = pytest.mark.integration


class Registry(ThreadingHTTPServer):
    """Gives each schema an id, the same for the same schema."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.schemas: list[str] = []
        self.subjects: dict[str, int] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def register(self, subject: str, schema: str) -> int:
        if schema not in self.schemas:
            self.schemas.append(schema)
        self.subjects[subject] = self.schemas.index(schema) + 1
        return self.subjects[subject]


class Handler(BaseHTTPRequestHandler):
    server: Registry

    def do_GET(self) -> None:
        number = int(self.path.rpartition("/")[2])
        known = number <= len(self.server.schemas)
        self._answer(200 if known else 404, {"schema": self.server.schemas[number - 1]} if known else {})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(200, {"id": self.server.register(self.path.split("/")[2], asked["schema"])})

    def _answer(self, status: int, answer: dict[str, Any]) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def registry() -> Iterator[Registry]:
    with Registry() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_framed_articles_are_read_and_records_are_framed(kafka: str, registry: Registry) -> None:
    desk = Desk(kafka, "framed")
    known = SchemaRegistry(registry.address).register("framed-value", "raw_article")
    fields = decode_message(article(url="https://www.mizan-najd.example/framed"))
    desk.send([encode_confluent("raw_article", fields, known), encode_confluent("raw_article", fields, 99)])
    assert desk.drain("--registry", registry.address).exit_code == 0

    reader = SchemaRegistry(registry.address)
    topics = {topic.record: topic.name for topic in load_topics()}
    rows: dict[str, list[dict[str, Any]]] = {}
    for record in RECORDS:
        for message in desk.written(record) if record != "ledger" else ():
            schema_id = read_confluent_id(message.value)
            assert registry.subjects[f"{topics[record]}-value"] == schema_id
            rows.setdefault(record, []).append(decode_message(message.value, record, reader))
    assert [row["url"] for row in rows["article"]] == ["https://www.mizan-najd.example/framed"]
    assert [(row["reason"], row["message"]) for row in rows["rejection"]] == [
        ("unknown_schema", f"{registry.address} has no schema 99; register it there.")
    ]
    assert {row["outcome"] for row in desk.lines().values()} == {"article", "rejection"}, "the ledger needs no registry"
    assert desk.audit().exit_code == 0
    assert "Nothing new" in desk.drain("--registry", registry.address).output
    assert registry.subjects.keys() == {"framed-value"} | {f"{topics[one]}-value" for one in RECORDS if one != "ledger"}


def test_a_registry_that_does_not_answer_ends_the_run_with_a_sentence(kafka: str) -> None:
    desk = Desk(kafka, "no-registry")
    desk.send([article(url="https://www.mizan-najd.example/1")])
    result = rasid("run", *desk.places, "--drain", "--registry", "http://127.0.0.1:1")
    assert result.exit_code == 2
    assert "does not answer" in result.output
