"""What times and sizes are counted in: milliseconds since 1970, and bytes."""

from datetime import UTC, datetime, timedelta

MINUTE = 60 * 1000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""In milliseconds."""

MIB = 1024 * 1024
"""In bytes."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(moment: datetime) -> int:
    """Return a moment as whole milliseconds since 1970, UTC.

    >>> milliseconds(datetime(1970, 1, 2, tzinfo=UTC)) == DAY
    True
    """
    return (moment - EPOCH) // timedelta(milliseconds=1)


def from_millis(time: int) -> datetime:
    """Return milliseconds since 1970 as a moment in UTC.

    >>> from_millis(1_000).isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    return EPOCH + timedelta(milliseconds=time)
