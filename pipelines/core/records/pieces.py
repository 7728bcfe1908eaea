"""Build the small records that the large ones hold."""

from datetime import UTC, datetime
from typing import Any

from pipelines.core.article import Origin, Span

Fields = dict[str, Any]


def origin_fields(origin: Origin) -> Fields:
    """Return an origin as the schemas have it."""
    return {"topic": origin.topic, "partition": origin.partition, "offset": origin.offset}


def span_fields(span: Span) -> Fields:
    """Return a span as the schemas have it."""
    return {"field": span.field, "start": span.start, "end": span.end, "text": span.text}


def to_millis(moment: datetime) -> datetime:
    """Return a moment in UTC, cut to the whole millisecond before it, as Avro's timestamp-millis holds it.

    >>> to_millis(datetime.fromisoformat("2024-03-05T14:30:00.123456+03:00")).isoformat()
    '2024-03-05T11:30:00.123000+00:00'
    """
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000) if moment.microsecond else moment


def shorten(number: float) -> float:
    """Return a measured number with 4 decimals; what lies beyond may differ between machines."""
    return round(float(number), 4)
