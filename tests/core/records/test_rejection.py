from datetime import UTC, datetime

import pytest

from pipelines.core.article import Origin
from pipelines.core.records import rejection_record
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
