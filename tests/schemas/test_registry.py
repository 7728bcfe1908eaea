import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from schemas import CannotRead, RegistryFailed, SchemaRegistry, UnknownSchemaId, decode_message, encode_confluent
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
    [(2, "is PROTOBUF; only Avro"), (3, "not that of a record"), (4, "cannot be used: UnknownType")],
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


def test_a_union_of_null_and_a_record_is_read_as_the_record_and_its_null_is_refused(server: Server) -> None:
    schema = ["null", {"type": "record", "name": "a", "fields": [{"name": "title", "type": "string"}]}]
    ANSWERS["/schemas/ids/20"] = (200, {"schema": json.dumps(schema)})
    registry = SchemaRegistry(server.address)
    body = b"\x02" + b"\x06abc"
    assert decode_message(b"\x00\x00\x00\x00\x14" + body, registry=registry)["title"] == "abc"
    with pytest.raises(CannotRead, match="null"):
        decode_message(b"\x00\x00\x00\x00\x14\x00", registry=registry)


def test_references_are_followed_those_of_references_first(server: Server) -> None:
    inner = {"type": "record", "name": "Inner", "fields": [{"name": "x", "type": "int"}]}
    outlet = {"type": "record", "name": "Outlet", "fields": [{"name": "inner", "type": "Inner"}]}
    fields = [{"name": "outlet", "type": "Outlet"}, {"name": "title", "type": "string"}]
    refers = [
        {"name": "Outlet", "subject": "outlet", "version": 2},
        {"name": "Inner", "subject": "inner", "version": 1},
    ]
    ANSWERS["/schemas/ids/21"] = (
        200,
        {"schema": json.dumps({"type": "record", "name": "a", "fields": fields}), "references": refers},
    )
    ANSWERS["/subjects/outlet/versions/2"] = (200, {"schema": json.dumps(outlet), "references": refers[1:]})
    ANSWERS["/subjects/inner/versions/1"] = (200, {"schema": json.dumps(inner)})
    message = b"\x00\x00\x00\x00\x15" + b"\x02" + b"\x06abc"
    assert decode_message(message, registry=SchemaRegistry(server.address))["title"] == "abc"


def test_a_reference_that_is_not_there_is_named(server: Server) -> None:
    ANSWERS["/schemas/ids/22"] = (
        200,
        {"schema": '"Gone"', "references": [{"name": "Gone", "subject": "gone", "version": 1}]},
    )
    with pytest.raises(UnknownSchemaId, match="refers to gone version 1"):
        SchemaRegistry(server.address).schema(22)


def test_json_behind_a_registrys_id_is_read_without_a_registry() -> None:
    assert decode_message(b"\x00\x00\x00\x00\x07" + '{"title": "خبر"}'.encode())["title"] == "خبر"
