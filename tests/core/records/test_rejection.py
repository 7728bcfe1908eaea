from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.core.article import Origin
from pipelines.core.records import rejection_record
from pipelines.core.records.rejection import MOST_BYTES
from pipelines.core.rejection import NotArabic
from schemas import decode, encode

REFUSAL = NotArabic("The text is Urdu.")


def test_a_rejection_keeps_the_message_as_it_came(origin: Origin) -> None:
    fields = rejection_record(
        REFUSAL,
        "NormalizeArticles",
        b"\xff\x00",
        origin,
        key=b"k",
        headers=[("a", b"1"), ("a", None)],
        timestamp_ms=1714643730123,
        article_id="a1",
    )
    assert decode(encode("rejection", fields)).fields == fields
    assert (fields["reason"], fields["message"], fields["payload"]) == ("not_arabic", "The text is Urdu.", b"\xff\x00")
    assert fields["headers"] == [{"name": "a", "value": b"1"}, {"name": "a", "value": None}]
    assert fields["timestamp"] == datetime(2024, 5, 2, 9, 55, 30, 123000, UTC)


@pytest.mark.parametrize("timestamp_ms", [None, -1, 2**63 - 1])
def test_a_time_that_no_calendar_holds_counts_as_none(timestamp_ms: int | None, origin: Origin) -> None:
    fields = rejection_record(REFUSAL, "NormalizeArticles", None, origin, timestamp_ms=timestamp_ms)
    assert decode(encode("rejection", fields)).fields == fields
    assert (fields["timestamp"], fields["payload"], fields["key"]) == (None, None, None)


def test_a_message_refused_twice_has_one_rejection(origin: Origin) -> None:
    first, again = (rejection_record(REFUSAL, "NormalizeArticles", b"", origin) for _ in range(2))
    other = rejection_record(REFUSAL, "NormalizeArticles", b"", Origin("rasid.raw-articles", 3, 42))
    assert first["rejection_id"] == again["rejection_id"] != other["rejection_id"]


def test_of_two_topics_that_had_one_name_the_messages_have_two_rejections() -> None:
    before, after = (Origin("rasid.raw-articles", 0, 7, topic_id) for topic_id in ("first", "second"))
    ids = {rejection_record(REFUSAL, "decode", b"", origin)["rejection_id"] for origin in (before, after)}
    assert len(ids) == 2


@pytest.mark.parametrize("place", ["payload", "key", "headers"])
def test_what_no_record_can_hold_is_left_where_it_is_and_the_sentence_says_so(place: str, origin: Origin) -> None:
    large = b"x" * (MOST_BYTES + 1)
    more: dict[str, dict[str, Any]] = {"key": {"key": large}, "headers": {"headers": [("h", large)]}}
    fields = rejection_record(REFUSAL, "decode", large if place == "payload" else b"{}", origin, **more.get(place, {}))
    assert (fields["payload"], fields["key"], fields["headers"]) == (None, None, [])
    assert str(origin) in fields["message"]
    assert len(encode("rejection", fields)) < 1000
