import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from schemas import RegistryFailed, SchemaRegistry, UnknownSchemaId, decode_message, encode_confluent
from schemas.catalog import schema_text

ANSWERS: dict[str, tuple[int, Any]] = {
    "/schemas/ids/1": (200, {"schema": schema_text("raw_article")}),
    "/schemas/ids/2": (200, {"schema": "syntax = 'proto3';", "schemaType": "PROTOBUF"}),
    "/schemas/ids/3": (200, {"schema": '"string"'}),
    "/schemas/ids/4": (200, {"schema": '{"type": "record", "name": "a", "fields": [{"name": "b", "type": "Other"}]}'}),
    "/schemas/ids/5": (500, {"message": "down"}),
    "/schemas/ids/6": (200, ["not a registry"]),
    "/subjects/rasid.articles-value/versions": (200, {"id": 12}),
    "/subjects/rasid.events-value/versions": (409, {"message": "incompatible"}),
}


class Server(ThreadingHTTPServer):
    asked: list[tuple[str, str | None, bytes]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.path, self.headers.get("Authorization"), body))
        status, answer = ANSWERS.get(self.path, (404, {"error_code": 40403}))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    do_POST = do_GET  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.asked = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_schema_is_asked_for_once(server: Server) -> None:
    registry = SchemaRegistry(server.address + "/")
    fields = decode_message('{"title": "خبر"}'.encode())
    for _ in range(3):
        assert decode_message(encode_confluent("raw_article", fields, 1), registry=registry) == fields
    assert [path for path, _, _ in server.asked] == ["/schemas/ids/1"]


def test_an_id_that_is_not_there_is_asked_for_seldom(server: Server) -> None:
    registry = SchemaRegistry(server.address)
    for _ in range(3):
        with pytest.raises(UnknownSchemaId, match="has no schema 99; register it there"):
            registry.schema(99)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("schema_id", "sentence"),
    [(2, "is PROTOBUF; only Avro"), (3, "not that of a record"), (4, "references are not followed")],
)
def test_a_schema_that_is_no_avro_record_is_unknown(server: Server, schema_id: int, sentence: str) -> None:
    with pytest.raises(UnknownSchemaId, match=sentence):
        SchemaRegistry(server.address).schema(schema_id)


@pytest.mark.parametrize(("schema_id", "sentence"), [(5, "500"), (6, "is no schema registry")])
def test_a_registry_out_of_order_is_no_fault_of_the_message(server: Server, schema_id: int, sentence: str) -> None:
    with pytest.raises(RegistryFailed, match=sentence):
        SchemaRegistry(server.address).schema(schema_id)


def test_nobody_there_says_what_to_check() -> None:
    with pytest.raises(RegistryFailed, match=r"does not answer.*check the address"):
        SchemaRegistry("http://127.0.0.1:1").schema(1)


def test_a_schema_is_registered_as_it_is_written(server: Server) -> None:
    assert SchemaRegistry(server.address).register("rasid.articles-value", "article") == 12
    assert json.loads(server.asked[0][2]) == {"schema": schema_text("article")}


def test_a_refused_registration_says_why(server: Server) -> None:
    with pytest.raises(RegistryFailed, match=r"409 .*not compatible"):
        SchemaRegistry(server.address).register("rasid.events-value", "event")


def test_the_password_goes_into_the_header_and_nowhere_else(server: Server) -> None:
    registry = SchemaRegistry(server.address.replace("//", "//reader:p%40ss@"))
    registry.schema(1)
    assert server.asked[0][1] == "Basic cmVhZGVyOnBAc3M="
    with pytest.raises(UnknownSchemaId) as refusal:
        registry.schema(99)
    assert "p%40ss" not in str(refusal.value)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "registry:8081", "http://"])
def test_only_web_addresses_are_taken(address: str) -> None:
    with pytest.raises(ValueError, match="must begin with http"):
        SchemaRegistry(address)
