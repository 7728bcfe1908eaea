"""What was in the news more than the day before, as a table."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from pipelines.tables.days import iso_week
from pipelines.tables.table import Fields, Row, Table, columns

MOMENT = timedelta(milliseconds=1)


def trend_rows(trend: Fields) -> Iterator[Row]:
    """Yield the one row of a trend."""
    day = (trend["window_end"] - MOMENT).astimezone(UTC).date()
    same = {column.name: trend[column.name] for column in TRENDS.columns if column.name in trend}
    yield same | {"day": day, "iso_week": iso_week(day)}


TRENDS = Table(
    "trends",
    "trend",
    "window_start, score DESC, trend_id",
    columns("""
        trend_id          text    Id of the trend.
        version           whole   The newest is the highest.
        day               day     The day, UTC.
        iso_week          text    ISO 8601 week of that day.
        kind              text    entity, event_type, event_type_in (with its country) or pair (of two).
        key               text    The entity_id or event type counted, with the country; of a pair both ids.
        name              text    The entity's usual name, the event type and country, or both names.
        type              text    PER, LOC, ORG, MISC, EVENT or PAIR.
        began             moment  When the first article of the day's first unusual window came, to ten minutes.
        ended             moment  Moment after its last unusual window.
        window_start      moment  First moment of the most unusual window.
        window_end        moment  Moment after its last.
        count             whole   Articles in that window that name it.
        outlets           whole   Different outlets among them.
        baseline_mean     number  Articles of such a window in the day before, the mean.
        score             number  Minus the decimal logarithm of the chance of so many; 4 is the least that is told.
        retracted         flag    Nothing of that day is unusual any more; such trends are there with --all only.
        article_ids       texts   Up to 20 of the articles counted.
        story_id          text    The story that explains it most, when it was written; empty where none does.
        pipeline_version  text    Version of rasid that made the record.
    """),
    trend_rows,
)
