import orjson
import pytest

from schemas import UndecodableBytes, WrongField, decode_message, from_json, to_json
from schemas.catalog import folder

LINE = {
    "origin": {"topic": "t", "partition": 0, "offset": 1},
    "outcome": "article",
    "record_id": "a",
    "pipeline_version": "0",
}


def ledger(**changed: object) -> bytes:
    return orjson.dumps({**LINE, **changed})


def test_absent_fields_are_null_and_unknown_ones_are_left_out() -> None:
    fields = decode_message(b'{"title": "x", "clicks": 3}')
    assert fields["title"] == "x"
    assert fields["body"] is None
    assert "clicks" not in fields


def test_a_byte_order_mark_is_passed_over() -> None:
    assert decode_message(b"\xef\xbb\xbf" + '{"title": "خبر"}'.encode())["title"] == "خبر"


@pytest.mark.parametrize(
    "data",
    [
        '{"title": "خبر"}'.encode("windows-1256"),
        b'{"title": "\\ud800"}',
        b'{"title": "a"} {"title": "b"}',
        b'{"title": NaN}',
        b"plain words",
    ],
)
def test_only_strict_json_in_utf8_is_read(data: bytes) -> None:
    with pytest.raises(UndecodableBytes, match="as JSON it cannot be read"):
        decode_message(data)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"[]", "The message is a list; it must be an object with named fields"),
        (b'{"title": ["a"]}', "The field title is a list; it must be text"),
        (b'{"title": 1709638200}', "The field title is a number; it must be text"),
        (b'{"id": 1e300}', "The field id is a number; it must be text"),
        (b'{"body": true}', "The field body is true or false; it must be text"),
    ],
)
def test_a_wrong_type_is_named_with_its_field(data: bytes, sentence: str) -> None:
    with pytest.raises(WrongField, match=sentence):
        decode_message(data)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"outcome": None}, "outcome is null"),
        ({"origin": {"topic": "t", "partition": 0}}, "origin.offset is absent"),
        ({"origin": {"topic": "t", "partition": 2**31, "offset": 1}}, "origin.partition is a number"),
        ({"revision": True}, "revision is true or false"),
        ({"published_at": "yesterday"}, "published_at is text; it must be a time"),
        ({"published_at": 10**18}, "published_at is a number; it must be a time"),
        ({"signature": "not base64!"}, "signature is text; it must be bytes in base64"),
        ({"signature": 5}, "signature is a number"),
    ],
)
def test_every_type_is_checked(changed: dict[str, object], sentence: str) -> None:
    with pytest.raises(WrongField, match=sentence):
        from_json("ledger", ledger(**changed))


def test_items_of_a_list_are_named_by_their_place() -> None:
    with pytest.raises(WrongField, match=r"headers\[1\] is text; it must be an object"):
        from_json(
            "rejection", b'{"rejection_id":"r","reason":"r","message":"m","stage":"s","headers":[{"name":"a"},"b"]}'
        )


def test_numbers_lists_and_truths_come_through() -> None:
    duplicate = dict.fromkeys(("duplicate_id", "kind", "article_id", "original_id", "cluster_id", "source"), "x")
    moments = {"published_at": 0, "original_published_at": "1970-01-01T03:00:00+03:00"}
    rest = {
        "original_source": "y",
        "origin": LINE["origin"],
        "original_origin": LINE["origin"],
        "pipeline_version": "0",
    }
    fields = from_json("duplicate", orjson.dumps({**duplicate, **moments, **rest, "similarity": 1, "containment": 0.5}))
    assert isinstance(fields["similarity"], float)
    assert fields["published_at"] == fields["original_published_at"]


def test_json_is_read_back_as_it_was_written() -> None:
    fields = from_json("ledger", ledger(signature="AAEC", published_at="2024-03-05T11:30:00.125Z"))
    assert fields["signature"] == b"\x00\x01\x02"
    assert from_json("ledger", to_json(fields)) == fields


def test_what_has_no_place_in_a_record_is_a_bug() -> None:
    with pytest.raises(TypeError):
        to_json({"x": object()})


def test_json_in_utf16_with_its_mark_is_read() -> None:
    assert decode_message('{"title": "خبر"}'.encode("utf-16"))["title"] == "خبر"


def test_a_time_without_its_offset_is_refused_and_never_read_in_the_machines_zone() -> None:
    fields = orjson.loads((folder() / "examples/article/3/flash.json").read_bytes())
    with pytest.raises(WrongField, match="published_at is a time without its offset"):
        from_json("article", orjson.dumps(fields | {"published_at": "2024-03-05T21:10:00"}))


def test_values_are_read_as_mongodb_exports_them() -> None:
    fields = {"id": {"$oid": "65e9f2"}, "published_at": {"$date": {"$numberLong": "1709834709000"}}, "title": "خبر"}
    assert [decode_message(orjson.dumps(fields))[name] for name in ("id", "published_at")] == [
        "65e9f2",
        "1709834709000",
    ]


def test_authors_and_categories_may_be_objects_with_a_name() -> None:
    authors = [{"@type": "Person", "name": "هدى"}, "سامي", None]
    assert decode_message(orjson.dumps({"title": "خبر", "author": authors}))["author"] == "هدى، سامي"
    assert decode_message(orjson.dumps({"title": "خبر", "author": authors[0]}))["author"] == "هدى"


def test_a_message_is_taken_out_of_connects_envelope_and_out_of_a_text() -> None:
    assert decode_message(orjson.dumps({"schema": {}, "payload": {"title": "خبر"}}))["title"] == "خبر"
    assert decode_message(orjson.dumps('{"title": "خبر"}'))["title"] == "خبر"


@pytest.mark.parametrize(
    "data", [b'{"title": {"$date": 5}}', b'{"author": {"url": "x"}}', b'{"payload": {"title": "x"}}[]']
)
def test_a_wrapping_that_does_not_say_what_it_means_is_refused(data: bytes) -> None:
    with pytest.raises((WrongField, UndecodableBytes)):
        decode_message(data)
