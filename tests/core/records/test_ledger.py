from datetime import UTC, datetime, timedelta, timezone

from pipelines.core.article import Origin
from pipelines.core.records import ledger_record
from schemas import decode, encode


def test_a_line_of_the_ledger_fits_its_schema(origin: Origin) -> None:
    published = datetime(2024, 5, 2, 10, tzinfo=timezone(timedelta(hours=2)))
    fields = ledger_record(
        origin,
        "revision",
        "a1",
        article_id="a1",
        revision=1,
        published_at=published,
        url="https://marsa.example.org/1",
        content_id="c1",
        source="marsa",
    )
    assert decode(encode("ledger", fields)).fields == fields
    assert fields["published_at"] == datetime(2024, 5, 2, 8, tzinfo=UTC)
    assert (fields["outcome"], fields["revision"], fields["signature"]) == ("revision", 1, None)


def test_a_rejection_needs_no_more_than_its_reason(origin: Origin) -> None:
    fields = ledger_record(origin, "rejection", "r1", reason="garbled")
    assert decode(encode("ledger", fields)).fields == fields
    assert fields["published_at"] is None
