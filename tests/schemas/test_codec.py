import struct
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from fastavro import parse_schema
from hypothesis import given
from hypothesis import strategies as st

from schemas import (
    CannotRead,
    UndecodableBytes,
    UnknownSchemaId,
    WrongField,
    decode,
    decode_message,
    encode,
    encode_confluent,
    from_json,
)
from schemas.catalog import folder
from schemas.registry import SchemaRegistry

NAMES = ("id", "source", "source_ar", "url", "title", "summary", "body", "published_at", "category", "author")
EMPTY: dict[str, Any] = dict.fromkeys(NAMES)
NEWS = {**EMPTY, "source": "masdar", "title": "افتتاح جسر جديد على دجلة", "published_at": "2024-03-05T14:30:00+03:00"}
TEXT = st.none() | st.text(st.characters(codec="utf-8"))


class Registry(SchemaRegistry):
    """Holds one schema, under the id 7."""

    def __init__(self, *fields: dict[str, Any]) -> None:
        self.held = parse_schema({"type": "record", "name": "com.example.News", "fields": list(fields)})

    def schema(self, schema_id: int) -> dict[str, Any]:
        assert schema_id == 7
        assert isinstance(self.held, dict)
        return self.held


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, TEXT)))
def test_what_is_encoded_is_decoded(fields: dict[str, Any]) -> None:
    data = encode("raw_article", fields)
    assert decode(data) == ("raw_article", 1, fields)
    assert decode_message(data) == fields


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)))
def test_a_moment_keeps_its_millisecond(moment: datetime) -> None:
    moment = moment.replace(tzinfo=UTC, microsecond=moment.microsecond // 1000 * 1000)
    example = folder() / "examples" / "ledger" / "1" / "article.json"
    line = {**from_json("ledger", example.read_bytes()), "published_at": moment}
    assert decode(encode("ledger", line)).fields == line


def test_the_encoding_is_avros_single_object_encoding() -> None:
    data = encode("raw_article", {**EMPTY, "id": "a"})
    assert data[:2] == b"\xc3\x01"
    assert data[10:] == b"\x02\x02a" + b"\x00" * 9  # branch 1 of the union, length 1, "a"; then 9 nulls


@pytest.mark.parametrize("fields", [{**NEWS, "tilte": "x"}, {"source": "masdar"}, {**NEWS, "title": 5}])
def test_a_record_that_does_not_fit_its_schema_is_a_bug(fields: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        encode("raw_article", fields)


@given(st.binary(max_size=80))
def test_no_bytes_crash_the_decoder(data: bytes) -> None:
    for message in (data, encode("raw_article", EMPTY)[:10] + data):
        with suppress(CannotRead):
            assert set(decode_message(message)) == set(NAMES)


@given(st.integers(0, len(encode("raw_article", NEWS)) - 1))
def test_a_message_cut_short_is_undecodable(length: int) -> None:
    with pytest.raises((UndecodableBytes, UnknownSchemaId)):
        decode_message(encode("raw_article", NEWS)[:length])


def test_bytes_left_over_are_undecodable() -> None:
    with pytest.raises(UndecodableBytes, match="2 bytes are left over"):
        decode_message(encode("raw_article", NEWS) + b"xx")


def test_an_unknown_fingerprint_is_named() -> None:
    with pytest.raises(UnknownSchemaId, match="0102030405060708"):
        decode_message(b"\xc3\x01" + bytes(range(1, 9)) + b"body")


def test_a_record_on_the_wrong_topic_is_refused() -> None:
    with pytest.raises(UnknownSchemaId, match="holds a record of type raw_article; article belongs"):
        decode_message(encode("raw_article", NEWS), expected="article")


def test_only_single_objects_say_what_they_are() -> None:
    with pytest.raises(UndecodableBytes, match="C3 01"):
        decode(b'{"source": "masdar"}')


def test_an_empty_message_is_undecodable() -> None:
    with pytest.raises(UndecodableBytes):
        decode_message(b"")


def test_confluents_framing_without_a_registry_asks_for_one() -> None:
    with pytest.raises(UnknownSchemaId, match="schema 7 of a registry; give the address"):
        decode_message(encode_confluent("raw_article", NEWS, 7))


def test_confluents_framing_needs_an_id() -> None:
    with pytest.raises(UndecodableBytes, match="no schema id"):
        decode_message(b"\x00\x00")


def test_a_producers_own_schema_gives_what_it_shares_with_ours() -> None:
    registry = Registry(
        {"name": "title", "type": "string"},
        {"name": "published_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "clicks", "type": "int"},
    )
    data = b"\x00" + struct.pack(">I", 7) + b"\x0c" + "خبر".encode() + b"\x00" + b"\x08"
    assert decode_message(data, registry=registry) == {
        **EMPTY,
        "title": "خبر",
        "published_at": "1970-01-01T00:00:00+00:00",
    }


def test_a_producers_field_of_another_type_is_wrong() -> None:
    registry = Registry({"name": "title", "type": "int"})
    with pytest.raises(WrongField, match="title is a number; it must be text"):
        decode_message(b"\x00" + struct.pack(">I", 7) + b"\x0c", registry=registry)


@pytest.mark.parametrize(("version", "more"), [(1, {"offices": [], "set_aside": []}), (2, {"set_aside": []})])
def test_an_article_of_an_older_version_is_read_without_what_it_had_not(version: int, more: dict[str, Any]) -> None:
    fields = from_json("article", (folder() / f"examples/article/{version}/news.json").read_bytes(), version)
    assert decode_message(encode("article", fields, version), expected="article") == {**fields, **more}
