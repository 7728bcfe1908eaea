import json

import pytest

from connectors.message import Message
from pipelines.core.rejection import MissingField, TooLong, Undecodable, UnknownSchema
from pipelines.inputs import Decoder
from schemas.codec import decode_message, encode

ARTICLE = {"source": "mizan_najd", "title": "مطر على الرياض", "published_at": "2026-03-10T12:00:00"}


def message(value: object) -> Message:
    return Message(value if isinstance(value, bytes) else json.dumps(value).encode(), "t", 0, 0)


def test_json_and_avro_give_the_same_article() -> None:
    as_json = message(ARTICLE)
    as_avro = message(encode("raw_article", decode_message(as_json.value)))
    assert Decoder().decode(as_json) == Decoder().decode(as_avro)


@pytest.mark.parametrize(
    ("value", "refusal"),
    [
        (b"\xff", Undecodable),
        (b"", Undecodable),
        (b"\xc3\x01" + bytes(8), UnknownSchema),
        (b"\x00\x00\x00\x00\x07x", UnknownSchema),
        ({"title": 5, "source": "s"}, MissingField),
        ({"title": "خبر"}, MissingField),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(value: object, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        Decoder().decode(message(value))


def test_a_message_longer_than_the_limit_is_refused_with_both_lengths() -> None:
    with pytest.raises(TooLong, match=r"has 11 bytes; at most 10 are read \(--max-message-bytes\)"):
        Decoder(max_bytes=10).decode(message(b"x" * 11))


def test_event_time_is_the_publication_in_the_outlets_own_zone() -> None:
    assert Decoder().event_time(message(ARTICLE)) == 1_773_144_000_000 - 3 * 60 * 60 * 1000
    assert Decoder().event_time(message(ARTICLE | {"published_at": "today"})) is None
    assert Decoder().event_time(message(b"\xff")) is None
