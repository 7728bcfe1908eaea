"""What is in the news more than it was, as a table."""

from collections.abc import Iterator
from datetime import UTC

from pipelines.tables.days import iso_week
from pipelines.tables.table import Fields, Row, Table, columns


def trend_rows(trend: Fields) -> Iterator[Row]:
    """Yield the one row of a trend."""
    day = trend["window_start"].astimezone(UTC).date()
    same = {column.name: trend[column.name] for column in TRENDS.columns if column.name in trend}
    yield same | {"day": day, "iso_week": iso_week(day)}


TRENDS = Table(
    "trends",
    "trend",
    "window_start, score DESC, trend_id",
    columns("""
        trend_id          text    Id of the trend.
        version           whole   The newest is the highest.
        day               day     Day of the window's first moment, UTC.
        iso_week          text    ISO 8601 week of that day.
        kind              text    entity or event_type.
        key               text    The entity_id or event type counted.
        name              text    The entity's usual name, or the event type.
        type              text    PER, LOC, ORG, MISC or EVENT.
        window_start      moment  First moment of the window.
        window_end        moment  Moment after its last.
        count             whole   Articles in the window that name it.
        outlets           whole   Different outlets among them.
        baseline_mean     number  Articles expected in such a window.
        baseline_windows  whole   Earlier windows the mean is of.
        score             number  Minus the decimal logarithm of the chance of so many.
        article_ids       texts   Up to 20 of the articles counted.
        pipeline_version  text    Version of rasid that made the record.
    """),
    trend_rows,
)
