"""Who repeats whom, as a table."""

from collections.abc import Iterator
from datetime import UTC

from pipelines.tables.days import iso_week
from pipelines.tables.events import outlet_name
from pipelines.tables.table import Fields, Row, Table, columns, origin_text


def duplicate_rows(copy: Fields) -> Iterator[Row]:
    """Yield the one row of a copy."""
    day = copy["published_at"].astimezone(UTC).date()
    same = {column.name: copy[column.name] for column in DUPLICATES.columns if column.name in copy}
    yield same | {
        "day": day,
        "iso_week": iso_week(day),
        "outlet": outlet_name(copy["source"], copy["url"]),
        "original_outlet": outlet_name(copy["original_source"], copy["original_url"]),
        "minutes_later": (copy["published_at"] - copy["original_published_at"]).total_seconds() / 60,
        "origin": origin_text(copy["origin"]),
        "original_origin": origin_text(copy["original_origin"]),
    }


DUPLICATES = Table(
    "duplicates",
    "duplicate",
    "published_at, duplicate_id",
    columns("""
        duplicate_id           text    Id of the verdict.
        kind                   text    exact, near or contained.
        day                    day     Day the copy was published, UTC.
        iso_week               text    ISO 8601 week of that day.
        source                 text    Short name of the outlet that copied.
        outlet                 text    Name of that outlet.
        original_source        text    Short name of the outlet copied from.
        original_outlet        text    Name of that outlet.
        agency                 text    The agency that both may have it from.
        similarity             number  Share of common word sequences, from 0 to 1.
        containment            number  Share of the shorter text found in the longer, from 0 to 1.
        containment_direction  text    copy_in_original or original_in_copy.
        published_at           moment  When the copy was published, UTC.
        original_published_at  moment  When the original was.
        minutes_later          number  Minutes from the original to the copy.
        article_id             text    Id the copy would have as an article.
        original_id            text    article_id of the original.
        cluster_id             text    The cluster of copies.
        url                    text    Address of the copy.
        original_url           text    Address of the original.
        origin                 text    The copy's message: topic/partition@offset.
        original_origin        text    The original's message.
        pipeline_version       text    Version of rasid that made the record.
    """),
    duplicate_rows,
)
